# Ends, membership, iteration, steps.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

r = (1..10)
p [r.begin, r.end, r.first, r.last, r.min, r.max, r.size, r.count, r.sum] # => [1, 10, 1, 10, 1, 10, 10, 10, 55]
p [r.to_a, (1...4).to_a, ("a".."e").to_a, ("y".."ab").to_a, (:a..:c).to_a] # => [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3], ["a", "b", "c", "d", "e"], [], [:a, :b, :c]]
p [r.include?(5), r === 10, r.cover?(2..3), r.member?(11), (1...10) === 10, ("a".."z").cover?("mm"), ("a".."z").include?("mm")] # => [true, true, true, false, false, true, false]
p [(1..), (..5), (nil..nil), (1...), ("a".."b")] # => [1.., ..5, nil..nil, 1..., "a".."b"]
p [(1..2).to_s, (1..2).inspect, ("a"..).inspect] # => ["1..2", "1..2", "\"a\".."]
p [r.first(3), r.last(3), r.min(2), r.max(2), r.minmax] # => [[1, 2, 3], [8, 9, 10], [1, 2], [10, 9], [1, 10]]
p [(1..0).to_a, (1..0).min, (1..0).sum, (1..0).size] # => [[], nil, 0, 0]
p r.step(3).to_a # => [1, 4, 7, 10]
p (1..2).step(0.5).to_a # => [1.0, 1.5, 2.0]
p (1.0..2.0).step(0.25).to_a # => [1.0, 1.25, 1.5, 1.75, 2.0]
p ((1..10) % 4).to_a # => [1, 5, 9]
p (1..10).step(3).class # => Enumerator::ArithmeticSequence
p (1..10).step(3) # => ((1..10).step(3))
p ("a".."i").step(3).to_a # => ["a", "d", "g"]
p r.each_slice(4).to_a # => [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
p r.each_cons(9).to_a # => [[1, 2, 3, 4, 5, 6, 7, 8, 9], [2, 3, 4, 5, 6, 7, 8, 9, 10]]
p (1..3).reverse_each.to_a # => [3, 2, 1]
p r.select(&:even?) # => [2, 4, 6, 8, 10]
p r.inject(:*) # => 3628800
p r.each_with_index.first(2) # => [[1, 0], [2, 1]]
p r.partition(&:odd?) # => [[1, 3, 5, 7, 9], [2, 4, 6, 8, 10]]
p (1..3).flat_map { |x| [x] * x } # => [1, 2, 2, 3, 3, 3]
p (1..3).zip(4..6) # => [[1, 4], [2, 5], [3, 6]]
p (1..Float::INFINITY).lazy.map { |x| x * 2 }.first(2) # => [2, 4]
p (1..).each_slice(2).first(2) # => [[1, 2], [3, 4]]
p (1..).first(3) # => [1, 2, 3]
p [(1..10).bsearch { |x| x >= 7 }, (0.0..10.0).bsearch { |x| x >= 2.5 }, (0..).bsearch { |x| x > 1000 }] # => [7, 2.5, 1001]
p [(1..3) == (1..3), (1..3).eql?(1..3), (1..3) == (1...3), (1..3).hash == (1..3).hash, (1..3).frozen?] # => [true, true, false, true, true]
p err { (1.5..2).each { } } # => "TypeError: can't iterate from Float"
p err { (1..).to_a } # => "RangeError: cannot convert endless range to an array"
p err { (..1).each { } } # => "TypeError: can't iterate from NilClass"
p err { (..1).first } # => "RangeError: cannot get the first element of beginless range"
p err { (1..).last } # => "RangeError: cannot get the last element of endless range"
p err { (1..).max } # => "RangeError: cannot get the maximum of endless range"
p err { (1..2).step(0) { } } # => "ArgumentError: step can't be 0"
p err { Range.new(1, "a") } # => "ArgumentError: bad value for range"
p err { (1..2).first(-1) } # => "ArgumentError: negative array size (or size too big)"
p [(1..3).count(2), (1..).count, (1..3).count(&:odd?)] # => [1, Infinity, 2]
p (1..10).each_entry.to_a.length # => 10
p ((1..3).each { }) == (1..3) # => true
p [(0.5..2.4).include?(2), (1..nil).include?(100), (nil..3).include?(2)] # => [true, true, true]
p [[1, 2, 3, 4][1..], [1, 2, 3, 4][..1]] # => [[2, 3, 4], [1, 2]]
p "hello"[1..3] # => "ell"
case 7
when ..5 then found = :low
when 6.. then found = :high
end
p found # => :high
p Range.new(1, 5, true) # => 1...5
p (1..3).each_with_object([]) { |x, a| a << x } # => [1, 2, 3]
