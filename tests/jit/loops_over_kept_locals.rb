# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log
# stderr: for line 9: compiled
# stderr: for line 12: compiled
# A loop whose root has its locals in the heap is named by the call that made it, as others are.
def count(n)
  total = 0
  keep = -> { total }
  n.times { |i|
    total += i
  }
  n.times do |i|
    total += i * 2
  end
  keep.call
end
p count(1000) # => 1498500
