# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=1 --jit-log
# stderr-count: 2 loop at line 12: compiled
# stderr-count: 1 loop at line 12: the code is left too soon
# stderr-count: 1 loop at line 12: optimized
# Machine code that was left too soon is tried again after a while: the loop may have become longer.
# The one around it calls by the protocol in each round, and is not compiled.
total = 0
counts = [2] * 4000 + [50_000]
while (n = counts.shift)
  while n > 0
    total += n
    n -= 1
  end
  __callee__
end
p total # => 1250037000
