# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-calls=1 --jit-log
# stderr: method at line 8: compiled
# stderr-count: 0 method at line 8: a call in the loop is made by the protocol
# A call that could only be made by the protocol is left to the interpreter if it is seldom: the rest
# of the method, or loop, is compiled.
def seldom(x)
  return binding.local_variable_get(:x) if x % 40 == 0
  x * 2
end
sum = 0
i = 0
while i < 5000
  sum += seldom(i)
  i += 1
end
p sum # => 24685000
