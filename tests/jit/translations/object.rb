# SPDX-License-Identifier: MIT
class Point
  attr_reader :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end

  def +(other)
    Point.new(@x + other.x, @y + other.y)
  end
end

def walk(n, step)
  sum = 0.0
  i = 0
  while i < n
    sum += (Point.new(i * 0.5, sum) + step).x
    i += 1
  end
  sum
end

p walk(2000, Point.new(0.25, 0.125)) # => 1000000.0
