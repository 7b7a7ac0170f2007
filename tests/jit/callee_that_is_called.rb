# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 22: compiled
# stderr: call.guest
# A method that raises through an ensure clause is called by the loop, which goes on, and not left in
# its midst.
def risky(x)
  begin
    raise ArgumentError if x % 3 == 0
    x
  ensure
    x += 1
  end
rescue ArgumentError
  0
end

def sum(n)
  total = 0
  i = 0
  while i < n
    total += risky(i)
    i += 1
  end
  total
end
p sum(3000) # => 3000000
