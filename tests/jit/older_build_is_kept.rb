# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-exit-threshold=5 --jit-inline-size=35 --jit-log
# stderr: loop at line 9: compiled
# stderr: loop at line 9: the region is too big
# A region that would become too big with what is seen later keeps the code that it has.
def count(n, rare)
  i = s = 0
  while i < n
    if rare
      s += i & 1
      s += i & 2
      s += i & 3
      s += i & 4
      s += i & 5
      s += i & 6
    end
    s += 1
    i += 1
  end
  s
end
p count(1000, false) # => 1000
p count(200, true) # => 2300
p count(1000, false) # => 1000
