# Blocks over the elements, also when the block changes the array.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

a = [1, 2, 3, 4]
p a.each { }.equal?(a) # => true
seen = []
b = [1, 2, 3]
b.each { |x| seen << x; b << x + 10 if b.length < 5 }
p seen # => [1, 2, 3, 11, 12]
p a.map { |x| x * 2 } # => [2, 4, 6, 8]
p a.each_with_index.map { |x, i| x * i } # => [0, 2, 6, 12]
p a.select(&:even?) # => [2, 4]
p a.reject(&:even?) # => [1, 3]
p a.partition { |x| x > 2 } # => [[3, 4], [1, 2]]
p a.each_slice(3).to_a # => [[1, 2, 3], [4]]
p a.each_cons(2).to_a # => [[1, 2], [2, 3], [3, 4]]
p a.reverse_each.to_a # => [4, 3, 2, 1]
p a.each_index.to_a # => [0, 1, 2, 3]
p a.cycle(2).to_a # => [1, 2, 3, 4, 1, 2, 3, 4]
p a.inject(:+) # => 10
p a.inject(10) { |s, x| s + x } # => 20
p a.inject(10, :+) # => 20
p [].inject(:+) # => nil
p err { a.each_slice(0) } # => "ArgumentError: invalid slice size"
p [a.find { |x| x > 2 }, a.index(3), a.index { |x| x > 1 }, a.rindex(4), a.find_index(9)] # => [3, 2, 1, 3, nil]
p [a.all? { |x| x > 0 }, a.any?(5), a.none?(5), a.one?(1), [nil, 1].all?, [].any?] # => [true, false, true, true, false, false]
p [a.count, a.count(2), a.count(&:odd?)] # => [4, 1, 2]
p a.take_while { |x| x < 3 } # => [1, 2]
p a.drop_while { |x| x < 3 } # => [3, 4]
p a.group_by(&:odd?) # => {true => [1, 3], false => [2, 4]}
p a.each_with_object([]) { |x, memo| memo << x } # => [1, 2, 3, 4]
p a.flat_map { |x| [x] * x }.length # => 10
p a.filter_map { |x| x * 2 if x > 2 } # => [6, 8]
p a.zip([5, 6], [7]) # => [[1, 5, 7], [2, 6, nil], [3, nil, nil], [4, nil, nil]]
p a.tally # => {1 => 1, 2 => 1, 3 => 1, 4 => 1}
p a.sum { |x| x * 0.5 } # => 5.0
p a.min_by { |x| -x } # => 4
p a.minmax # => [1, 4]
p a.to_h { |x| [x, x * x] } # => {1 => 1, 2 => 4, 3 => 9, 4 => 16}
p err { a.to_h { |x| x } } # => "TypeError: wrong element type Integer at 0 (expected array)"
c = [1, 2, 3, 4, 5]
p c.delete_if { |x| x > 3 } # => [1, 2, 3]
p c.reject! { |x| x > 5 } # => nil
p c.select! { |x| x > 1 } # => [2, 3]
p c.keep_if { true } # => [2, 3]
d = [1, 2, 3, 4]
d.reject! { |x| break if x == 3; x == 1 }
p d # => [2, 3, 4]
p [3, 1, 2].bsearch { |x| x >= 2 } # => 2
p [1, 4, 7, 10].bsearch { |x| 4 <=> x } # => 4
p err { [1].bsearch { "x" } } # => "TypeError: wrong argument type String (must be numeric, true, false or nil)"
p [a.each_entry.to_a, a.chunk_while { |x, y| y == x + 1 }.to_a] # => [[1, 2, 3, 4], [[1, 2, 3, 4]]]
p a.map.with_index(1) { |x, i| [i, x] } # => [[1, 1], [2, 2], [3, 3], [4, 4]]
p a.each_slice(2).size # => 2
