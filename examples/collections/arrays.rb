# Everyday array work.
a = [5, 3, 8, 1]
puts a.sort.inspect, a.sort { |x, y| y <=> x }.inspect, a.max(2).inspect, a.sum, a.minmax.inspect
puts a.select(&:odd?).inspect, a.reject(&:odd?).inspect, a.find { |x| x > 4 }, a.index(8)
puts a.each_slice(2).to_a.inspect, a.zip(a.rotate).inspect, a.take_while { |x| x > 2 }.inspect
b = a.dup
b.insert(2, :new).delete_at(0)
puts b.inspect, b.compact.size, (a & [1, 8, 9]).inspect, (a | [9]).inspect, (a - [1]).inspect
puts [1, [2, [3, [4]]]].flatten.inspect, [1, [2, [3]]].flatten(1).inspect, [nil, 1, nil].compact.inspect
puts [3, 1, 3, 2, 1].uniq.inspect, [1, 2, 3, 4].each_cons(2).map(&:sum).inspect, [1, 2] * 2 == [1, 2, 1, 2]
puts [1, 2, 3].permutation(2).count, [1, 2, 3].combination(2).to_a.inspect, [1, 2].product([3, 4]).inspect
puts a.values_at(0, -1, 9).inspect, a[1..].inspect, a[-2, 2].inspect, a.first(2).inspect, a.dig(0)
puts [1, 2, 3, 4, 5].partition(&:even?).inspect, %w[b a].sort!.inspect, [[2, :b], [1, :a]].sort.inspect
c = [1, 2, 3]
c[5] = 6
puts c.inspect, c.fill(0, 1, 2).inspect, [1, 2, 3].inject { |s, x| s * x }, Array.new(2) { |i| i.to_s }.inspect
puts [1, 2, 3].each_with_object([]) { |x, m| m.unshift(x) }.inspect, [0.1] * 3 == [0.1, 0.1, 0.1], [3, 5].sum / 2.0
