# Keywords are bound by position in all forms of calls; what that changes no program sees.
def kw(x = 0, a:, b: a + 1, &blk) = [x, a, b, blk&.call]
def pass(&b) = [kw(a: 1, &b), kw(5, b: 2, a: 1, &b), kw(a: 1, b: nil, &b)]
3.times { pass { :blk } }
p pass { :blk }, pass # => [[0, 1, 2, :blk], [5, 1, 2, :blk], [0, 1, nil, :blk]]
# => [[0, 1, 2, nil], [5, 1, 2, nil], [0, 1, nil, nil]]
def anonymous(&) = kw(a: 1, &)
p anonymous { 2 } # => [0, 1, 2, 2]
def from_block(&b) = [1, 2].map { |i| kw(i, a: i, &b) }
p from_block { 3 } # => [[1, 1, 2, 3], [2, 2, 3, 3]]
def symbol(s, v) = kw2(v: v, &s)
def kw2(v:, &b) = b.call(v)
p symbol(:succ, 1), symbol(:to_s, 1), symbol(->(x) { x * 10 }, 1) # => 2
# => "1"
# => 10
(symbol(3, 1) rescue p $!.class) # => TypeError

class Up
  def m(x = 0, k: 1, l: 2, &b) = [x, k, l, b&.call]
end
class Down < Up
  def m(x = 0, k: 1, l: 2, &b) = [super(k: k + 1, &b), super(x, l: 7, k: 0, &b), super(&b)]
end
3.times { Down.new.m }
p Down.new.m(4, k: 5) { :d } # => [[0, 6, 2, :d], [4, 0, 7, :d], [0, 1, 2, :d]]

def y1 = yield(a: 1)
def y2 = yield(1, a: 2, b: 3)
def y3 = yield([1, 2], a: 3)
def y4 = yield(1, 2, 3, a: 4)
3.times { y1 { |a: 0| a } }
p y1 { |a:| a }, y1 { |a: 5, b: 6| [a, b] }, y1 { |x, a: 0| [x, a] } # => 1
# => [1, 6]
# => [nil, 1]
p y1 { |x| x }, y1 { |**o| o }, y1 { |x, **o| [x, o] }, y1 { |*r| r } # => {a: 1}
# => {a: 1}
# => [nil, {a: 1}]
# => [{a: 1}]
p y2 { |x, y = 9, a:, b:| [x, y, a, b] }, y2 { |a:, b:| [a, b] }, y2 { |*r, a: 0, b: 0| [r, a, b] }
# => [1, 9, 2, 3]
# => [2, 3]
# => [[1], 2, 3]
p y3 { |x, y, a:| [x, y, a] }, y3 { |x, a: 0| [x, a] } # => [[1, 2], nil, 3]
# => [[1, 2], 3]
p y4 { |x, *r, y, a: 0| [x, r, y, a] }, y4 { |x, a: 0| [x, a] } # => [1, [2], 3, 4]
# => [1, 4]
[-> { y1 { |b:| b } }, -> { y1 { |a:, b:| b } }, -> { y2 { |x, a: 0| a } }, -> { y1(&->(x, a:) { x }) }].each do |f|
  f.call
rescue ArgumentError => e
  puts e.message
end
# => missing keyword: :b
# => missing keyword: :b
# => unknown keyword: :b
# => wrong number of arguments (given 0, expected 1; required keyword: a)
missing = ->(a:, b:) { b }
2.times do
  y1(&missing)
rescue ArgumentError => e
  puts e.message
end
# => missing keyword: :b
# => missing keyword: :b
p y2(&->(x, a:, b: 0) { [x, a, b] }) # => [1, 2, 3]
p y1(&:keys), y1(&method(:kw)) # => [:a]
# => [0, 1, 2, nil]
def y5(v) = yield(a: v, **{}, b: [v])
p y5(1) { |a:, b:| b << a } # => [1, 1]
def nested = yield(a: yield(a: 1))
p nested { |a:| a + 1 } # => 3
p y2 { |x, a:, b:| next a if x == 1; b } # => 2
p y2 { |x, a:, b:| break b } # => 3
p(y1 { |a:| -> { a += 1 } }.call) # => 2

def target(*a, k: 0, **o, &b) = [a, k, o, b&.call]
def forward(...) = target(...)
def more(x, ...) = [target(x, 0, ...), target(...)]
def inside(...) = [1].map { target(...) }
3.times { forward }
p forward, forward(1), forward(1, k: 2), forward(k: 3, z: 4) { 5 } # => [[], 0, {}, nil]
# => [[1], 0, {}, nil]
# => [[1], 2, {}, nil]
# => [[], 3, {z: 4}, 5]
p more(1, 2), inside(1, q: 2) { 3 } # => [[[1, 0, 2], 0, {}, nil], [[2], 0, {}, nil]]
# => [[[1], 0, {q: 2}, 3]]
def changes(*, **o) = (o[:more] = 1; o)
def twice(...) = [changes(...), changes(...)]
given = { a: 0 }
p twice(**given), given, twice # => [{a: 0, more: 1}, {a: 0, more: 1}]
# => {a: 0}
# => [{more: 1}, {more: 1}]
def positional(*a) = a
def to_positional(...) = positional(...)
p to_positional, to_positional(a: 1), to_positional(**{}) # => []
# => [{a: 1}]
# => []
def evals(...) = eval("target(...)")
p evals(1, k: 2) # => [[1], 2, {}, nil]
class Base2
  def m(*a, **o, &b) = [a, o, b&.call]
end
class Over < Base2
  def m(...) = [super, super(...)]
end
p Over.new.m, Over.new.m(1, k: 2) { 3 } # => [[[], {}, nil], [[], {}, nil]]
# => [[[1], {k: 2}, 3], [[1], {k: 2}, 3]]
def yields(...) = yielding(...)
def yielding(*a, **o) = yield(*a, **o)
p yields(1, a: 2) { |x, a:| [x, a] }, yields { |*x| x } # => [1, 2]
# => []
p method(:forward).parameters, method(:forward).arity # => [[:rest, :*], [:keyrest, :**], [:block, :&]]
# => -1

module Wider
  refine Object do
    def kw(x = 0, a:, &b) = [:refined, a, b&.call]
  end
end
using Wider
def refined(&b) = kw(a: 1, &b)
2.times { refined { 1 } }
p refined { 1 } # => [:refined, 1, 1]
