# SPDX-License-Identifier: MIT
# The order of evaluation in assignments: attributes, indices, operators, several at once.
$log = []
def t(name, value = name)
  $log << name
  value
end

def show
  $log.clear
  value = yield
  [$log.dup, value]
end

class Target
  attr_reader :store
  def initialize = @store = {}
  def a = t(:get_a, @store[:a])
  def a=(value)
    t([:set_a, value])
    @store[:a] = value
    :ignored
  end

  def [](*index) = t([:get, *index], @store[index])
  def []=(*index, value)
    t([:set, *index, value])
    @store[index] = value
    :ignored
  end
end
TARGET = Target.new
def target = t(:receiver, TARGET)

# The value of an assignment is its right side, whatever the method returns.
p show { target.a = t(1) } # => [[:receiver, 1, [:set_a, 1]], 1]
p show { target[t(:i)] = t(2) } # => [[:receiver, :i, 2, [:set, :i, 2]], 2]
p show { target[t(:i), t(:j)] = t(3) } # => [[:receiver, :i, :j, 3, [:set, :i, :j, 3]], 3]
p show { target[*t(:s, [1, 2])] = t(4) } # => [[:receiver, :s, 4, [:set, 1, 2, 4]], 4]
p show { target[] = t(5) } # => [[:receiver, 5, [:set, 5]], 5]
p show { target.a = t(6), t(7) } # => [[:receiver, 6, 7, [:set_a, [6, 7]]], [6, 7]]
p show { target.a = *t(:s, [8]) } # => [[:receiver, :s, [:set_a, [8]]], [8]]
p show { target[t(:x)] = *t(:s, [1, 2]), t(9) } # => [[:receiver, :x, :s, 9, [:set, :x, [1, 2, 9]]], [1, 2, 9]]
p show { a = b = target.a = t(10); [a, b] } # => [[:receiver, 10, [:set_a, 10]], [10, 10]]

# Operator assignment evaluates receiver and index once.
TARGET.store.clear
p show { target.a ||= t(1) } # => [[:receiver, :get_a, 1, [:set_a, 1]], 1]
p show { target.a ||= t(2) } # => [[:receiver, :get_a], 1]
p show { target.a &&= t(3) } # => [[:receiver, :get_a, 3, [:set_a, 3]], 3]
p show { target.a += t(4) } # => [[:receiver, :get_a, 4, [:set_a, 7]], 7]
p show { target[t(:i)] ||= t(5) } # => [[:receiver, :i, [:get, :i], 5, [:set, :i, 5]], 5]
p show { target[t(:i)] ||= t(6) } # => [[:receiver, :i, [:get, :i]], 5]
p show { target[t(:i)] += t(7) } # => [[:receiver, :i, [:get, :i], 7, [:set, :i, 12]], 12]
p show { target[t(:i)] &&= t(8) } # => [[:receiver, :i, [:get, :i], 8, [:set, :i, 8]], 8]
p show { target[t(:i), *t(:s, [1, 2])] ||= t(9) } # => [[:receiver, :i, :s, [:get, :i, 1, 2], 9, [:set, :i, 1, 2, 9]], 9]
p show { target[t(:i), *t(:s, [1, 2])] -= t(1) } # => [[:receiver, :i, :s, [:get, :i, 1, 2], 1, [:set, :i, 1, 2, 8]], 8]
p show { t(:none, nil)&.a = t(:never) } # => [[:none], nil]
p show { t(:none, nil)&.a += t(:never) } # => [[:none], nil]
p show { target&.a += t(1) } # => [[:receiver, :get_a, 1, [:set_a, 8]], 8]
p show { (@ivar ||= t(:first)) && (@ivar ||= t(:second)) } # => [[:first], :first]
p show { $glob ||= t(:g) } # => [[:g], :g]
p show { Target::CONST ||= t(:c) } # => [[:c], :c]
p show { Target::CONST ||= t(:c) } # => [[], :c]
p show { t(:scope, Target)::OTHER ||= t(:o) } # => [[:scope, :o], :o]
p show { x ||= t(:x); x &&= t(:y); x } # => [[:x, :y], :y]
h = Hash.new { |hash, k| t([:default, k], 5) }
p show { h[t(:k)] += 1 } # => [[:k, [:default, :k]], 6]
p show { h[t(:k)] ||= t(:never) } # => [[:k], 6]
p show { h[:new] ||= t(:never) } # => [[[:default, :new]], 5]

# Several at once: receivers and indices of the left side, then the values, then the calls.
p show { target.a, target[t(:i)] = t(1), t(2) } # => [[:receiver, :receiver, :i, 1, 2, [:set_a, 1], [:set, :i, 2]], [1, 2]]
p show { target.a, (target[t(:i)], *target.a), last = t(:value, [1, [2, 3, 4], 5]); last }
# => [[:receiver, :receiver, :i, :receiver, :value, [:set_a, 1], [:set, :i, 2], [:set_a, [3, 4]]], 5]
p show { *target.a, target[t(:i), t(:j)] = t(1), *t(:s, [2, 3]) }
# => [[:receiver, :receiver, :i, :j, 1, :s, [:set_a, [1, 2]], [:set, :i, :j, 3]], [1, 2, 3]]
p show { a, b = t(1), t(2); [b, a] } # => [[1, 2], [2, 1]]
a, b = 1, 2
p show { a, b = b, a } # => [[], [2, 1]]
p [a, b] # => [2, 1]
a = [1, 2, 3]
i = 0
i, a[i] = 2, 9
p [i, a] # => [2, [9, 2, 3]]
i = 0
a[i], i = 7, 1
p [i, a] # => [1, [7, 2, 3]]
a, (b, *c), d = 1, [2, 3, 4], 5
p [a, b, c, d] # => [1, 2, [3, 4], 5]
a, (b, (c, d)), e = 1, [2, [3, 4]], 5
p [a, b, c, d, e] # => [1, 2, 3, 4, 5]
a, *b, c = 1
p [a, b, c] # => [1, [], nil]
a, *b, c = [1, 2]
p [a, b, c] # => [1, [], 2]
*a, b = 1, 2, 3
p [a, b] # => [[1, 2], 3]
a, b = nil
p [a, b] # => [nil, nil]
a, b = [[1, 2]]
p [a, b] # => [[1, 2], nil]
a, = [9, 8]
p a # => 9
(a, b), c = [1, 2], 3
p [a, b, c] # => [1, 2, 3]
p((a, b = 1, 2, 3)) # => [1, 2, 3]
p((a, b = [4, 5])) # => [4, 5]
p((a, b = 6)) # => 6
p [(a, b = 7, 8)] # => [[7, 8]]
a = *nil
p a # => []
a = *1..3
p a # => [1, 2, 3]
a = 1, *[2, 3], 4
p a # => [1, 2, 3, 4]
a, b = *[1], *[2]
p [a, b] # => [1, 2]
_, a, _ = 1, 2, 3
p a # => 2
a = [1, 2, 3]
a[0], a[1], a[2] = a[2], a[0], a[1]
p a # => [3, 1, 2]
a, b = b = 1, 2
p [a, b] # => [1, 2]
a = b = c = []
a << 1
p [b, c] # => [[1], [1]]
fib = [0, 1]
5.times { fib[0], fib[1] = fib[1], fib[0] + fib[1] }
p fib # => [5, 8]
responder = Object.new
def responder.to_ary = t(:to_ary, [1, 2])
p show { x, y = responder; [x, y] } # => [[:to_ary], [1, 2]]
p show { x, y = responder, 3; y } # => [[], 3]
p show { x, y = *responder; x.equal?(responder) } # => [[], true]
p show { (x, y), z = responder, t(3); [x, y, z] } # => [[3, :to_ary], [1, 2, 3]]
def each_pair_of = yield(responder_of, 3)
def responder_of = [t(1), t(2)]
p show { each_pair_of { |(x, y), z| [x, y, z] } } # => [[1, 2], [1, 2, 3]]

# A local exists from the place of its assignment on, whether that ran or not.
p((later = 1) ? later : nil) # => 1
unassigned = 1 if false
p unassigned # => nil
p defined?(never_reached) # => nil
never_reached = 2 unless true
p never_reached # => nil
z = z
p z # => nil
y = (y || 4)
p y # => 4
begin
  failing = raise("no value")
rescue
  p failing # => nil
end
failing = 5
failing = (raise("no value") rescue failing + 1)
p failing # => 6
