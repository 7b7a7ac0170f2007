# SPDX-License-Identifier: MIT
# Numbers of which it is known that they do not overflow, and elements next to each other.
def exact(n)
  sum = i = 0
  while i < n
    x = i & 15
    sum += x * 3 + (x << 2) - (x * x)
    i += 1
  end
  sum
end
p exact(300) # => -7244

def neighbours(list, n)
  sum = i = 0
  while i < n
    at = i % (list.size - 1)
    list[at] = i
    list[at + 1] = sum & 255
    sum += list[at] + list[at + 1]
    i += 1
  end
  sum
end
p neighbours([1, 2, 3, 4, 5], 300) # => 85971
p neighbours([1, 2], 300) # => 85971
