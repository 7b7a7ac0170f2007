# SPDX-License-Identifier: MIT
# Iterators written with yield, and those of Enumerable built upon them, with every way to leave.
class Tree
  include Enumerable
  attr_reader :ended
  def initialize(left, value, right) = (@left, @value, @right = left, value, right)

  def each(&block)
    return enum_for(:each) { 7 } unless block
    @left&.each(&block)
    yield @value
    @right&.each(&block)
    self
  ensure
    @ended = (@ended || 0) + 1
  end
end
leaf = ->(v) { Tree.new(nil, v, nil) }
tree = Tree.new(Tree.new(leaf[1], 2, leaf[3]), 4, Tree.new(leaf[5], 6, leaf[7]))
p tree.to_a, tree.map { |x| x * x }, tree.select(&:even?), tree.include?(6), tree.each.size # => [1, 2, 3, 4, 5, 6, 7]
# => [1, 4, 9, 16, 25, 36, 49]
# => [2, 4, 6]
# => true
# => 7
p tree.inject(:+), tree.inject { |a, b| a * b }, tree.inject(10) { |a, b| a - b }, tree.sum { |x| x / 2.0 } # => 28
# => 5040
# => -18
# => 14.0
p tree.first, tree.first(3), tree.find { |x| x > 4 }, tree.take_while { |x| x < 3 }, tree.drop(5) # => 1
# => [1, 2, 3]
# => 5
# => [1, 2]
# => [6, 7]
p tree.each_slice(3).to_a, tree.each_cons(6).to_a.length, tree.each_with_index.to_a.last, tree.min_by { |x| -x }
# => [[1, 2, 3], [4, 5, 6], [7]]
# => 2
# => [7, 6]
# => 7
p tree.partition(&:odd?), tree.group_by { |x| x % 3 }, tree.zip(tree.map { |x| -x }).first(2), tree.each_entry.to_a.size
# => [[1, 3, 5, 7], [2, 4, 6]]
# => {1 => [1, 4, 7], 2 => [2, 5], 0 => [3, 6]}
# => [[1, -1], [2, -2]]
# => 7
p tree.sort_by { |x| [x % 2, -x] }, tree.minmax, tree.tally.size, tree.reverse_each.first(2), tree.chunk_while { |a, b| b != 4 }.to_a
# => [6, 4, 2, 7, 5, 3, 1]
# => [1, 7]
# => 7
# => [7, 6]
# => [[1, 2, 3], [4, 5, 6, 7]]
p tree.lazy.map { |x| x * 2 }.select { |x| x % 3 == 0 }.first(2), tree.each_with_object([]) { |x, acc| acc.unshift(x) } # => [6, 12]
# => [7, 6, 5, 4, 3, 2, 1]
p tree.reduce(1) { |a, x| break [:broken, a] if x > 4; a * x } # => [:broken, 24]
p tree.map { |x| next 0 if x.odd?; x } # => [0, 2, 0, 4, 0, 6, 0]
before = tree.ended
p tree.each { |x| break x if x == 5 }, tree.ended - before # => 5
# => 1
def search(tree, what) = tree.each { |x| return [:found, x] if x == what } && :missing
p search(tree, 3), search(tree, 30) # => [:found, 3]
# => :missing
p catch(:out) { tree.each { |x| tree.each { |y| throw :out, [x, y] if x * y == 12 } } } # => [2, 6]
p (tree.each { |x| raise IndexError, "at #{x}" if x == 6 } rescue $!.message) # => "at 6"
enum = tree.each
p enum.next, enum.next, enum.peek, enum.next # => 1
# => 2
# => 3
# => 3
enum.rewind
p enum.next, enum.with_index(1).map { |x, i| x * i } # => 1
# => [1, 4, 9, 16, 25, 36, 49]
p tree.each_entry.with_object(:o).first # => [1, :o]

# Own versions of the usual iterators, from blocks with one and several values.
module Own
  def own_each(list)
    i = 0
    while i < list.length
      yield list[i]
      i += 1
    end
    list
  end

  def own_map(list) = [].tap { |out| own_each(list) { |x| out << yield(x) } }
  def own_select(list) = [].tap { |out| own_each(list) { |x| out << x if yield x } }
  def own_inject(list, acc) = (own_each(list) { |x| acc = yield acc, x }; acc)
  def own_with_index(list) = (i = -1; own_map(list) { |x| yield x, i += 1 })
  def own_zip(a, b) = own_with_index(a) { |x, i| yield x, b[i] }
  def own_find(list) = (own_each(list) { |x| return x if yield x }; nil)
  def own_times(n) = (i = 0; (yield i; i += 1) while i < n; n)
  def own_until(limit) = until (limit -= 1).negative? do yield limit end
end
extend Own
p own_map([1, 2, 3]) { |x| x * 2 }, own_select([1, 2, 3]) { |x| x != 2 }, own_inject([1, 2, 3], 10) { |a, x| a * x } # => [2, 4, 6]
# => [1, 3]
# => 60
p own_with_index(%w[a b]) { |x, i| x * (i + 1) }, own_zip([1, 2], [3, 4]) { |a, b| a * b }, own_zip([1], [2]) { |*a| a } # => ["a", "bb"]
# => [3, 8]
# => [[1, 2]]
p own_find([1, 2, 3]) { |x| x > 1 }, own_find([]) { true } # => 2
# => nil
out = []
p own_times(3) { |i| own_until(2) { |j| out << [i, j] } }, out # => 3
# => [[0, 1], [0, 0], [1, 1], [1, 0], [2, 1], [2, 0]]
p own_map([[1, 2], [3, 4]]) { |a, b| a + b }, own_map([[1, [2, 3]]]) { |a, (b, c)| a + b + c }, own_map([{ a: 1 }]) { |h| h[:a] }
# => [3, 7]
# => [6]
# => [1]
p own_map([1, 2, 3]) { |x| break x if x == 2 }, own_map([1, 2]) { |x| next }, own_times(5) { |i| break i if i == 2 } # => 2
# => [nil, nil]
# => 2
p own_map([1, 2, 3]) { own_find([4, 5]) { |y| y == 5 } } # => [5, 5, 5]

# The list changes while it is iterated.
list = [1, 2, 3]
seen = []
list.each { |x| seen << x; list << x + 10 if x < 3 }
p seen # => [1, 2, 3, 11, 12]
list = (1..6).to_a
list.each { |x| list.delete(x) if x.odd? }
p list # => [2, 4, 6]
list = [3, 1, 2]
p list.map { |x| list.clear; x }, list # => [3]
# => []
p [1, 2, 3, 4].each_slice(2).map { |a, b| a * b }, [[1, [2, [3]]]].each { |a, (b, (c))| p [a, b, c] } # => [1, 2, 3]
# => [2, 12]
# => [[1, [2, [3]]]]

# Loops in C and in the language call the block again and again: state is kept between calls.
acc = 0
1.upto(4) { |i| i.downto(1) { |j| next if j == 2; break if j > 3; acc += i * j } }
p acc # => 15
p 3.times.flat_map { |i| i.times.map { |j| [i, j] } } # => [[1, 0], [2, 0], [2, 1]]
p (1..3).each_with_object({}) { |i, h| (h[i.odd?] ||= []) << i }.values # => [[1, 3], [2]]
p %w[x y z].each_with_index.select { |_, i| i != 1 }.map(&:first) # => ["x", "z"]
p Hash[[[:a, 1], [:b, 2]]].each_with_index.map { |(k, v), i| [k, v, i] }, { a: 1 }.each.next # => [[:a, 1, 0], [:b, 2, 1]]
# => [:a, 1]
p "abc".each_char.with_index.to_h { |c, i| [c, i] }, 10.step(1, -4).to_a, 1.0.step(2.0, 0.5).map { |x| x }
# => {"a" => 0, "b" => 1, "c" => 2}
# => [10, 6, 2]
# => [1.0, 1.5, 2.0]
p [4, 5].cycle.lazy.map { |x| x + 1 }.first(3), [1, 2, 3].each_entry.inject { |a, b| a - b } # => [5, 6, 5]
# => -4
p [[2, :b], [1, :a]].sort_by { |n, _| n }.each_with_index.map { |(n, s), i| "#{n}#{s}#{i}" } # => ["1a0", "2b1"]
p [3, 1].max_by { |x| -x }, [1, 2, 3, 4].sum { _1.odd? ? _1 : 0 }, [[1, 2]].each { |x| break x }, [[1, 2]].map { _1 }, [[1, 2]].map { [_2, _1] }
# => 1
# => 4
# => [1, 2]
# => [[1, 2]]
# => [[2, 1]]
