# A program that redefines the parts of Ranges changes what it asks for, not what the library's own
# methods do with Ranges.
class Range
  def begin = 7
  def end = 9
  def exclude_end? = true
  def last(*) = :last
  def size = :size
  def step(*) = :step
end
r = (1..3)
p r.begin, r.end, r.last, r.size                # => 7
# => 9
# => :last
# => :size
p r.to_a, r.sum, r.map { |x| x * 2 }, r.each_slice(2).to_a # => [1, 2, 3]
# => 6
# => [2, 4, 6]
# => [[1, 2], [3]]
p r.include?(3), r === 3, r.min, r.max, r.minmax, r.first(2) # => true
# => true
# => 1
# => 3
# => [1, 3]
# => [1, 2]
p ("a".."c").to_a, r.inspect, r == (1..3), r.hash == (1..3).hash # => ["a", "b", "c"]
# => "1..3"
# => true
# => true
p [0, 1, 2, 3, 4][r], "abcde"[r], 5.clamp(r), r.count, r.reduce(:+) # => [1, 2, 3]
# => "bcd"
# => 3
# => 3
# => 6

# Its `each` is asked by what comes from Enumerable.
class Range
  def each
    yield 5
    yield 6
    self
  end
end
p r.map { |x| x }, r.each_with_index.to_a, r.select(&:even?) # => [5, 6]
# => [[5, 0], [6, 1]]
# => [6]
