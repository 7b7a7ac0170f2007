# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-optimize=1000 --jit-log
# stderr-count: 1 loop (core) at line 22 for line 10: compiled
# stderr-count: 1 loop (core) at line 22 for line 10: optimized
# stderr: method at line 13: compiled
# stderr: method at line 13: optimized
# Code is made quickly first, and well when it has run for so many rounds or was called as often:
# the loop is left for that while it runs.
total = 0
1.upto(3000) { |i| total += i }
p total # => 4501500

def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
p fib(20) # => 6765
