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
