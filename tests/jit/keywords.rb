# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 30: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# stderr-count: 0 call.leaf
# stderr-count: 0 call.rt
# Literal keywords go to their parameters, in any order, with defaults that see the ones before, into
# **rest and out of it, to blocks and to initialize; no Hash is made.
class Point
  attr_reader :x, :y

  def initialize(x:, y: x + 1)
    @x = x
    @y = y
  end

  def moved(dx, by: 1, and_by: dx * 2) = @x + dx * by + and_by
  def passed(**options) = moved(1, **options)
  def rest(a, **rest) = a + rest[:b]
  def each_key = yield(b: @y, a: @x)
  def options(options = {}) = options[:z]
end

def sum(n)
  point = Point.new(x: 1, y: 2)
  total = 0
  i = 0
  while i < n
    total += point.moved(i, and_by: 2) + point.moved(1, and_by: 3, by: i) + point.moved(2)
    total += point.passed(by: i) + point.rest(i, b: 2) + point.options(z: i)
    total += point.each_key { |a:, b: 0| a - b }
    total += Point.new(y: i, x: 3).y + Point.new(x: i).y
    i += 1
  end
  total
end
p sum(1000) # => 3515500
