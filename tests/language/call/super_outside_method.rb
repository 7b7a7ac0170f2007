# A block that is run with another self is no method: `super` in it has nowhere to go.
class Base
  def size = 1
end

class Child < Base
  def self.helper(name, &body) = define_method(name) { instance_exec(&body) }
  def self.direct(name, &body) = define_method(name, &body)
  helper(:size) { super() + 1 }
end

begin
  Child.new.size
rescue NoMethodError => e
  puts e.message # => super called outside of method
end
Child.direct(:size) { super() + 1 }
puts Child.new.size # => 2
begin
  super()
rescue => e
  puts e.class # => NoMethodError
end

# In a method, the new self must be one of its class; then the search starts at its own ancestors.
module Tall
  def size = "tall #{super}"
end
class Twin < Base
  def size = "twin #{super}"
  def of(other) = other.instance_exec { super() }
end
class Base
  def of = "base of #{self.class}"
end
class Odd < Twin
  include Tall
  prepend Module.new
end
puts Twin.new.of(Odd.new) # => base of Odd
begin
  Twin.new.of("text")
rescue TypeError => e
  puts e.message
  # => self has wrong type to call super in this context: String (expected Twin)
end
puts Odd.new.size # => tall twin 1
puts Twin.dup.new.size, Twin.clone.new.size
# => twin 1
# => twin 1
