# What the engine does in one step for several instructions, when a guess about operands fails,
# and when an operator is redefined in the middle of a loop.
BIG = 4611686018427387903

def plus(x) = x + 3
def minus(x) = x - 3
def scaled(list) = [list[0] + 2, list[0] - 2, list[0] * 2, list[0] % 7]
def compared(x, y)
  [x < y ? 1 : 0, x <= y ? 1 : 0, x > y ? 1 : 0, x >= y ? 1 : 0, x == y ? 1 : 0]
end
def compared_five(x)
  [x < 5 ? 1 : 0, x <= 5 ? 1 : 0, x > 5 ? 1 : 0, x >= 5 ? 1 : 0, x == 5 ? 1 : 0]
end
def first_five(list)
  [list[0] < 5 ? 1 : 0, list[0] <= 5 ? 1 : 0, list[0] > 5 ? 1 : 0, list[0] >= 5 ? 1 : 0,
   list[0] == 5 ? 1 : 0]
end

p [1, BIG, 1.5, 2r, -BIG].map { |x| plus(x) }
# => [4, 4611686018427387906, 4.5, (5/1), -4611686018427387900]
p [1, -BIG, 1.5, 2r].map { |x| minus(x) }
# => [-2, -4611686018427387906, -1.5, (-1/1)]
p [5, BIG, -BIG, 1.5, -5].map { |x| scaled([x]) }
# => [[7, 3, 10, 5], [4611686018427387905, 4611686018427387901, 9223372036854775806, 3], [-4611686018427387901, -4611686018427387905, -9223372036854775806, 4], [3.5, -0.5, 3.0, 1.5], [-3, -7, -10, 2]]
p [[1, 2], [2, 2], [3, 2], [1.5, 2], [2.5, 2.5], ["b", "a"]].map { |x, y| compared(x, y) }
# => [[1, 1, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 1, 0], [1, 1, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 1, 0]]
p [4, 5, 6, 4.5, 5.0].map { |x| compared_five(x) }
# => [[1, 1, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 1, 0], [1, 1, 0, 0, 0], [0, 1, 0, 1, 1]]
p [4, 5, 6, 5.5].map { |x| first_five([x]) }
# => [[1, 1, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 1, 0], [0, 0, 1, 1, 0]]

# Elements: inside, behind, negative, of Floats, of others than Arrays, of a subclass.
class Odd < Array
  def [](index) = [:odd, index]
end
def element(list, index) = list[index]
def nested(list, index) = list.itself[index]
[[[1, 2], 1], [[1, 2], 2], [[1, 2], -1], [[1.5, 2.5], 0], [{1 => :hash}, 1], ["text", 1],
 [Odd.new([1]), 0], [[1, 2], 1]].each { |list, index| p element(list, index), nested(list, index) }
# => 2
# => 2
# => nil
# => nil
# => 2
# => 2
# => 1.5
# => 1.5
# => :hash
# => :hash
# => "e"
# => "e"
# => [:odd, 0]
# => [:odd, 0]
# => 2
# => 2

# Attributes of a local and of self: plain, a Float, of several classes, of none.
class Plain
  attr_accessor :value
  def initialize(value) = @value = value
  def own = value
  def twice(other) = [value, other.value]
end
class Method
  def value = :method
end
class Missing
  def method_missing(name, *args) = [name, args]
  def respond_to_missing?(...) = true
end
def read(object) = object.value
objects = [Plain.new(1), Plain.new(2.5), method(:p), Missing.new, Struct.new(:value).new(3)]
p objects.map { |object| read(object) } # => [1, 2.5, :method, [:value, []], 3]
p objects.first(2).map(&:own) # => [1, 2.5]
p objects[0].twice(objects[1]) # => [1, 2.5]
begin
  read(5)
rescue NoMethodError => e
  puts e.message # => undefined method 'value' for an instance of Integer
  puts e.backtrace_locations[0].lineno # => 71
end
class Plain
  def value = :redefined
end
p read(objects[0]), objects[0].own # => :redefined
# => :redefined

# A list that the block changes while a loop goes over it.
list = [1, 2, 3]
seen = []
list.each do |x|
  seen << x
  list << x + 10 if list.size < 6
  list.clear if seen.size == 5
end
p seen, list # => [1, 2, 3, 11, 12]
# => []

# Pairs that are yielded.
def pair = yield([1, 2])
def one = yield([1])
def many = yield([1, [2, 3], 4])
p pair { |a, b| [a, b] }, pair { |a| a }, pair { |a, b, c| [a, b, c] }, pair { |*a| a }
# => [1, 2]
# => [1, 2]
# => [1, 2, nil]
# => [[1, 2]]
p one { |a, b| [a, b] }, many { |a, b| [a, b] }, many { |a, (b, c)| [a, b, c] }
# => [1, nil]
# => [1, [2, 3]]
# => [1, 2, 3]
begin
  pair(&->(a, b) { [a, b] })
rescue ArgumentError => e
  puts e.message # => wrong number of arguments (given 1, expected 2)
end
def empty = yield([])
p empty { |a, b| [a, b] } # => [nil, nil]
p({a: 1}.each { |k, v| p [k, v] }) # => [:a, 1]
# => {a: 1}
p({a: 1}.map { |k, v| [v, k] }, {a: 1}.each_pair.to_a) # => [[1, :a]]
# => [[:a, 1]]

# Redefined in the middle of a loop.
limit = 4
i = 0
results = []
while i < limit
  results << (i == 2 ? :two : i + 1)
  if i == 1
    class Integer
      alias plain_equal ==
      def ==(other) = false
      alias plain_plus +
      def +(other) = plain_plus(other).plain_plus(100)
    end
  end
  i = i.succ
end
p results.map(&:inspect) # => ["1", "2", "103", "104"]
class Integer
  def <(other) = false
end
limit = 9
while i < limit
  results << :never
end
p results.size.inspect # => "4"
p (1..3).map { |x| x.inspect }, 3.times.to_a.inspect # => ["1", "2", "3"]
# => "[0, 1, 2]"
