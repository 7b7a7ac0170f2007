# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-log
# stderr-count: 1 compiled
# stderr-count: 0 optimized
# What does not run for long is not made well.
total = i = 0
while i < 5000
  total += i
  i += 1
end
p total # => 12497500
