# SPDX-License-Identifier: MIT
# Blocks: yield with one and two values, a block inside a block, a block handed on with &, next,
# break, and the library's own iterators.
require_relative "../harness"

def repeat(count)
  i = 0
  while i < count
    yield i
    i += 1
  end
end

def each_neighbours(count)
  repeat(count) { |i| yield i, i + 1 }
end

def hand_on(count, &block)
  repeat(count, &block)
end

# Return the first multiple of `step` from `start` on; break leaves the block early.
def first_multiple(start, step)
  repeat(step) { |i| break start + i if (start + i) % step == 0 }
end

def sum_of_blocks(size)
  sum = 0
  repeat(size) { |i| sum += i }
  each_neighbours(size) { |a, b| sum += b - a }
  hand_on(size) do |i|
    next if i.odd?

    sum += 2
  end
  size.times { |i| sum += first_multiple(i, 4) - i }
  1.upto(size) { |i| [i, 1].each { |x| sum -= x } }
  sum
end

def expected_sum(size)
  full = size / 4
  to_multiple = full * 6 + [0, 0, 3, 5][size % 4]
  size * (size - 1) / 2 + size + (size + 1) / 2 * 2 + to_multiple - size * (size + 1) / 2 - size
end

benchmark(500000, ->(size) { sum_of_blocks(size) },
          ->(size, result) { result == expected_sum(size) })
