# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log --dump=ir
# stderr: method at line 10: compiled
# stderr: call.guest
# stderr: frame.prev
# stderr-count: 0 call.send
# A method that is called often is compiled from its start. It calls itself at its own machine code,
# with light records of the frames around.
def fib(n)
  n < 2 ? n : fib(n - 1) + fib(n - 2)
end
p fib(20) # => 6765
