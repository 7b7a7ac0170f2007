# SPDX-License-Identifier: MIT
# `return` in evaluated text ends the method or lambda around it. Outside of these it raises, where
# the program's own text would end.
def attempt
  yield
  puts "went on"
rescue LocalJumpError => error
  p [error.message, error.reason, error.exit_value]
end

begin
  eval("return 1")
rescue LocalJumpError => error
  p [error.message, error.reason, error.exit_value] # => ["unexpected return", :return, 1]
end
begin
  eval("begin; return 2; ensure; puts 'ensured'; end") # => ensured
rescue LocalJumpError => error
  p error.exit_value # => 2
end
eval("begin; return 3; rescue LocalJumpError; puts 'inside'; end") # => inside
attempt { eval("return 4") } # => ["unexpected return", :return, 4]
attempt { binding.eval("return 5") } # => ["unexpected return", :return, 5]
attempt { TOPLEVEL_BINDING.eval("return 6") } # => ["unexpected return", :return, 6]
attempt { eval("eval('return 7')") } # => ["unexpected return", :return, 7]
attempt { eval("[1].each { return 8 }") } # => ["unexpected return", :return, 8]
attempt { instance_eval("return 9") } # => ["unexpected return", :return, 9]
attempt { String.class_eval("return 10") } # => ["unexpected return", :return, 10]
attempt { proc { eval("return 11") }.call } # => ["unexpected return", :return, 11]
class Body
  begin
    eval("return 12")
  rescue LocalJumpError => error
    p error.exit_value # => 12
  end
end

attempt { p lambda { eval("return 13") }.call } # => 13
# => went on
attempt { p eval("-> { return 14 }").call } # => 14
# => went on

def direct = [eval("return 15")]
def bound = [binding.eval("return 16")]
def in_block = [1].each { eval("return 17") }
def in_instance = [instance_eval("return 18")]
def its_binding = binding
p direct, bound, in_block, in_instance
# => 15
# => 16
# => 17
# => 18
attempt { its_binding.eval("return 19") } # => ["unexpected return", :return, 19]
self.class.define_method(:of_block) { [eval("return 20")] }
p of_block # => 20
return
puts "not reached"
