# An operator that a program has taken over, by an alias of the old one, is called wherever it is
# written, in hot code as elsewhere; what it means next is what the next operator does.
def hot(times = 60) = times.times.map { |i| yield i }.last

# Each operator once, before and after it is taken over, and when it is what it was again.
def add(i) = i + 2
def add_float(i) = 0.5 + i
def negate(i) = -i
def differ(i) = i != 3
def order(i) = i <=> 20
def at(i) = [1, 2, 3][i % 3]
def put(i) = (list = [0]; list[0] = i; list)
def push(i) = [i] << 1
def same(i) = :a == (i < 70 ? :a : :b)
def none(i) = !(i < 70)
def folded(_) = 2 + 3
def kind(i)
  case i
  when 59 then :last
  else :other
  end
end
def symbol(i)
  case i.even? ? :even : :odd
  when :even then 0
  when :odd then 1
  end
end
ALL = %i[add add_float negate differ order at put push same none folded kind symbol]
def all = ALL.map { |name| hot { |i| send(name, i) } }
AS_BORN = [61, 59.5, -59, true, 1, 3, [59], [59, 1], true, false, 5, :last, 1]
p all == AS_BORN                                # => true

$calls = Hash.new(0)
# Take an operator over: it counts, and does what it did.
def take_over(klass, name, old)
  klass.class_eval do
    alias_method old, name
    define_method(name) { |*args| $calls[name] += 1; __send__(old, *args) }
  end
end
take_over(Float, :+, :old_plus)
take_over(Array, :[], :old_at)
take_over(Array, :[]=, :old_put)
take_over(Array, :<<, :old_push)
take_over(Symbol, :==, :old_same)
take_over(Symbol, :===, :old_case)
take_over(TrueClass, :!, :old_not)
p all == AS_BORN                                # => true
p $calls.to_a.sort_by { |pair| pair.first.to_s } # => [[:!, 60], [:+, 60], [:<<, 60], [:==, 60], [:===, 90], [:[], 60], [:[]=, 60]]
$calls.clear

class Integer
  alias old_plus +
  alias old_minus -@
  alias old_equal ==
  alias old_order <=>
  def +(other) = old_plus(other).old_plus(100)
  def -@ = old_minus.old_plus(100)
  def ==(other) = old_equal(other) || old_equal(3)
  def <=>(other) = old_order(other)&.*(2)
end
p ALL.map { |name| hot { |i| send(name, i) } }  # => [161, 59.5, 41, true, 2, 3, [59], [59, 1], true, false, 105, :last, 1]
p hot { |i| differ(3) }                         # => false

# Taken back, they are what they were.
class Integer
  alias + old_plus
  alias -@ old_minus
  alias == old_equal
  alias <=> old_order
end
p all == AS_BORN                                # => true

# A loop over one that changes while it runs.
def sum(n, at)
  i = sum = 0
  while i < n
    sum = sum + 2
    Integer.class_eval { def +(other) = old_plus(other).old_plus(1) } if i.old_equal(at)
    Integer.class_eval { alias_method :+, :old_plus } if i.old_equal(at.old_plus(10))
    i = i.succ
  end
  sum
end
p sum(500, -1), sum(500, 400), sum(500, 400)    # => 1000
# => 1010
# => 1010

# Comparisons that the library makes follow <=>; its own arithmetic does not follow +.
class Integer
  def +(other) = 7
end
p 4.times.to_a, [1, 2, 3].each_with_index.to_a  # => [0, 1, 2, 3]
# => [[1, 0], [2, 1], [3, 2]]
p 3 + 4, [5, 6].each { |x| p x + 1 }.length     # => 7
# => 7
# => 7
# => 2
