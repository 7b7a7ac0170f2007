# SPDX-License-Identifier: MIT
# Machine code left inside frames of the core library, which do not count, and each time the depth
# grew by them, until the stack was said to be too deep.
def sum(values)
  total = 0
  values.each_with_index { |v, i| total += v * i }
  total
end

total = 0
6000.times { |i| total += sum(i.even? ? [1, 2, 3] : [1, 2.5, 3]) }
p total # => 49500.0
