# SPDX-License-Identifier: MIT
# Arrays and hashes in everyday use: literals, map, select, reduce, a stack, a queue, reading and
# writing elements, counting in a hash and walking over it.
require_relative "../harness"

# Reduce what is left of squares after two passes.
def pipeline(size)
  Array.new(size) { |i| i % 1000 }
    .map { |x| x * x }
    .select { |x| x % 3 == 1 }
    .reduce(0) { |sum, x| sum + x }
end

# Push 0 to size - 1, reverse them in place by hand, and weigh what comes off again.
def stack(size)
  items = []
  size.times { |i| items.push(i) }
  left = 0
  right = size - 1
  while left < right
    items[left], items[right] = items[right], items[left]
    left += 1
    right -= 1
  end
  sum = 0
  sum += items.pop until items.empty?
  sum
end

# Let four players hand pairs around in a queue; return the points that they made.
def queue(size)
  waiting = [[0, 0], [1, 0], [2, 0], [3, 0]]
  size.times do
    player, points = waiting.shift
    waiting.push([player, points + player])
  end
  waiting.sum { |_, points| points }
end

# Count remainders in a hash, then add up each key times its count.
def count(size)
  counts = {}
  size.times { |i| counts[i % 777] = (counts[i % 777] || 0) + 1 }
  sum = 0
  counts.each { |key, times| sum += key * times }
  sum
end

def collect(size)
  [pipeline(size), stack(size), queue(size), count(size)]
end

# Add up yield(i % cycle) over all i below size.
def sum_of_cycles(size, cycle)
  (0...cycle).sum { |x| yield(x) * ((size - x + cycle - 1) / cycle) }
end

def expected(size)
  [sum_of_cycles(size, 1000) { |x| x % 3 == 0 ? 0 : x * x }, size * (size - 1) / 2,
   sum_of_cycles(size, 4) { |x| x }, sum_of_cycles(size, 777) { |x| x }]
end

benchmark(600000, ->(size) { collect(size) },
          ->(size, result) { result == expected(size) })
