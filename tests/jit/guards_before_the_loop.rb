# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: loop at line 14: compiled
# stderr-count: 3 !1
# What is the same in each round is checked in front of the loop: that `list` is an object, is an
# Array, and keeps Integers. Entered with another one, the loop is left before its first round.
class Few
  def length = 2
  def [](index) = 10 * (index + 1)
end
def sum(list, total, i)
  # Machine code begins here.
  while i < list.length
    total += list[i]
    i += 1
  end
  [total, i]
end
p sum([1, 2, 3, 4, 5] * 200, 0, 0) # => [3000, 1000]
p sum([0.5] * 30, 0, 0) # => [15.0, 30]
p sum([1, 2.5, 1r], 0, 0) # => [4.5, 3]
p sum(Few.new, 0, 0) # => [30, 2]
p sum([], 7, 0) # => [7, 0]
p sum([1, 2, 3], 0, -2) # => [11, 3]
begin
  sum(nil, 0, 0)
rescue NoMethodError => error
  puts error.message # => undefined method 'length' for nil
end
