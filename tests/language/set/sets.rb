# Set: elements, relations, derived sets.
require "set"

def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

s = Set[3, 1, 2]
p s # => Set[3, 1, 2]
p Set.new([1, 1, 2]) # => Set[1, 2]
p Set.new([1, 2]) { |x| x * 10 } # => Set[10, 20]
p [s.include?(1), s === 4, s.member?(2), s.size, s.length, s.count, s.empty?] # => [true, false, true, 3, 3, 3, false]
s << 1 << 4
p s # => Set[3, 1, 2, 4]
p [s.add?(4), s.add?(5).class, s.delete?(9)] # => [nil, Set, nil]
s.delete(5)
p s.to_a # => [3, 1, 2, 4]
p s | [9] # => Set[3, 1, 2, 4, 9]
p s & [1, 2, 99] # => Set[1, 2]
p s - [1] # => Set[3, 2, 4]
p s ^ [1, 100] # => Set[100, 3, 2, 4]
p [Set[1, 2] <= s, Set[1, 2].subset?(Set[1, 2]), Set[1] < Set[1], s >= Set[3], s.superset?(Set[7]), Set[1, 2] > Set[1]] # => [true, true, false, true, false, true]
p [Set[1].disjoint?(Set[2]), Set[1].intersect?([1, 2])] # => [true, true]
p [Set[1, 2] == Set[2, 1], Set[1].eql?(Set[1]), Set[1].hash == Set[1].hash, { Set[1] => 2 }[Set[1]]] # => [true, true, true, 2]
p [Set[1] <=> Set[1, 2], Set[1] <=> Set[1], Set[1, 2] <=> Set[1], Set[1] <=> Set[2], Set[1] <=> 1] # => [-1, 0, 1, nil, nil]
p s.map { |x| x * 2 }.class # => Array
p s.select(&:even?) # => Set[2, 4]
p s.reject(&:even?) # => Set[3, 1]
p s.partition(&:even?) # => [[2, 4], [3, 1]]
p s.group_by(&:odd?) # => {true => [3, 1], false => [2, 4]}
p s.classify(&:odd?) # => {true => Set[3, 1], false => Set[2, 4]}
p s.each { }.equal?(s) # => true
p s.to_set.equal?(s) # => true
p [1, 2, 2].to_set # => Set[1, 2]
p s.merge([7], [8]).size # => 6
p s.subtract([7, 8]).size # => 4
p Set[1, [2]].flatten # => Set[1, [2]]
p Set[Set[1], Set[2, Set[3]]].flatten # => Set[1, 2, 3]
p s.min # => 1
p s.sort # => [1, 2, 3, 4]
p s.sum # => 10
p s.first(2) # => [3, 1]
p s.dup.delete(1).size # => 3
p [s.size, s.frozen?] # => [4, false]
p err { Set[1].freeze << 2 } # => "FrozenError: can't modify frozen Set: Set[1]"
p err { Set.new(5) } # => "ArgumentError: value must be enumerable"
p err { Set[1].subset?([1]) } # => "ArgumentError: value must be a set"
p s.delete_if(&:even?) # => Set[3, 1]
p s.keep_if { |x| x > 1 } # => Set[3]
p s.select! { true } # => nil
p s.map! { |x| x + 1 } # => Set[4]
p s.clear # => Set[]
p Set["a", :b, nil] # => Set["a", :b, nil]
t = Set[1]
t << t
p t.size # => 2
p Set[1, 2].join("-") # => "1-2"
p [Set[3, 4].inspect, Set[3].to_s] # => ["Set[3, 4]", "Set[3]"]
p Set[1, 2, 3].divide { |x| x.odd? }.size # => 2
p Set[1, 2].add([3]).include?([3]) # => true
