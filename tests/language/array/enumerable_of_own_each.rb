# A subclass of Array with an `each` of its own: what Array has from Enumerable goes by it.
class Tens < Array
  def each = block_given? ? (yield 10; yield 20; self) : to_enum
end
a = Tens.new([1, 2, 3])
p a.inject { |x, y| x + y }, a.reduce(:+), a.each_with_index.to_a, a.each_with_object([]) { |x, o| o << x }
# => 30
# => 30
# => [[10, 0], [20, 1]]
# => [10, 20]
p a.flat_map { |x| [x, x] }, a.collect_concat { |x| [x] }, a.filter_map { |x| x if x > 10 }
# => [10, 10, 20, 20]
# => [10, 20]
# => [20]
p a.partition { |x| x > 10 }, a.group_by(&:itself), a.sort_by { |x| -x } # => [[20], [10]]
# => {10 => [10], 20 => [20]}
# => [20, 10]
p a.minmax_by { |x| x }, a.min_by { |x| x }, a.max_by { |x| x }, a.each_slice(2).to_a, a.each_cons(2).to_a, a.tally
# => [10, 20]
# => 10
# => 20
# => [[10, 20]]
# => [[10, 20]]
# => {10 => 1, 20 => 1}
p a.map { |x| x }, a.select { |x| x > 1 }, a.sum, a.first, a.to_a, a.include?(10), a.sort # => [1, 2, 3]
# => [2, 3]
# => 6
# => 1
# => [1, 2, 3]
# => false
# => [1, 2, 3]
p Tens.instance_method(:inject).owner, a.respond_to?(:inject) # => Enumerable
# => true

# The same call site before and after `each` comes and goes, in the class, a module or one object.
class Plain < Array; end
total = ->(list) { list.inject { |x, y| x + y } }
b = Plain.new([1, 2])
3.times { total.(b) }
p total.(b), total.([1, 2]) # => 3
# => 3
class Plain
  def each = (yield 5; yield 6)
end
p total.(b), total.([1, 2]) # => 11
# => 3
class Plain
  remove_method :each
end
p total.(b) # => 3
module Sevens
  def each = (yield 7; yield 7)
end
Plain.prepend(Sevens)
p total.(b) # => 14
module Sevens
  remove_method :each
end
p total.(b) # => 3
c = [1, 2]
def c.each = (yield 8; yield 9)
p total.(c), total.([1, 2]) # => 17
# => 3
class Aliased < Array
  alias sum_up inject
  alias_method :walk, :each
  def inject(*) = [:own, super]
end
class Below < Aliased
  def each = walk { |x| yield x * 100 }
end
p Aliased.new([1, 2]).inject(:+), Below.new([1, 2]).inject(:+) # => [:own, 3]
# => [:own, 300]
p Aliased.new([1, 2]).sum_up(:+), Below.new([1, 2]).sum_up(:+) # => 3
# => 300
class Array
  alias total inject
end
p Below.new([1, 2]).total(:+), [1, 2].total(:+) # => 300
# => 3
Below.define_method(:bound, Array.instance_method(:group_by))
p Below.new([1, 2]).bound(&:odd?).class # => Hash
