# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log --dump=ir
# stderr: jit: method at line 9: compiled
# stderr-count: 0 call.guest
# stderr-count: 0 frame.prev
# stderr-count: 0 alloc
# A method that calls nothing writes no record of its frame. It gets more arguments than registers
# take.
def sum_of_five(a, b, c, d, e) = a + b * 2 + c * 3 + d * 4 + e * 5

p sum_of_five(1, 2, 3, 4, 5) # => 55
10.times { |i| sum_of_five(i, i, i, i, i) == 15 * i or raise }
p sum_of_five(1.5, 2, 3, 4, 5), sum_of_five(1, 2, 3, 4, 5) # => 55.5
# => 55
