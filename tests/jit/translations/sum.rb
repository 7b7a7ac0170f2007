# SPDX-License-Identifier: MIT
def sum(list)
  total = 0
  i = 0
  while i < list.length
    total += list[i]
    i += 1
  end
  total
end

p sum([3, 1, 4, 1, 5] * 200) # => 2800
