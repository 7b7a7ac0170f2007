# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-optimize=20 --dump=ir
# stderr-count: 0 new.array
# stderr-count: 0 call.leaf
# [a, b].max of numbers is a comparison.
def highest(list, n)
  best = i = 0
  while i < n
    best = [best, list[i % 4], i & 7].max
    i += 1
  end
  best
end
p highest([3, 9, 2, 5], 100) # => 9
