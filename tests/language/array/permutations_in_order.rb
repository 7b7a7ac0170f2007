# Permutations and combinations come in the order of the places of what they take, for each kind of
# elements, and have Arrays of their own.
p [1, 2, 3].permutation.to_a # => [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]
p %w[a b c].permutation(2).map(&:join) # => ["ab", "ac", "ba", "bc", "ca", "cb"]
p [1.5, 2.5].permutation.to_a # => [[1.5, 2.5], [2.5, 1.5]]
p [nil, 1.5, :a].permutation(1).to_a # => [[nil], [1.5], [:a]]
p [3, 3].permutation.to_a # => [[3, 3], [3, 3]]
p [1, 2].permutation(0).to_a, [].permutation.to_a # => [[]]
# => [[]]
p [1, 2].permutation(3).to_a, [1, 2].permutation(-1).to_a # => []
# => []
p (0...9).to_a.permutation(4).each_cons(2).all? { |a, b| (a <=> b) < 0 } # => true
p (0...7).to_a.permutation.uniq.size # => 5040
p (0...70).to_a.permutation(2).to_a.values_at(0, 68, 69, -1) # => [[0, 1], [0, 69], [1, 0], [69, 68]]
p [1.5, 2.5, 3.5].combination(2).to_a # => [[1.5, 2.5], [1.5, 3.5], [2.5, 3.5]]
p [1, 2].repeated_combination(2).to_a # => [[1, 1], [1, 2], [2, 2]]

list = [1, 2, 3]
seen = []
list.permutation(2) do |pair|
  list.clear
  pair << 9 << 1.5
  seen << pair
end
p seen.size, seen.first, seen.last # => 6
# => [1, 2, 9, 1.5]
# => [3, 2, 9, 1.5]
p [1.5, 2.5].permutation.map { |pair| pair << :x } # => [[1.5, 2.5, :x], [2.5, 1.5, :x]]
