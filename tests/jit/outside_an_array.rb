# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: call.leaf
# stderr-count: 0 left too soon
# Indices counted from the end, behind the end, and stores that make an Array longer or wider do not
# leave machine code.
def work(n)
  list = []
  i = 0
  sum = 0
  while i < n
    list[i] = i
    sum += list[-1]
    sum += 1 unless list[i + 1]
    i += 1
  end
  [sum, list.length]
end
2.times { p work(2000) }
# => [2001000, 2000]
# => [2001000, 2000]
def wider(n)
  list = Array.new(n, 0)
  i = 0
  while i < n
    list[i] = i * 0.5
    i += 1
  end
  list.last
end
2.times { p wider(2000) }
# => 999.5
# => 999.5
