# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-method-calls=1 --jit-judge=5 --jit-exit-threshold=1 --jit-short-work=100000 --jit-log
# stderr: the code is left too soon
# Code of a method that calls itself is found to do too little while what is behind one of its exits
# is recorded. The record that goes on ends with it.
def ack(m, n)
  if m == 0
    n + 1
  elsif n == 0
    ack(m - 1, 1)
  else
    ack(m - 1, ack(m, n - 1))
  end
end
p ack(2, 60) # => 123
