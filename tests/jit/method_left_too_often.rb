# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-exit-threshold=5 --jit-log
# stderr: method at line 8: compiled
# stderr: method at line 8: the code is left too soon
# A method half of whose calls leave its machine code is given back to the interpreter. The loop that
# calls it is not compiled.
def half(i)
  return i + 1 if i.even?
  __FILE__.nil? ? 1 : 2
end
s = i = 0
while i < 20000
  s += half(i)
  i += __FILE__.nil? ? 2 : 1
end
p s # => 100020000
