# SPDX-License-Identifier: MIT
# Ranges, and objects with Floats in their variables, that machine code makes when it is left only.
def ranges(i, odd)
  closed = (i..i + 3)
  open = (i...i + 3)
  return [closed, open] if i == odd
  i
end
class Point
  attr_accessor :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end
end
def point(i, odd)
  point = Point.new(i * 0.5, i * 0.25)
  return [point] if i == odd
  point.x + point.y
end

def sums(n, odd)
  odds = []
  sum = 0
  i = 1
  while i < n
    range = ranges(i, odd)
    value = point(i, odd)
    if Integer === range
      sum += range + value
    else
      odds << range << value
    end
    i += 1
  end
  [sum, odds.flatten]
end
3.times { sums(200, -1) }
p sums(200, -1) # => [34825.0, []]
sum, odds = sums(200, 100)
p sum # => 34650.0
p odds[0, 2] # => [100..103, 100...103]
p [odds[2].x, odds[2].y] # => [50.0, 25.0]
