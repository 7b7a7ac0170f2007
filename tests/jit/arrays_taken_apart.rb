# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: for line 11: compiled
# stderr-count: 0 is not compiled
# stderr-count: 0 call.
# stderr-count: 1 new.array
# stderr: sunk
# Blocks and assignments take Arrays apart without C where all were of one length.
def sum_of(lists)
  sum = 0
  lists.each do |a, (b, c), d|
    x, *y, z = d
    sum += a + b * c - x + z + y.length
  end
  sum
end
p sum_of([[1, [2, 3], [4, 5, 6]], [5, [6, 7], [8, 9, 0]]] * 500) # => 25000
