# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: loop (core) at line
# stderr-count: 0 call.send
# A block that a core iterator calls, and the method that it calls, are built into the loop.
def twice(x) = x * 2

def total(n)
  sum = 0
  n.times { |i| sum += twice(i) }
  sum
end
p total(1000) # => 999000
