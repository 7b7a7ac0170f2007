# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log
# stderr: loop at line 10: compiled
# A loop is compiled once for the kinds that it saw. Others leave it, and the interpreter goes on
# exactly: an Array of another kind, Floats, sums beyond 63 bits.
def add(n, list)
  sum = 0
  i = 0
  while i < n
    sum += list[i & 1]
    i += 1
  end
  sum
end
p add(100, [1, 2]), add(99, [1, 2.5]), add(5, [1 << 61, 1]), add(100, [3, 4])
# => 150
# => 172.5
# => 6917529027641081858
# => 350
