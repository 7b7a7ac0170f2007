# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log --dump=ir --jit-optimize=100
# stderr: loop at line 13: optimized
# stderr-count: 0 is not compiled
# stderr-count: 0 fiber
# stderr-count: 0 call.send
# The next element of an Array or a Range is counted in place: no Fiber, no call.
list = (1..300).to_a
a = list.each
b = (7..).each
sum = i = 0
while i < 300
  sum += a.next * b.next
  i += 1
end
p sum # => 9315950
