# A class that has nothing but each.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

class Numbers
  include Enumerable

  def initialize(*items) = @items = items

  def each
    @items.each { |x| yield x }
    self
  end
end

class Pairs
  include Enumerable

  def each
    yield 1, 2
    yield 3
    yield
    yield [4, 5]
  end
end

n = Numbers.new(3, 1, 2)
p n.to_a # => [3, 1, 2]
p n.sort # => [1, 2, 3]
p n.map { |x| x + 1 } # => [4, 2, 3]
p n.select(&:odd?) # => [3, 1]
p n.reject(&:odd?) # => [2]
p n.inject { |a, b| a * b } # => 6
p n.reduce(:+) # => 6
p [n.min, n.max, n.sum, n.minmax, n.count, n.first, n.first(2)] # => [1, 3, 6, [1, 3], 3, 3, [3, 1]]
p n.sort_by { |x| -x } # => [3, 2, 1]
p n.min_by { |x| -x } # => 3
p n.max_by { |x| -x } # => 1
p n.each_slice(2).to_a # => [[3, 1], [2]]
p n.each_cons(2).to_a # => [[3, 1], [1, 2]]
p n.each_with_index.to_a # => [[3, 0], [1, 1], [2, 2]]
p n.each_with_object([]) { |x, a| a.unshift(x) } # => [2, 1, 3]
p n.group_by(&:odd?) # => {true => [3, 1], false => [2]}
p n.partition { |x| x > 1 } # => [[3, 2], [1]]
p [n.include?(2), n.member?(9), n.find { |x| x > 1 }, n.find_index(2), n.all?(Integer), n.any?(String)] # => [true, false, 3, 2, true, false]
p n.zip(n) # => [[3, 3], [1, 1], [2, 2]]
p n.each_entry.to_a # => [3, 1, 2]
p n.take_while { |x| x != 2 } # => [3, 1]
p n.drop_while { |x| x != 1 } # => [1, 2]
p [n.take(1), n.drop(1), n.tally, n.uniq, n.to_set.class] # => [[3], [1, 2], {3 => 1, 1 => 1, 2 => 1}, [3, 1, 2], Set]
p n.chunk_while { |a, b| b == a + 1 }.to_a # => [[3], [1, 2]]
p n.slice_when { |a, b| b < a }.to_a # => [[3], [1, 2]]
p n.chunk(&:odd?).to_a # => [[true, [3, 1]], [false, [2]]]
p n.slice_before(1).to_a # => [[3], [1, 2]]
p n.slice_after(1).to_a # => [[3, 1], [2]]
p n.flat_map { |x| [x, x] } # => [3, 3, 1, 1, 2, 2]
p n.cycle.first(5) # => [3, 1, 2, 3, 1]
p n.reverse_each.to_a # => [2, 1, 3]
p n.lazy.map { |x| x * 2 }.to_a # => [6, 2, 4]
p n.each_slice(2).size # => nil
p n.to_h { |x| [x, x.to_s] } # => {3 => "3", 1 => "1", 2 => "2"}
p n.filter_map { |x| x * 2 if x > 1 } # => [6, 4]
p n.grep(2..3) # => [3, 2]
p n.grep_v(2..3) { |x| x * 10 } # => [10]
p Pairs.new.to_a # => [[1, 2], 3, nil, [4, 5]]
p Pairs.new.map { |x| x } # => [1, 3, nil, [4, 5]]
p Pairs.new.map { |x, y| [x, y] } # => [[1, 2], [3, nil], [nil, nil], [4, 5]]
p Pairs.new.each_with_index.to_a # => [[[1, 2], 0], [3, 1], [nil, 2], [[4, 5], 3]]
p Pairs.new.select { |x| x } # => [[1, 2], 3, [4, 5]]
p Pairs.new.first(2) # => [[1, 2], 3]
p Pairs.new.each_slice(2).to_a # => [[[1, 2], 3], [nil, [4, 5]]]
p Pairs.new.include?([1, 2]) # => true
p %w[apple pear fig].each_with_index.max_by { |w, i| w.length } # => ["apple", 0]
p %w[a b c].each_with_index.to_h # => {"a" => 0, "b" => 1, "c" => 2}
p err { n.first(-1) } # => "ArgumentError: attempt to take negative size"
p err { n.each_slice(0) } # => "ArgumentError: invalid slice size"
p [[1, 2], [3, 4]].each_with_index.map { |(a, b), i| a + b + i } # => [3, 8]
p [4, 5].each.with_index(1).to_a # => [[4, 1], [5, 2]]
p ["a", "b"].each_with_index.select { |x, i| i > 0 } # => [["b", 1]]
p (1..6).each_slice(2).map(&:sum) # => [3, 7, 11]
p (1..3).each_with_index.inject(0) { |s, (x, i)| s + x * i } # => 8
