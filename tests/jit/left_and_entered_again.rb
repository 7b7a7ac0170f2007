# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log
# stderr: jit: loop at line 11: compiled
# A loop is compiled once; values of a kind that it did not see leave it, and it goes on exactly.
KINDS = [1, 2.5, 1 << 62, 3r].freeze

def add(n, kinds)
  sum = 0
  i = 0
  while i < n
    sum += kinds[i / 20 % 4]
    i += 1
  end
  sum
end
p add(100, KINDS), add(85, KINDS.rotate)
# => 9.223372036854776e+19
# => 9.223372036854776e+19
