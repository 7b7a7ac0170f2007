# SPDX-License-Identifier: MIT
# Sorts integers, floats and strings, with and without blocks, and looks for the least and the
# greatest. Bound by the library's sorting and by how fast it calls blocks.
require_relative "../harness"

# `count` numbers at random, always the same.
def random_numbers(count)
  random = 1
  Array.new(count) { random = random * 48_271 % 2_147_483_647 }
end

# Everything that is measured, from one list; by name, to tell what went wrong.
def sort_all(numbers)
  floats = numbers.map { |number| number / 1024.0 }
  strings = numbers.map(&:to_s)
  {
    integers: numbers.sort,
    floats: floats.sort,
    strings: strings.sort,
    descending: numbers.sort { |a, b| b <=> a },
    by_key: numbers.sort_by { |number| -number },
    by_pair: numbers.sort_by { |number| [number % 100, number] },
    presorted: numbers.sort.sort,
    extremes: [numbers.min, numbers.max, *floats.minmax, *strings.minmax],
    extremes_by_block: [
      numbers.min { |a, b| b <=> a }, numbers.max { |a, b| b <=> a },
      numbers.min_by { |number| -number }, numbers.max_by { |number| -number }
    ]
  }
end

# Order the numbers by their digits, without comparing them.
def sorted_by_digits(numbers)
  (0..31).step(8).inject(numbers) do |list, shift|
    buckets = Array.new(256) { [] }
    list.each { |number| buckets[number >> shift & 255] << number }
    buckets.flatten
  end
end

def right?(sorted, result)
  strings = result[:strings]
  least, greatest = sorted.first, sorted.last
  result[:integers] == sorted && result[:presorted] == sorted &&
    result[:floats] == sorted.map { |number| number / 1024.0 } &&
    result[:descending] == sorted.reverse && result[:by_key] == sorted.reverse &&
    result[:by_pair] == sorted.group_by { |number| number % 100 }.sort.flat_map(&:last) &&
    strings.each_cons(2).all? { |a, b| a <= b } && strings.tally == sorted.map(&:to_s).tally &&
    result[:extremes] == [least, greatest, least / 1024.0, greatest / 1024.0,
                          strings.first, strings.last] &&
    result[:extremes_by_block] == [greatest, least, greatest, least]
end

benchmark(30000, ->(count) { sort_all(random_numbers(count)) },
          ->(count, result) { right?(sorted_by_digits(random_numbers(count)), result) })
