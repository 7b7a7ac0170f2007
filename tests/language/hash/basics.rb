# Storing, finding, removing; order of insertion; text.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

h = { a: 1, "b" => 2, 3 => [4], nil => nil }
p h # => {a: 1, "b" => 2, 3 => [4], nil => nil}
p({ "a b": 1, "c": 2, :+ => 3, :d? => 4, :e= => 5, :A => 6 }) # => {"a b": 1, c: 2, "+": 3, d?: 4, "e=": 5, A: 6}
p h[:a] # => 1
p [h[:zz], h.fetch(:a), h.fetch(:zz, 0), h.fetch(:zz) { |k| k.to_s }] # => [nil, 1, 0, "zz"]
p err { h.fetch(:zz) } # => "KeyError: key not found: :zz"
p err { h.fetch("zz") } # => "KeyError: key not found: \"zz\""
p [h.key?("b"), h.value?(2), h.key(2), h.include?(nil), h.member?(9)] # => [true, true, "b", true, false]
p [h.keys, h.values, h.length] # => [[:a, "b", 3, nil], [1, 2, [4], nil], 4]
h[:a] = 10
h[:new] = 11
p h # => {a: 10, "b" => 2, 3 => [4], nil => nil, new: 11}
p [h.delete(:new), h.delete(:gone), h.delete(:gone) { |k| "no #{k}" }] # => [11, nil, "no gone"]
p h.dig(3, 0) # => 4
p h.to_a # => [[:a, 10], ["b", 2], [3, [4]], [nil, nil]]
p h.values_at(:a, :x, "b") # => [10, nil, 2]
p err { h.fetch_values(:a, :x) } # => "KeyError: key not found: :x"
p h.fetch_values(:a, :x) { 0 } # => [10, 0]
p [h.first, h.first(2)] # => [[:a, 10], [[:a, 10], ["b", 2]]]
p h.invert # => {10 => :a, 2 => "b", [4] => 3, nil => nil}
p h.slice(:a, 3, :none) # => {a: 10, 3 => [4]}
p h.except(:a, nil) # => {"b" => 2, 3 => [4]}
p h.compact # => {a: 10, "b" => 2, 3 => [4]}
p h.assoc("b") # => ["b", 2]
p h.shift # => [:a, 10]
p h.clear # => {}
p [h.empty?, h.shift] # => [true, nil]
big = {}
100.times { |i| big[i * 3] = i }
50.times { |i| big.delete(i * 6) }
p big.length # => 50
p big.first(3) # => [[3, 1], [9, 3], [15, 5]]
p big[3 * 99] # => 99
s = "key"
g = { s => 1 }
s << "!"
p [g, g.keys[0].frozen?] # => [{"key" => 1}, true]
p [{ 1 => :a }[1.0], { 2**70 => :big }[2**70], { 1.5 => :f }[1.5], { [1, [2]] => :arr }[[1, [2]]]] # => [nil, :big, :f, :arr]
r = {}
r[:self] = r
p r # => {self: {...}}
p({ a: 1, b: 2 } == { b: 2, a: 1 }) # => true
p({ a: 1 }.hash == { a: 1 }.hash) # => true
p [{ a: 1 } <= { a: 1, b: 2 }, { a: 1 } < { a: 1 }, { a: 1, b: 2 } > { b: 2 }] # => [true, false, true]
p Hash[[[1, 2], [3, 4]]] # => {1 => 2, 3 => 4}
p Hash[1, 2, 3, 4] # => {1 => 2, 3 => 4}
p err { Hash[1, 2, 3] } # => "ArgumentError: odd number of arguments for Hash"
p err { {}.freeze[:a] = 1 } # => "FrozenError: can't modify frozen Hash: {}"
x = 1
y = 2
p({ x:, y: }) # => {x: 1, y: 2}
cycle = []
cycle << cycle
p cycle.hash == [cycle].hash # => true
