# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-short-work=1 --jit-exit-threshold=50 --jit-optimize=1000000 --jit-log --dump=ir
# stderr-count: 3 loop at line 13: compiled
# stderr-count: 4 guard.obj %7 !1
# stderr-count: 0 guard.obj %7 !10
# Where the guards of one loop fail in front of it, only that loop keeps its guards: those of the
# loop beside it, of which `other` is asked, stay in front of the whole region. It is asked there in
# each build of the region, and of the loop beside it alone.
def sum(list, other, n)
  total = 0
  k = 0
  while k < n
    row = list[k % list.length]
    i = 0
    # A round that finds nil ends the loop before the guards of the array.
    while i < 50
      break unless row
      total += row[i]
      i += 1
    end
    i = 0
    while i < 50
      total += other[i]
      i += 1
    end
    k += 1
  end
  total
end
rows = [(0..50).to_a, (1..51).to_a]
other = (1..60).to_a
p sum(rows, other, 2000) # => 5050000
p sum([nil, *rows], other, 3000), sum([nil, *rows], other, 6000)
# => 6325000
# => 12650000
