# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-inline-size=40 --jit-log
# stderr: loop at line 28: the region is too big
# stderr: method at line 9: compiled
# A method that would be too big once for each shape of its receiver is built for all of them
# together.
class Shape
  def area(n)
    a = @w * n
    a += @w + n
    a -= @w * 2
    a += @w & 7
    a
  end
end
class Box < Shape
  def initialize = @w = 3
end
class Disc < Shape
  def initialize
    @r = 1
    @w = 2
  end
end
def areas(shapes, n)
  sum = i = 0
  while i < n
    sum += shapes[i & 1].area(i)
    i += 1
  end
  sum
end
p areas([Box.new, Disc.new], 300) # => 156900
