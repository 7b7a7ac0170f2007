# SPDX-License-Identifier: MIT
# dup and clone copy state; clone keeps singleton methods and frozenness.
class Point
  attr_accessor :x

  def initialize(x)
    @x = x
  end

  def initialize_copy(other)
    @copied = true
  end
end

a = Point.new(1)
def a.only = :here
a.freeze
puts a.clone.frozen? # => true
puts a.clone.only # => here
puts a.dup.frozen? # => false
puts a.dup.respond_to?(:only) # => false
puts a.clone(freeze: false).frozen? # => false
p a.dup.instance_variables # => [:@x, :@copied]
p 1.dup, :a.clone, nil.dup # => 1
# => :a
# => nil
1.clone(freeze: false) # raises ArgumentError: can't unfreeze Integer
