# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log --dump=ir
# stderr-count: 1 loop (core) at line 12 for line 15: compiled
# stderr-count: 1 for line 24: compiled
# stderr-count: 0 upval
# stderr-count: 0 call.send
# stderr-count: 0 box
# stderr-count: 10 = guard.int
# The region of a loop in an iterator begins with the frame whose block it yields to, so that the
# locals which the block changes are values like the iterator's own.
def total(n)
  sum = 0
  last = nil
  one = 1
  n.times { |i| last = sum += i + one }
  [sum, last]
end
p total(1000), total(3) # => [500500, 500500]
# => [6, 6]

# A core method that passes a block of its own on: inject over each.
def digest(range)
  shift = 3
  range.inject { |a, b| (a ^ (b << shift)) & 65535 }
end
p digest(0..2000), digest(0..20) # => 16000
# => 160
