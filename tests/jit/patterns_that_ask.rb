# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: for line 30: compiled
# stderr-count: 0 is not compiled
# stderr: call.guest
# A pattern calls deconstruct and deconstruct_keys of an object as any other method.
class Point
  attr_reader :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end

  def deconstruct = [x, y]
  def deconstruct_keys(_keys) = { x: x, y: y }
end

def place(point)
  case point
  in [0, _] then 1
  in { x: 1..5 => x } then x
  in _ then 2
  end
end

def sum(n)
  points = [Point.new(0, 1), Point.new(3, 1), Point.new(9, 9)]
  total = 0
  n.times { |i| total += place(points[i % 3]) }
  total
end
p sum(3000) # => 6000
