# SPDX-License-Identifier: MIT
# A command without interpolation is a frozen text; what &value cannot pass is named.
def `(text) = [text, text.frozen?]
p `plain` # => ["plain", true]
p `a#{1}` # => ["a1", false]
p %x(other) # => ["other", true]
begin
  [1].each(&Object.new)
rescue TypeError => error
  puts error.message # => no implicit conversion of Object into Proc
end
wrong = Object.new
def wrong.to_proc = 1
begin
  [1].each(&wrong)
rescue TypeError => error
  puts error.message # => can't convert Object into Proc (Object#to_proc gives Integer)
end
begin
  binding.local_variable_set(:_1, 1)
rescue NameError => error
  puts error.message # => numbered parameter '_1' is not a local variable
end
