# SPDX-License-Identifier: MIT
# Class.new, inherited, superclass, subclasses, allocate, attached_object.
class Base
  def self.inherited(child)
    super
    puts "inherited #{child.inspect[0, 8]}"
  end
end

made = Class.new(Base) { def hi = :hi } # => inherited #<Class:
p made.new.hi, made.superclass # => :hi
# => Base
class Derived < Base; end # => inherited Derived
p Base.subclasses.first, Base.subclasses.size # => Derived
# => 2
p Derived.allocate.class, Derived.singleton_class.attached_object # => Derived
# => Derived
begin
  Derived.attached_object
rescue TypeError => e
  puts e.message # => 'Derived' is not a singleton class
end
begin
  Integer.new
rescue NoMethodError => e
  puts e.message # => undefined method 'new' for class Integer
end
begin
  Class.new(3)
rescue TypeError => e
  puts e.message # => superclass must be an instance of Class (given an instance of Integer)
end
Class.new(Base.singleton_class) # raises TypeError: can't make subclass of singleton class
