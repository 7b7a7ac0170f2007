# `new` calls an `initialize` of the class's own, with keywords.
Point = Data.define(:x, :y)
p Point.new(1, 2), Point.new(y: 1, x: 2), Point[3, 4]
# => #<data Point x=1, y=2>
# => #<data Point x=2, y=1>
# => #<data Point x=3, y=4>
p Point.new(1, 2).frozen?, Data.define.new.inspect
# => true
# => "#<data >"
def try
  yield
rescue ArgumentError => e
  puts e.message
end
try { Point.new(1) } # => missing keyword: :y
try { Point.new(1, 2, 3) } # => wrong number of arguments (given 3, expected 0..2)
try { Point.new(x: 1, z: 2) } # => missing keyword: :y
try { Point.new(x: 1, y: 2, z: 3) } # => unknown keyword: :z
try { Point.new }
# => missing keywords: :x, :y
p Point.new("x" => 1, "y" => 2)
# => #<data Point x=1, y=2>

class Scaled < Point
  def initialize(x:, y: 7) = super(x: x * 10, y:)
end
p Scaled.new(1), Scaled.new(x: 1, y: 2), Scaled.new(1, 2)
# => #<data Scaled x=10, y=7>
# => #<data Scaled x=10, y=2>
# => #<data Scaled x=10, y=2>

module Noted
  def initialize(**) = (super; puts "made")
end
Point.prepend(Noted)
p Point.new(1, 2)
# => made
# => #<data Point x=1, y=2>

class Below < Data.define(:a)
end
p Below.new(1), Below.new(a: nil)
# => #<data Below a=1>
# => #<data Below a=nil>
