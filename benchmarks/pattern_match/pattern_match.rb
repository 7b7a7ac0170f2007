# SPDX-License-Identifier: MIT
# case/in over arrays, hashes, objects and ranges: tagged arrays as a compiler has them, hashes as
# they come out of JSON, deconstruct and deconstruct_keys, guards, pins, and the find pattern.
require_relative "../harness"

class Point
  attr_reader :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end

  def deconstruct
    [x, y]
  end

  def deconstruct_keys(_keys)
    { x: x, y: y }
  end
end

# Evaluate a tree of tagged arrays.
def evaluate(tree, n)
  case tree
  in Integer then tree
  in :n then n
  in [:neg, a] then -evaluate(a, n)
  in [:add, a, 0] then evaluate(a, n)
  in [:add, a, b] then evaluate(a, n) + evaluate(b, n)
  in [:mul, a, b] if a == b then evaluate(a, n)**2
  in [:mul, a, b] then evaluate(a, n) * evaluate(b, n)
  in [:sum, first, *rest] then rest.sum(evaluate(first, n)) { |x| evaluate(x, n) }
  end
end

# Weigh an event by its kind and its fields.
def weigh(event)
  case event
  in { type: "click", at: { x: Integer => x, y: Integer => y } } then x + y
  in { type: "key", code: 65..90 | 97..122 } then 100
  in { type: "key", code:, shift: true } then code * 2
  in { type: "key", code: } then code
  in { type: "text", words: [*, "stop", last] } then last
  end
end

def place(point, column)
  case point
  in [0, 0] then 1
  in [^column, _] then 2
  in Point(x:, y:) if x == y then 3
  in { x: 1.. => x } then 10 + x
  in _ then 4
  end
end

# Over i: (i + i) + i^2 + -(3) + (i + 1 + 2)
TREE = [:sum, [:add, :n, :n], [:mul, :n, :n], [:neg, [:add, 3, 0]], [:sum, :n, 1, 2]].freeze
EVENTS = [
  { type: "click", at: { x: 1, y: 2 } },
  { type: "key", code: 70 },
  { type: "key", code: 13, shift: true },
  { type: "key", code: 9, shift: false },
  { type: "text", words: ["go", "on", "stop", 8] }
].freeze
WEIGHTS = [3, 100, 26, 9, 8].freeze
POINTS = [[0, 0], [5, 1], [2, 2], [7, 3], [-1, 4]].map { |x, y| Point.new(x, y) }.freeze
PLACES = [1, 2, 3, 17, 4].freeze

def sum_of_matches(size)
  sum = 0
  size.times do |i|
    sum += evaluate(TREE, i % 10) + weigh(EVENTS[i % 5]) + place(POINTS[i % 5], 5)
  end
  sum
end

# The same without a match: the terms repeat after 10.
def sum_by_residues(size)
  (0...10).sum do |i|
    term = i * i + 3 * i + WEIGHTS[i % 5] + PLACES[i % 5]
    term * ((size - i + 9) / 10)
  end
end

benchmark(60000, ->(size) { sum_of_matches(size) },
          ->(size, result) { result == sum_by_residues(size) })
