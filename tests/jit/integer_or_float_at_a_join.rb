# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=1000000000 --jit-log --jit-stats
# stderr: loop at line 21: compiled
# stderr-count: 1 left          1 times
# A loop variable that begins as an Integer and comes round as an Integer on one way and as a Float
# on another one is any Value from the start: the nest is left once, at its end.
def mixed(n)
  sum = 0
  i = 0
  while i < n
    sum = i % 4 < 2 ? i : sum + 0.5
    i += 1
  end
  sum
end

def all(n)
  total = 0.0
  k = 0
  while k < n
    total += mixed(6)
    k += 1
  end
  total
end
p all(2000) # => 10000.0
