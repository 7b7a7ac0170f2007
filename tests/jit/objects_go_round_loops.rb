# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 26: compiled
# stderr: loop at line 38: compiled
# stderr: loop at line 51: compiled
# stderr-count: 5 new.
# stderr-count: 3 #32 sunk
# stderr-count: 1 (val:nil, val:nil) sunk
# stderr-count: 1 #0 sunk
# A local variable of a while loop still has the object of the round before when the next one begins.
# It is made only if the loop is left there. In the third method all that the variable may be was made
# in the code itself, so it is read as well; the region of the inner loop alone guards and reads what
# enters it once, in front of the loop.
class Pair
  attr_reader :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end
end

def last_round(n)
  i = sum = 0
  while i < n
    pair = Pair.new(i, 2)
    sum += pair.x + pair.y
    i += 1
  end
  [sum, pair.x]
end
p last_round(300) # => [45450, 299]

def one_of_two(n)
  i = sum = 0
  list = range = nil
  while i < n
    list = [i, i + 1] if i.even?
    range = (i..i + 2)
    sum += range.last
    i += 1
  end
  [sum, list, range]
end
p one_of_two(300) # => [45450, [298, 299], 299..301]

def sums(n)
  total = 0
  i = 0
  while i < n
    j = 0
    pair = Pair.new(0, 1)
    while j < 10
      pair = Pair.new(pair.x + pair.y, 2)
      j += 1
    end
    total += pair.x
    i += 1
  end
  total
end
p sums(300) # => 5700
