# SPDX-License-Identifier: MIT
# Loops in a frame whose locals a Proc holds, with values of the expression around on the stack.
i = 0
reader = proc { i }
seen = [3]
p seen, (i += 1 while i < 50), i, reader.call
# => [3]
# => nil
# => 50
# => 50
writer = -> { i -= 1 }
k = 0
while k < 40
  k += 1
  writer.call if k.even?
end
p i, k, reader.call
# => 30
# => 40
# => 30
p [1, (k += i while k < 1000), k, reader.call] # => [1, nil, 1000, 30]
