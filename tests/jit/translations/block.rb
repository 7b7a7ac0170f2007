# SPDX-License-Identifier: MIT
def weigh(n, k)
  total = 0
  n.times { |i| total += i * k }
  total
end

p weigh(2000, 3) # => 5997000
