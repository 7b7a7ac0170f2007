# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-optimize=1000 --jit-log --dump=ir
# stderr: for line 22: optimized
# stderr: loop at line 34: optimized
# stderr-count: 0 call.
# stderr-count: 4 new.object
# stderr-count: 4 #32 sunk
# A sum that is an object: what enters the loop is guarded and read in front of it, then its fields are
# values, Floats without boxes, and no object is made.
class Vector
  attr_reader :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end

  def +(other) = Vector.new(@x + other.x, @y + other.y)
end

def of_floats(n, sum, step)
  n.times { sum = sum + step }
  [sum.x, sum.y]
end
p of_floats(3000, Vector.new(0.0, 0.5), Vector.new(0.5, 1.0)) # => [1500.0, 3000.5]

STEP = Vector.new(1, 2)

def of_integers(n)
  sum = Vector.new(0, 0)
  i = 0
  seen = []
  while i < n
    sum = sum + STEP
    seen << sum if i % 1000 == 999
    i += 1
  end
  [sum.equal?(seen.last), seen.map(&:x), sum.y]
end
p of_integers(3000) # => [true, [1000, 2000, 3000], 6000]
