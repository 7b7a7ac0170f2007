# SPDX-License-Identifier: MIT
# A hot method with more branches than a region may have is not compiled.
branches = (0...1200).map { |k| "sum += 1 if i == #{k}" }.join("\n")
eval "def few(i)\n  sum = 0\n  return false if i > 5\n#{branches}\n  sum == 1\nend"
def ways(n)
  i = sum = 0
  while i < n
    sum += 1 if few(i)
    i += 1
  end
  sum
end
p ways(100) # => 6
