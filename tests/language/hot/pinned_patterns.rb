# SPDX-License-Identifier: MIT
# Patterns that are values of the program: Integers, Symbols, then others.
def same(value, pin)
  case value
  in ^pin then 1
  in [^pin, *] then 2
  in Integer | Symbol then 3
  in _ then 4
  end
end

def count(n)
  r = []
  n.times do |i|
    r << same(i % 3, 1) << same([i % 2, 5], 1) << same(i.even? ? :a : :b, :a) << same(nil, i)
  end
  r.tally
end
p count(100) # => {3 => 117, 4 => 150, 1 => 83, 2 => 50}
p same(1.0, 1) # => 1
p same(2, 2.0) # => 1
p same("x", "x") # => 1
p count(10) # => {3 => 12, 4 => 15, 1 => 8, 2 => 5}
