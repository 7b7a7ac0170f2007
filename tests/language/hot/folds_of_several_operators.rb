# SPDX-License-Identifier: MIT
# Folded expressions of several operators, one of which is redefined then.
def sum(n)
  i = s = 0
  while i < n
    s += 2 + 3 * 4 - i
    i += 1
  end
  s
end
p sum(100)
def text(n) = (1..n).sum { |i| ("a" * 3 + "b").size + i }
p text(50)
class Integer
  alias old_mul *
  def *(o) = o == 4 ? 100 : old_mul(o)
end
p sum(100)
