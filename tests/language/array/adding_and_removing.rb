# Adding and removing at both ends; strategies widen without being seen.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

a = []
p a << 1 << 2.5 << "x" << nil # => [1, 2.5, "x", nil]
p a.push(1, 2).length # => 6
p [a.pop, a.pop(2), a.shift, a.shift(2), a] # => [2, [nil, 1], 1, [2.5, "x"], []]
p a.unshift(1, 2) # => [1, 2]
p a.concat([3], [4, 5]) # => [1, 2, 3, 4, 5]
p a.concat(a) # => [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
p [a.compact!, [nil, 1, nil].compact, [nil, 1].compact!] # => [nil, [1], [1]]
p [1, 2] + [3] # => [1, 2, 3]
p [1, 2] * 2 # => [1, 2, 1, 2]
p [1, 2] * "," # => "1,2"
p [1, 1, 2, 3] - [1] # => [2, 3]
p [1, 1, 2, 3] & [3, 1] # => [1, 3]
p [1, 1, 2] | [3, 2] # => [1, 2, 3]
p [[1, 2].union([3], [1]), [1, 2].difference([1], [2]), [1, 2].intersection([2], [2, 3])] # => [[1, 2, 3], [], [2]]
p [[1, 2].intersect?([2]), [1].intersect?([2])] # => [true, false]
p Array.new(3) # => [nil, nil, nil]
p Array.new(2, "a") # => ["a", "a"]
p Array.new(3) { |i| i * i } # => [0, 1, 4]
p Array.new([1, 2]) # => [1, 2]
p err { Array.new(-1) } # => "ArgumentError: negative array size"
p err { Array.new("3") } # => "TypeError: no implicit conversion of String into Integer"
p err { [1] + nil } # => "TypeError: no implicit conversion of nil into Array"
p err { [1] * -1 } # => "ArgumentError: negative argument"
p err { [1].freeze << 2 } # => "FrozenError: can't modify frozen Array: [1]"
p err { [3, 1].freeze.sort! } # => "FrozenError: can't modify frozen Array: [3, 1]"
p err { [].freeze.map! { } } # => "FrozenError: can't modify frozen Array: []"
q = (1..1000).to_a
500.times { q.push(q.shift) }
p [q.length, q.first, q.last, q.sum] # => [1000, 501, 500, 500500]
p [1, 2, 3].fill(0) # => [0, 0, 0]
p [1, 2, 3].fill(9, 1) # => [1, 9, 9]
p [1, 2, 3].fill(9, 1, 4) # => [1, 9, 9, 9, 9]
p [1, 2, 3].fill(7, 0..1) # => [7, 7, 3]
p [1, 2, 3].fill { |i| i * i } # => [0, 1, 4]
p [1, 2, 3].replace([4]) # => [4]
x = [1, 2, 2, 3]
p [x.uniq, x.uniq!, x.uniq!, [[1, 2], [1, 3]].uniq { |y| y[0] }] # => [[1, 2, 3], [1, 2, 3], nil, [[1, 2]]]
floats = [1.5, 2.5]
floats << 3
p floats # => [1.5, 2.5, 3]
floats.map!(&:to_s)
p floats # => ["1.5", "2.5", "3"]
