# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=200 --jit-optimize=1000000000 --jit-log
# stderr-count: 1 loop at line 18: compiled
# stderr-count: 1 loop at line 16: compiled
# stderr-count: 1 loop at line 14: compiled
# stderr-count: 6 jit:
# Entering the machine code of an inner loop warms the loop around, so that at last the whole nest
# is one region. Inner loops that are known run in their machine code while an outer one is
# recorded: a million rounds are not too long.
def nest(n, inner)
  sum = 0
  i = 0
  while i < n
    k = 0
    while k < n
      m = 0
      while m < inner
        sum += m & k
        m += 1
      end
      k += 1
    end
    i += 1
  end
  sum
end
p nest(60, 10000) # => 530354880
