# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=1 --jit-rejudge=1000 --jit-log
# stderr-count: 2 loop at line 12: optimized
# stderr-count: 3 loop at line 12: compiled
# stderr-count: 1 loop at line 12: the code is left too soon
# Code that was made well counts nothing; once it was left very often it is made quickly again, to be
# judged as at first: the rounds of the loop have become few.
total = 0
counts = [50_000] + [2] * 7000
while (n = counts.shift)
  while n > 0
    total += n
    n -= 1
  end
  __callee__
end
p total # => 1250046000
