# SPDX-License-Identifier: MIT
# yield: numbers of arguments, nesting, values, block_given?, jumps and exceptions through it.
def none = yield
def one(a = 1) = yield(a)
def many = yield(1, 2, 3, 4, 5)
def splat(*args, **opts) = yield(*args, **opts)
def thirty = yield(*1..30)

# The block takes what it asks for.
p none { |a, b| [a, b] }, none { |*a| a }, none { |a = 5, *b, c:  6| [a, b, c] } # => [nil, nil]
# => []
# => [5, [], 6]
p one { |a, b| [a, b] }, one([7]) { |a| a }, one([7]) { |a, b| [a, b] }, one([7, 8]) { |a, (b, c)| [a, b, c] } # => [1, nil]
# => [7]
# => [7, nil]
# => [7, 8, nil]
p one(nil) { |a, b| [a, b] }, one([]) { |a, *b| [a, b] }, one([[1, 2], 3]) { |(a, b), c| [a, b, c] } # => [nil, nil]
# => [nil, []]
# => [1, 2, 3]
p many { |a| a }, many { |a, *b, c| [a, b, c] }, many { |a, b, (c, d), e = 0, *f| [a, b, c, d, e, f] } # => 1
# => [1, [2, 3, 4], 5]
# => [1, 2, 3, nil, 4, [5]]
p many { |*, a| a }, many { |a, (*), *b| [a, b] }, many { |_, _, a| a }, many { || :ignored } # => 5
# => [1, [3, 4, 5]]
# => 3
# => :ignored
p thirty { |*a, b| [a.size, b] }, thirty { |a, b, c, d, e, f, g, h, i, j, k| k } # => [29, 30]
# => 11
p splat(1, k: 2) { |a, **o| [a, o] }, splat(1, k: 2) { |a, k:| [a, k] }, splat(1, k: 2) { |a, b| [a, b] } # => [1, {k: 2}]
# => [1, 2]
# => [1, {k: 2}]
p splat(k: 2) { |a| a }, splat([1, 2], k: 3) { |a, b, k: 0| [a, b, k] }, splat({ k: 1 }) { |a, k: 0| [a, k] } # => {k: 2}
# => [[1, 2], nil, 3]
# => [{k: 1}, 0]
p one([1, { k: 2 }]) { |a, **o| [a, o] }, one([1, 2]) { |a, b = 3, *c| [a, b, c] } # => [[1, {k: 2}], {}]
# => [1, 2, []]
begin
  splat(1) { |a, k:| a }
rescue ArgumentError => e
  puts e.message # => missing keyword: :k
end
begin
  splat(1, z: 2) { |a, k: 1| a }
rescue ArgumentError => e
  puts e.message # => unknown keyword: :z
end

# A lambda as the block checks its arguments, except where a list is taken apart for it.
p one(2, &->(a) { a * 2 }), (many(&->(a) { a }) rescue $!.class), (none(&->(a) { a }) rescue $!.class) # => 4
# => ArgumentError
# => ArgumentError
p one([1, 2], &->(a) { a }), (one([1, 2], &->(a, b) { [a, b] }) rescue $!.class) # => [1, 2]
# => ArgumentError
p [[1, 2]].each(&->(a) { a }), ([[1, 2]].map(&->(a, b) { a + b }) rescue $!.class) # => [[1, 2]]
# => ArgumentError
p one(-3, &:abs), one([1, 2], &:sum), many(&:+) rescue p $!.class # => ArgumentError
p one("x", &"y".method(:+)), one(3, &[1, 2, 3, 4].method(:[])), one(:k, &{ k: 1 }) # => "yx"
# => 4
# => 1

# The value of yield, also where it is part of a larger expression.
def combine = [yield(1), yield(2) + yield(3), { k: yield(4) }, "#{yield 5}", *yield(6)]
p combine { |x| x == 6 ? [6, 66] : x * 10 } # => [10, 50, {k: 40}, "50", 6, 66]
def conditional = (yield or yield) && !yield
count = 0
p conditional { (count += 1) == 2 }, count # => true
# => 3
def assigned = (a, (b, *c) = yield; [a, b, c])
p assigned { [1, [2, 3, 4]] } # => [1, 2, [3, 4]]
def looped = (i = 0; i += 1 while yield(i); i)
p looped { |i| i < 7 } # => 7
def in_default(a = yield, b = yield + a) = [a, b]
p in_default { 3 }, in_default(1) { 3 } # => [3, 6]
# => [1, 4]
def chained = yield.then { |x| yield + x }
p chained { 4 } # => 8
def returned = (return yield, yield)
p returned { :v } # => [:v, :v]
def in_ensure
  yield(:body)
ensure
  yield(:ensure)
end
seen = []
p in_ensure { |x| seen << x; x }, seen # => :body
# => [:body, :ensure]
def in_rescue
  raise "x"
rescue
  yield
else
  :never
end
p in_rescue { 9 } # => 9

# Blocks that yield to the block of their own method, levels deep.
def outer = middle { |x| yield x + 1 }
def middle = inner { |x| yield x * 2 }
def inner = yield(5)
p outer { |x| [:end, x] } # => [:end, 11]
def all_levels
  [1, 2].flat_map { |a| [3, 4].map { |b| [5].each { |c| return yield(a, b, c) if a + b == 6 }; yield a, b, 0 } }
end
p all_levels { |*x| x } # => [2, 4, 5]
def self_nesting(n, &b) = n.zero? ? yield(0) : self_nesting(n - 1) { |x| b.call(x) + yield(x) }
p self_nesting(6) { |x| x + 1 } # => 64
def twice = [yield, yield]
p twice { twice { twice { |x = :leaf| x } } } # => [[[:leaf, :leaf], [:leaf, :leaf]], [[:leaf, :leaf], [:leaf, :leaf]]]
i = 0
p twice { twice { break i += 1 } } # => [1, 2]
p twice { next i += 1; raise } # => [3, 4]
def each_pair_twice(list) = list.each { |a| list.each { |b| yield a, b } }
out = []
each_pair_twice([1, 2]) { |a, b| each_pair_twice([a, b]) { |c, d| out << c * d } }
p out # => [1, 1, 1, 1, 1, 2, 2, 4, 4, 2, 2, 1, 4, 4, 4, 4]

# block_given? belongs to the method, through blocks and also for alias, super and define_method.
def given = [block_given?, [1].map { block_given? }, proc { block_given? }.call { }, -> { block_given? }.()]
p given, given { } # => [false, [false], false, false]
# => [true, [true], true, true]
def given_splat(*, &b) = [block_given?, b.nil?, given(&b)[0]]
p given_splat, given_splat { }, given_splat(&nil), given_splat(&:sym) # => [false, true, false]
# => [true, false, true]
# => [false, true, false]
# => [true, false, true]
alias given_alias given
p given_alias { }.first # => true
class Up
  def m = block_given? ? yield : :no_block
end
class Down < Up
  def m(kind)
    case kind
    when :zsuper_like then super() { :new }
    when :pass then super()
    when :nil then super(&nil)
    end
  end
end
p Down.new.m(:pass) { :old }, Down.new.m(:pass), Down.new.m(:zsuper_like) { :old }, Down.new.m(:nil) { :old } # => :old
# => :no_block
# => :new
# => :no_block
Up.define_method(:defined) { |&b| [block_given?, b&.call] }
p Up.new.defined { 1 }, (block_given? ? :main_block : :main_none) # => [false, 1]
# => :main_none
def no_block = yield
begin
  no_block
rescue LocalJumpError => e
  puts e.message # => no block given (yield)
end

# return in a block leaves the method of the block, with ensure on the way.
$log = []
def through
  yield
ensure
  $log << :through
end
def leaves(list)
  list.each { |x| through { through { return [:found, x] if x == 2 } } }
  :none
ensure
  $log << :leaves
end
p leaves([1, 2, 3]), $log # => [:found, 2]
# => [:through, :through, :through, :through, :leaves]
p leaves([]), $log.last # => :none
# => :leaves
def return_values = [1].each { return 1, *[2, 3] }
p return_values # => [1, 2, 3]
def return_nothing = [1].each { return }
p return_nothing # => nil
def from_argument = through { [1, 2, (return :argument if true)] }
p from_argument # => :argument

# An exception passes the yielding method, which may rescue and ensure, and go on.
def guard
  yield
rescue ArgumentError => e
  [:guarded, e.message]
ensure
  $log << :guard
end
$log.clear
p guard { raise ArgumentError, "inside" } # => [:guarded, "inside"]
p (guard { raise TypeError, "inside" } rescue [:outside, $!.message]) # => [:outside, "inside"]
p guard { guard { raise "x" } rescue raise ArgumentError, "converted" } # => [:guarded, "converted"]
p $log # => [:guard, :guard, :guard, :guard]
def retrying(times)
  tries ||= 0
  yield tries += 1
rescue
  retry if tries < times
  :gave_up
end
p retrying(3) { |n| n == 3 ? n : raise("no") }, retrying(2) { raise "no" } # => 3
# => :gave_up
