# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr-count: 2 loop (core) at line 27: compiled
# stderr-count: 0 YIELD is not compiled
# stderr-count: 0 call.send
# A block in memory whose body yields to the block of its method: both are built into the loop.
def row(size, i)
  Array.new(size) { |k| yield(i, k) + k }
end
p row(500, 3) { |i, k| i * k }.sum # => 499000
p row(500, 3) { |i, k| i - k }.sum # => 1500
p row(5, 0) { |i, k| break [i] if k == 3; 1.5 }.sum # => 0
