# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: for line 13: compiled
# stderr: for line 26: compiled
# stderr-count: 1 is not compiled
# Splats read the members of a Struct where they lie, as long as to_a is the library's. One of
# the program is asked for in the interpreter.
Point = Struct.new(:x, :y)
def add(x, y) = x + y

def sum(n, at = Point.new(1, 2))
  total = 0
  n.times do |i|
    a, b = *at
    total += a - b + add(*at)
    at.x = i
  end
  total
end
p sum(1000) # => 997004

class Own < Struct.new(:x, :y)
  def to_a = [y, x, 1]
end
def own(n, at = Own.new(1, 2), total = 0)
  n.times { total += add(*at.to_a.first(2)) }
  total
end
p own(1000) # => 3000

class Point
  def to_a = [10, 20]
end
p sum(1000) # => 20000
