# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=5 --jit-inline-depth=3
# `break` and `return` out of a block that a method took as &b and handed to another, which is called:
# the call and the method that they end are under way.
def other(b, x) = x > 3 ? b.call(x) : x

def count(&b)
  @x = (@x || 0) + 1
  other(b, @x) + 100
end

def broken(n)
  r = []
  n.times { r << count { |x| break x if x > 30; x } }
  r.last(2)
end
p broken(60) # => [59, 60]

def returned(n)
  n.times { count { |x| return x if x > 120; x } }
  :never
end
p returned(200) # => 121
