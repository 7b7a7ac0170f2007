# SPDX-License-Identifier: MIT
# `super` in a block that runs with another self: it must be of the method's class or module.
module Asks
  def name = proc { super() }
end
class Named
  def name = :named
end
class First < Named
  include Asks
end
class Second < Named
  include Comparable, Asks
end
block = First.new.name
p Second.new.instance_exec(&block)
# => :named
begin
  Named.new.instance_exec(&block)
rescue TypeError => e
  puts e.message
end
# => self has wrong type to call super in this context: Named (expected Asks)

# A module's method that define_method was given goes on behind the class that has it.
module Apart
  def name = [super]
end
class Third < Named
  define_method(:name, Apart.instance_method(:name))
end
p Third.new.name
# => [:named]
