# Sorting, extremes, sums, rearranging.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

p [3, 1, 2].sort # => [1, 2, 3]
p [3.5, 1.5, -2.0].sort # => [-2.0, 1.5, 3.5]
p %w[b a C].sort # => ["C", "a", "b"]
p [3, 1, 2].sort { |x, y| y <=> x } # => [3, 2, 1]
p %w[ccc a bb].sort_by(&:length) # => ["a", "bb", "ccc"]
p [[2, 1], [1, 2], [1, 1]].sort # => [[1, 1], [1, 2], [2, 1]]
p err { [1, "a"].sort } # => "ArgumentError: comparison of Integer with String failed"
p err { [1, nil].max } # => "ArgumentError: comparison of Integer with nil failed"
p err { [1, 2].sort { nil } } # => "ArgumentError: comparison of Integer with 2 failed"
p [1, 2.5, 3r].sort # => [1, 2.5, (3/1)]
p (1..500).to_a.reverse.sort == (1..500).to_a # => true
p (1..50).sort_by { |x| -x }.first(3) # => [50, 49, 48]
p [5, 3, 9].min # => 3
p [5, 3, 9].max(2) # => [9, 5]
p %w[aa b ccc].max { |x, y| x.length <=> y.length } # => "ccc"
p [1, 2, 3].sum # => 6
p [2**61, 2**61 - 1].sum # => 4611686018427387903
p [2**61, 2**61, 1].sum # => 4611686018427387905
p [-2**62, 0, -1, 5].sum # => -4611686018427387900
p [1, 2].sum(2**62 - 4) # => 4611686018427387903
p [1, 2, 3].sum(2**62 - 4) # => 4611686018427387906
p [0.1] * 10 == [0.1] * 10 # => true
p ([0.1] * 10).sum # => 1.0
p [3, 0.1, 0.2].sum # => 3.3
p ["a", "b"].sum("") # => "ab"
p err { ["a"].sum } # => "TypeError: String can't be coerced into Integer"
p [1, 2, 3].reverse # => [3, 2, 1]
p [1, 2, 3, 4].rotate # => [2, 3, 4, 1]
p [1, 2, 3, 4].rotate(-1) # => [4, 1, 2, 3]
p [[1, 2], [3, 4]].transpose # => [[1, 3], [2, 4]]
p err { [[1], [2, 3]].transpose } # => "IndexError: element size differs (2 should be 1)"
p [1, [2, [3, [4]]]].flatten # => [1, 2, 3, 4]
p [1, [2, [3, [4]]]].flatten(1) # => [1, 2, [3, [4]]]
p [1, 2].flatten! # => nil
r = [1]
r << r
p err { r.flatten } # => "ArgumentError: tried to flatten recursive array"
p r # => [1, [...]]
p r.to_s # => "[1, [...]]"
p [1, 2, 3].combination(2).to_a # => [[1, 2], [1, 3], [2, 3]]
p [1, 2, 3].permutation(2).first(3) # => [[1, 2], [1, 3], [2, 1]]
p [1, 2].product([3, 4], [5]) # => [[1, 3, 5], [1, 4, 5], [2, 3, 5], [2, 4, 5]]
p [1, 2].repeated_permutation(2).to_a # => [[1, 1], [1, 2], [2, 1], [2, 2]]
p [1, 2].repeated_combination(2).to_a # => [[1, 1], [1, 2], [2, 2]]
p (1..5).to_a.combination(3).size # => 10
p [[1, 2] <=> [1, 3], [1] <=> [1, 2], [1] <=> ["a"], [] <=> []] # => [-1, -1, nil, 0]
p [[1, 2] == [1, 2.0], [1, 2].eql?([1, 2.0]), [1, 2].hash == [1, 2].hash] # => [true, false, true]
p [1, [2, "x"]].join("-") # => "1-2-x"
p err { x = []; x << x; x.join } # => "ArgumentError: recursive array join"
p [1, nil, :a, "s", 2.0, [3]].inspect # => "[1, nil, :a, \"s\", 2.0, [3]]"
p [1, 2, 3].shuffle(random: Random.new(1)).sort # => [1, 2, 3]
p [1, 2, 3].sample(5, random: Random.new(1)).sort # => [1, 2, 3]
p [nan = Float::NAN].include?(nan) # => true
p [[:a, 1], [:b, 2]].assoc(:b) # => [:b, 2]
p [[:a, 1], [:b, 2]].rassoc(1) # => [:a, 1]
