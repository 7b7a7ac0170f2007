# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log --dump=ir
# stderr: method at line 9: compiled
# stderr-count: 0 call.guest
# stderr-count: 0 frame.prev
# stderr-count: 2 home.load
# A method that calls nothing writes no record of its frame. What it gets beyond the arguments in
# registers lies on the VM stack.
def sum_of_five(a, b, c, d, e) = a + b * 2 + c * 3 + d * 4 + e * 5

p sum_of_five(1, 2, 3, 4, 1) # => 35
p sum_of_five(2, 2, 3, 4, 2) # => 41
p sum_of_five(3, 2, 3, 4, 3) # => 47
p sum_of_five(4, 2, 3, 4, 4) # => 53
p sum_of_five(5, 2, 3, 4, 5) # => 59
p sum_of_five(6, 2, 3, 4, 6) # => 65
p sum_of_five(7, 2, 3, 4, 7) # => 71
p sum_of_five(8, 2, 3, 4, 8) # => 77
p sum_of_five(9, 2, 3, 4, 9) # => 83
p sum_of_five(10, 2, 3, 4, 10) # => 89
p sum_of_five(11, 2, 3, 4, 11) # => 95
p sum_of_five(12, 2, 3, 4, 12) # => 101
p sum_of_five(13, 2, 3, 4, 13) # => 107
p sum_of_five(14, 2, 3, 4, 14) # => 113
p sum_of_five(1.5, 2, 3, 4, 5) # => 55.5
p sum_of_five(1, 2, 3, 4, 5) # => 55
