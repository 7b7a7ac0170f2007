# SPDX-License-Identifier: MIT
# Hashes that grow, shrink and grow again, with keys that are integers, strings and symbols. Bound
# by the library's hashes.
require_relative "../harness"

# Insert `count` keys, delete every third one, insert those whose number is a multiple of six
# again, which puts them at the end; look all keys up; return the number of entries, how many keys
# were missing, the sum of the values, and the first and the last key.
def churn(keys)
  hash = {}
  keys.each_with_index { |key, i| hash[key] = i }
  0.step(keys.size - 1, 3) { |i| hash.delete(keys[i]) }
  0.step(keys.size - 1, 6) { |i| hash[keys[i]] = 2 * i }
  missing = keys.count { |key| !hash.key?(key) }
  sum = 0
  keys.each { |key| sum += hash.fetch(key, 0) }
  [hash.size, missing, sum, hash.each_key.first, hash.keys.last]
end

# Move a window of 100 keys over the list: each step inserts one and deletes the oldest.
def slide(keys)
  window = {}
  evicted = 0
  keys.each_with_index do |key, i|
    window[key] = i
    evicted += window.shift[1] if window.size > 100
  end
  [window.size, evicted]
end

# Count how often the keys come up, each as often as its index modulo 4 says, plus one.
def count(keys)
  counts = Hash.new(0)
  keys.each_with_index { |key, i| (i % 4 + 1).times { counts[key] += 1 } }
  counts.values.sum
end

def work(size)
  integers = Array.new(size) { |i| i * 7919 }
  strings = Array.new(size) { |i| "key#{i}" }
  symbols = strings.map(&:to_sym)
  [integers, strings, symbols].map { |keys| [churn(keys), slide(keys), count(keys)] }
end

# What work(size) must have found for the keys that `key_of` makes of their indices.
def expected(size, key_of)
  indices = 0...size
  missing = indices.count { |i| i % 6 == 3 }
  sum = indices.sum { |i| { 0 => 2 * i, 3 => 0 }.fetch(i % 6, i) }
  first = size > 1 ? 1 : 0
  last = (size - 1) / 6 * 6
  evicted = [size - 100, 0].max
  [
    [size - missing, missing, sum, key_of.call(first), key_of.call(last)],
    [size - evicted, (0...evicted).sum],
    indices.sum { |i| i % 4 + 1 }
  ]
end

KEYS = [->(i) { i * 7919 }, ->(i) { "key#{i}" }, ->(i) { :"key#{i}" }].freeze

benchmark(25000, ->(size) { work(size) },
          ->(size, result) { result == KEYS.map { |key_of| expected(size, key_of) } })
