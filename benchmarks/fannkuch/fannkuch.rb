# SPDX-License-Identifier: MIT
# Pancake flips over all permutations: element reads and writes in small arrays, integer loops.
require_relative "../harness"

# The checksum and the largest number of flips, for each size from 1 on.
KNOWN = [nil, [0, 0], [-1, 1], [2, 2], [4, 4], [11, 7], [49, 10], [228, 16], [1616, 22],
         [8629, 30], [73196, 38]].freeze

# Reverse the first `first` + 1 elements until 0 comes up; return how often.
def count_flips(pancakes)
  flips = 0
  while (first = pancakes[0]) != 0
    low = 0
    high = first
    while low < high
      pancakes[low], pancakes[high] = pancakes[high], pancakes[low]
      low += 1
      high -= 1
    end
    flips += 1
  end
  flips
end

# Make the next permutation by rotating ever longer prefixes; turns[i] counts how often the prefix
# of i + 1 elements was rotated. Return false after the last.
def next_permutation(permutation, turns)
  i = 1
  while i < permutation.size
    first = permutation[0]
    k = 0
    while k < i
      permutation[k] = permutation[k + 1]
      k += 1
    end
    permutation[i] = first
    turns[i] += 1
    return true if turns[i] <= i

    turns[i] = 0
    i += 1
  end
  false
end

def fannkuch(size)
  permutation = (0...size).to_a
  turns = Array.new(size, 0)
  checksum = most = 0
  sign = 1
  loop do
    flips = count_flips(permutation.dup)
    most = flips if flips > most
    checksum += sign * flips
    sign = -sign
    return [checksum, most] unless next_permutation(permutation, turns)
  end
end

benchmark(9, ->(size) { fannkuch(size) }, ->(size, result) { result == KNOWN[size] })
