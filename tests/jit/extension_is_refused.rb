# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-exit-threshold=5 --jit-inline-size=45 --jit-optimize=4000 --jit-log
# stderr-count: 1 loop at line 11: the region is too big
# stderr-count: 2 loop at line 11: compiled
# stderr-count: 1 loop at line 11: optimized
# A way that cannot be built with the rest is forgotten: others are still followed, and the code is
# made well all the same.
def count(n, way)
  i = s = 0
  while i < n
    if way == :big
      s += (i & 1) + (i & 2) + (i & 3) + (i & 4) + (i & 5) + (i & 6)
    elsif way == :small
      s += 2
    end
    s += 1
    i += 1
  end
  s
end
p count(1000, nil) # => 1000
p count(20, :big) # => 206
p count(1000, :small) # => 3000
p count(5000, nil) # => 5000
