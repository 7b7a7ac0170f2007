# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: loop at line 12: compiled
# stderr-count: 0 call.send
# stderr-count: 3 = guard.int
# stderr-count: 2 = add.ov
# A `while` loop over Integers is one loop without calls; its locals are checked once, before it.
def sum(n)
  total = 0
  i = 0
  while i < n
    total += i
    i += 1
  end
  total
end
p sum(1000) # => 499500
