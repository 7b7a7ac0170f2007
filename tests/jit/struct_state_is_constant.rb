# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10
# Which members a Struct or Data class has is a constant for machine code. A program cannot set it:
# variables that it names as it likes are others.
Point = Struct.new(:x, :y)
Named = Struct.new(:x, :y, keyword_init: true)
Coord = Data.define(:x, :y)

def sums(n)
  sum = 0
  n.times { |i| sum += Point.new(i, 1).x + Named.new(x: 2, y: i).x + Coord.new(x: 3, y: 4).y }
  sum
end
p sums(100)                     # => 5550
[Point, Named, Coord].each do |made|
  made.instance_variable_set(:@__members, [:y, :x])
  made.instance_variable_set(:@__fields, [:@__m_y, :@__m_x])
  made.instance_variable_set(:@__keyword_init, made == Point)
  made.class_eval { @__fields = [] }
end
p sums(100)                     # => 5550
p Point.new(1, 2), Named.new(x: 1, y: 2), Coord.new(3, 4)
# => #<struct Point x=1, y=2>
# => #<struct Named x=1, y=2>
# => #<data Coord x=3, y=4>
p Point.members, Point.instance_variables.grep(/\A[^@]/)
# => [:x, :y]
# => []
copy = Point.clone
p copy.new(5, 6).to_a           # => [5, 6]
p((Point.instance_variable_get(:__members) rescue $!.class)) # => NameError
