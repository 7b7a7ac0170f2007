# super with and without arguments, through modules, blocks and method_missing.
class Base
  def m(a, b = 2, *c, k: 0) = [a, b, c, k].inspect
  def each_twice
    yield 1
    yield 2
  end
end

module Loud
  def m(*) = super + "!"
end

class Child < Base
  include Loud
  def m(a, b = 3, *c, k: 1)
    a += 10
    super
  end

  def each_twice
    super { |x| yield x * 10 }
  end
end

puts Child.new.m(1) # => [11, 3, [{k: 1}], 0]!
puts Child.new.m(1, 2, 3, k: 4) # => [11, 2, [3, {k: 4}], 0]!
r = []
Child.new.each_twice { |x| r << x }
p r # => [10, 20]
puts Child.ancestors.first(3).inspect # => [Child, Loud, Base]

class Child
  def n = [1].map { |x| m_via_super(x) }.first
  def m_via_super(x) = x
end
puts Child.new.n # => 1

class Ghost
  def method_missing(name, *args, &block)
    return super unless name.to_s.start_with?("get_")
    "#{name}:#{args.inspect}"
  end

  def respond_to_missing?(name, all = false) = name.to_s.start_with?("get_") || super
end

puts Ghost.new.get_x(1, 2) # => get_x:[1, 2]
puts Ghost.new.respond_to?(:get_x) # => true
puts Ghost.new.respond_to?(:other) # => false
begin
  Ghost.new.other
rescue NoMethodError => e
  puts e.name.inspect # => :other
end

class Prepended
  module Before
    def hi = "before " + super
  end
  prepend Before
  def hi = "self"
end
puts Prepended.new.hi # => before self
