# SPDX-License-Identifier: MIT
# Closures made in unusual places: default arguments, rescue, ensure, class bodies, interpolation.
def with_default(a, b = -> { a += 1 }, c = b.call) = [a, b.call, c, a]
p with_default(1) # => [2, 3, 2, 3]
def with_keyword(a:, f: -> { a * 2 }) = f.call
p with_keyword(a: 4), with_keyword(a: 4, f: -> { :given }) # => 8
# => :given
p ->(x, g = -> { x += 1 }) { [g.call, g.call, x] }.call(1) # => [2, 3, 3]
p [[1, [2, 3]]].map { |a, (b, c)| -> { [a += 1, b += 1, c += 1] } }.map { |f| f.call; f.call } # => [[3, 4, 5]]

def in_rescue
  saved = nil
  begin
    raise "boom"
  rescue => e
    saved = -> { e.message }
  end
  first = saved.call
  begin
    raise "later"
  rescue => e
    [first, saved.call]
  end
end
p in_rescue # => ["boom", "later"]
def in_ensure(log)
  yield
ensure
  done = log.size
  log << -> { done += 1 }
end
log = []
2.times { in_ensure(log) { } }
p log.map(&:call), log.map(&:call) # => [1, 2]
# => [2, 3]
def in_condition
  if (f = -> { @n = (@n || 0) + 1 }).call == 1 && f.call == 2 then f.call end
end
p in_condition # => 3
def in_case(v)
  case v
  when ->(x) { x == v && v += 1 } then v
  end
end
p in_case(1) # => 2
def in_pattern(v)
  case v
  in [a, *b] if (f = -> { a += b.sum }).call > 3 then [a, f.call]
  in [a, *b] then -> { [a, b] }.call
  end
end
p in_pattern([1, 2, 3]), in_pattern([1]) # => [6, 11]
# => [1, []]

class Body
  level = 1
  define_method(:bump) { level += 1 }
  define_method(:peek) { level }
  @at_class = -> { [self, level] }
  class << self
    inner = 5
    define_method(:inner) { inner += 1 }
    attr_reader :at_class
  end
  LEVEL = -> { level * 100 }
  level = 7
end
p Body.new.bump, Body.new.peek, Body.inner, Body.inner # => 8
# => 8
# => 6
# => 7
p Body.at_class.call, Body::LEVEL.call # => [Body, 8]
# => 800

text = "#{f = ->(s) { "<#{s}#{-> { s * 2 }.call}>" }; f.call("a")}"
p text, f.call("b") # => "<aaa>"
# => "<bbb>"
hash = { k: (v = 1), f: -> { v += 1 } }
p hash[:f].call, v # => 2
# => 2
p [1, 2, 3].inject(->(x) { x }) { |f, n| ->(x) { f[x] * n + n } }.call(1) # => 21
sorted = [3, 1, 2].sort_by { |n| (@seen ||= []) << n; -n }
p sorted, @seen # => [3, 2, 1]
# => [3, 1, 2]

# self, ivars, constants, __method__ and block of a closure are those of its place.
class Place
  NAME = :place
  def initialize(v) = @v = v
  def closure(w = @v) = proc { |z = w| [self.class, @v, NAME, z, __method__, block_given?] }
end
class Elsewhere
  NAME = :elsewhere
  def initialize = @v = :wrong
  def run(f) = f.call
  def run_here(f) = instance_exec(&f)
end
c = Place.new(:right).closure { }
p Elsewhere.new.run(c) # => [Place, :right, :place, :right, :closure, true]
p Elsewhere.new.run_here(c) # => [Elsewhere, :wrong, :place, :right, :closure, true]
p Place.new(1).instance_exec(2) { |x| [@v, x] } # => [1, 2]
def block_of_method = [1].map { yield }
p block_of_method { :yielded_through } # => [:yielded_through]
def block_of_lambda = -> { yield 1 }
p block_of_lambda { |x| [:kept, x] }.call # => [:kept, 1]
def given = proc { block_given? }
p given.call, given { }.call # => false
# => true
def nested_yield = [1, 2].flat_map { |a| [3].map { |b| yield a, b } }
p nested_yield { |a, b| a * b } # => [3, 6]

# A captured block parameter and a reassigned one.
def captured(&block)
  f = -> { block.call(1) }
  old = block
  block = ->(x) { [:replaced, x, old.call(x)] }
  [f.call, yield(2)]
end
p captured { |x| [:original, x] } # => [[:replaced, 1, [:original, 1]], [:original, 2]]
def passes(&) = receives(&)
def receives = yield(:through)
p passes { |x| x } # => :through
def block_identity(&block) = [block, -> { block }.call, proc(&block)].map { |b| b.equal?(block) }
p block_identity { } # => [true, true, true]
def same(&block) = block
f = proc { }
p same(&f).equal?(f) # => true

# Conditional and repeated capture in one frame.
def sometimes(n)
  x = n
  f = -> { x += 1 } if n.even?
  x += 10
  f ? [f.call, x] : x
end
p sometimes(1), sometimes(2) # => 11
# => [13, 13]
def many_closures
  v = 0
  fs = Array.new(50) { |i| -> { v += i } }
  fs.each(&:call)
  [v, fs[3].call, fs.map { |g| g.equal?(fs[0]) }.count(true)]
end
p many_closures # => [1225, 1228, 1]
made = 3.times.map { -> { 1 } }
p made.uniq.size, made[0] == made[1] # => 3
# => false
def recursive_capture(n, outer = nil)
  here = n
  me = -> { [here, outer && outer.call] }
  n.zero? ? me.call : recursive_capture(n - 1, me)
end
p recursive_capture(4) # => [0, [1, [2, [3, [4, nil]]]]]
value = 1
change = binding
change.local_variable_set(:value, 2)
reader = -> { value }
change.local_variable_set(:value, 3)
p reader.call, eval("value += 1; reader.call"), reader.binding.local_variable_get(:value) # => 3
# => 4
# => 4
reader.binding.local_variable_set(:value, 50)
p value # => 50
reader.binding.local_variable_set(:brand_new, 1)
p reader.binding.local_variable_defined?(:brand_new), binding.local_variable_defined?(:brand_new) # => false
# => false
a = Thread.new(5) { |n| -> { n += value } }.value
p a.call, a.call # => 55
# => 105
gen = Enumerator.new { |y| n = 0; loop { y << (n += value) } }
p gen.take(3), gen.next, gen.next # => [50, 100, 150]
# => 50
# => 100
value = 1
p gen.next # => 101
at = Hash.new { |h, k| h[k] = k < 2 ? k : h[k - 1] + h[k - 2] }
p at[40] # => 102334155
