# SPDX-License-Identifier: MIT
# Class variables by name.
class Counter
  @@count = 1

  def self.bump = @@count += 1
end

class Sub < Counter; end
Counter.bump
p Counter.class_variable_get(:@@count), Sub.class_variables # => 2
# => [:@@count]
p Sub.class_variables(false), Counter.class_variable_defined?(:@@none) # => []
# => false
Counter.class_variable_set(:@@other, 5)
p Counter.remove_class_variable(:@@other) # => 5
begin
  Counter.class_variable_get("count")
rescue NameError => e
  puts e.message # => 'count' is not allowed as a class variable name
end
Counter.class_variable_get(:@@gone) # raises NameError: uninitialized class variable @@gone in Counter
