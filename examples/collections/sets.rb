# Set operations.
require "set"
evens = Set.new((2..20).step(2))
threes = Set.new((3..20).step(3))
puts (evens & threes).to_a.inspect
puts (evens | threes).size
puts (evens - threes).to_a.inspect
puts (evens ^ threes).sort.inspect
puts Set[6, 12].subset?(evens & threes)
puts evens.disjoint?(Set[1, 3])
puts evens.add?(2).inspect
puts Set[3, 1, 2].map { |x| x * 2 }.sort.inspect
