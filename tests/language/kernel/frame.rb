# SPDX-License-Identifier: MIT
# What a program asks about its own frame: binding, eval, __method__, block_given?, caller.
def asked(n)
  here = n + 1
  [__method__, block_given?, local_variables, eval("here * 2"), binding.local_variable_get(:n)]
end
p asked(1) # => [:asked, false, [:n, :here], 4, 1]
alias also asked
p also(2) { }.first(2) # => [:asked, true]
b = binding
b.local_variable_set(:fresh, 9)
p b.local_variable_defined?(:fresh), b.eval("fresh + 1"), b.receiver # => true
# => 10
# => main
def who = caller(1, 1)[0][/\d+:in .*/]
puts who # => 16:in '<main>'
def where = caller_locations(1, 1)[0]
place = where
p place.lineno, place.label, place.path == __FILE__ # => 18
# => "<main>"
# => true
p eval("[__FILE__, __LINE__]", nil, "given.rb", 40) # => ["given.rb", 40]
b.local_variable_get(:absent) rescue puts $!.message.sub(/0x\h+/, "XX") # => local variable 'absent' is not defined for #<Binding:XX>
