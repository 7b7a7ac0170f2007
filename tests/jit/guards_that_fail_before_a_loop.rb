# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-short-work=1 --jit-exit-threshold=50 --jit-optimize=1000000 --jit-log
# stderr-count: 3 loop at line 11: compiled
# stderr-count: 0 too soon
# Guards that hold in every round of a loop are moved in front of it. If they fail there although
# the rounds do not come to them, the region is built once more, with its guards where they stand.
def sum(list, n)
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
    k += 1
  end
  total
end
rows = [(0..50).to_a, (1..51).to_a]
p sum(rows, 2000) # => 2500000
p sum([nil, *rows], 3000), sum([nil, *rows], 6000)
# => 2500000
# => 5000000
