# SPDX-License-Identifier: MIT
# Patterns whose failure is told in full, in hot loops: what fits, and then what does not.
def one(v)
  v => {a: [Integer => x, String], b: nil}
  x
end

def guarded(v, limit)
  case v
  in [Integer => x, y] if x < limit
    x + y
  end
end

def try
  yield
rescue NoMatchingPatternError, NoMatchingPatternKeyError => e
  "#{e.class}: #{e.message}"
end
total = 0
400.times { |i| total += one({a: [i, "s"], b: nil}) + guarded([i, 1], 1000) }
p total
puts try { one({a: [1, 2], b: nil}) }
puts try { one({a: [1, "s"], b: 3}) }
puts try { one({a: [1, "s"]}) }
puts try { guarded([1001, 1], 1000) }
puts try { guarded([1, 1, 1], 1000) }
failed = 0
200.times { |i| failed += 1 if try { guarded([i, 1], 100) }.is_a?(String) }
p failed

Pair = Struct.new(:left, :right) do
  def initialize(left, right = left) = super
end
sum = 0
400.times { |i| sum += Pair.new(i).right }
p sum, Pair.new(3), Pair.new(1, 2).to_a
# => 160000
# => NoMatchingPatternError: {a: [1, 2], b: nil}: String === 2 does not return true
# => NoMatchingPatternError: {a: [1, "s"], b: 3}: nil === 3 does not return true
# => NoMatchingPatternKeyError: {a: [1, "s"]}: key not found: :b
# => NoMatchingPatternError: [1001, 1]: guard clause does not return true
# => NoMatchingPatternError: [1, 1, 1]: [1, 1, 1] length mismatch (given 3, expected 2)
# => 100
# => 79800
# => #<struct Pair left=3, right=3>
# => [1, 2]
