# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-log --dump=ir
# stderr: loop at line 19: compiled
# stderr: loop at line 28: compiled
# stderr: loop at line 45: compiled
# stderr-count: 0 call.
# stderr-count: 0 is not compiled
# stderr-count: 1 what it relies on has changed
# A loop over operators that the program has taken over is compiled with what they call in place; one
# over operators that were put back as if nothing had happened, as is one over those of classes that
# nobody touched. What is taken over later on is called from then on.
class Integer
  alias old_plus +
  def +(other) = old_plus(other)
end
def sum(n)
  i = sum = 0
  while i < n
    sum = sum + i * 3
    i += 1
  end
  sum
end
p sum(1000)                                      # => 1498500
def floats(n, x)
  sum = 0.0
  while x < n
    sum = sum + x if x != 3.0 && !(x > 1e9)
    x += 1.0
  end
  sum
end
p floats(1000.0, 0.0)                            # => 499497.0
class Integer
  def +(other) = old_plus(other).old_plus(1)
end
p sum(4)                                         # => 8
class Integer
  alias + old_plus
end
list = [1, 2, 3, 4]
def elements(list, n)
  i = sum = 0
  while i < n
    sum = sum + list[i & 3] + "folded #{1}".bytesize + 2 * 3
    list[i & 3] = sum & 7
    i += 1
  end
  sum
end
p elements(list, 1000) > 0                       # => true
