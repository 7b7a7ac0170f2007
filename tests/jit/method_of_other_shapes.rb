# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log
# stderr-count: 2 method at line 15: compiled
# stderr-count: 0 left too soon
# Instances get another shape when their class has learned how many variables they have beyond those
# of initialize. A method that was compiled for the first one is built again for those that come.
class Many
  def initialize(n) = fill(n)

  def fill(n)
    @a = @b = @c = @d = @e = @f = @g = @h = @i = n
    @j = n
  end

  def sum = @a + @j
end

first = Many.new(1)
total = 0
total += first.sum + first.sum + first.sum + first.sum + first.sum + first.sum
total += first.sum + first.sum + first.sum + first.sum + first.sum + first.sum
total += first.sum + first.sum + first.sum + first.sum + first.sum + first.sum
later = Many.new(2)
total += eval("later.sum\n" * 3000)
p total # => 40
