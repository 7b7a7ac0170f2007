# Range has some of Enumerable's methods itself; where `each` is another one, they call it.
class Halves < Range
  def each
    yield :half
    yield 1, 2
    self
  end
end
h = Halves.new(1, 3)
p h.map { |*x| x }, h.select { |x| x }, h.reject { |x| x == :half } # => [[:half], [1, 2]]
# => [:half, [1, 2]]
# => [[1, 2]]
p h.inject { |a, b| [a, b] }, h.inject(0) { |a, b| [a, b] } # => [:half, [1, 2]]
# => [[0, :half], [1, 2]]
p h.each_with_index.to_a, h.each_with_object([]) { |x, list| list << x } # => [[:half, 0], [[1, 2], 1]]
# => [:half, [1, 2]]

r = (1..4)
p r.map { |x| x * 2 }, r.select(&:even?), r.filter { |x| x > 3 }, r.reject(&:even?) # => [2, 4, 6, 8]
# => [2, 4]
# => [4]
# => [1, 3]
p r.inject { |a, b| a * b }, r.inject(10) { |a, b| a + b }, r.inject(:+), r.reduce(2, :*) # => 24
# => 20
# => 10
# => 48
p (1...1).inject { |a, b| a }, (1...1).inject(7) { |a, b| a }, (2..2).inject { |a, b| 0 } # => nil
# => 7
# => 2
p r.each_with_index.to_a, r.each_with_index { |x, i| x + i } # => [[1, 0], [2, 1], [3, 2], [4, 3]]
# => 1..4
p r.each_with_object([]) { |x, list| list << x } # => [1, 2, 3, 4]
p r.map.size, r.select.size, r.reject.size, r.each_with_object(1).size # => 4
# => 4
# => 4
# => 4
p ("a".."c").map { |x| x + "!" }, (1..).each_with_index { |x, i| break [x, i] if i == 3 } # => ["a!", "b!", "c!"]
# => [4, 3]
p r.map { |x| next 0 if x == 2; x }, r.map { |x| break :out if x == 3 } # => [1, 0, 3, 4]
# => :out
begin
  (1.5..3).map { |x| x }
rescue TypeError => e
  puts e.message # => can't iterate from Float
end

class List < Array
  def each
    yield 9
    yield 3
    self
  end
end
p List.new([1, 2]).min_by { |x| x }, List.new([1, 2]).max_by { |x| x } # => 3
# => 9
p [3, 1, 2].min_by { |x| -x }, [3, 1, 2].max_by { |x| -x }, [].min_by { |x| x } # => 3
# => 1
# => nil
p %w[aa b cc].min_by(&:size), %w[aa b cc].max_by(&:size), %w[aa b cc].max_by(2, &:size) # => "b"
# => "aa"
# => ["cc", "aa"]
p [nil].min_by { |x| 1 }, [2, 1].min_by.size # => nil
# => 2
begin
  [1, "a"].min_by { |x| x }
rescue ArgumentError => e
  puts e.message # => comparison of String with 1 failed
end
