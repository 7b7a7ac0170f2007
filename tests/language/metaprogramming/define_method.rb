# SPDX-License-Identifier: MIT
# define_method: bodies from blocks, procs, lambdas, methods; arguments, self, return, super, visibility.
class Calc
  define_method(:double) { |x| x * 2 }
  define_method("strict") { |a, b = 2, *c, d, k:, l: 4, **o, &blk| [a, b, c, d, k, l, o, blk&.call] }
  define_method(:none) { self.class }
  define_method(:lam, ->(a, b = 5) { [a, b] })
  define_method(:prc, proc { |a, b| [a, b] })
  define_method(:sym, &:to_s)
  define_method(:str, String.instance_method(:to_s)) rescue define_method(:str) { $!.class }
  define_method(:ret) { |x| return :early if x; :late }
  define_method(:nxt) { |x| next :nexted if x; :late }
  define_method(:brk) { break :broken }
  define_method(:given) { |&b| [block_given?, b.nil?] }
  define_method(:name_of) { __method__ }
  define_method(:+) { |o| [:plus, o] }
  define_method(:[]=) { |*a| @set = a }
  define_method(:set) { @set }
  define_method(:!) { :not }
  define_method(:to_s) { "calc" }
  define_method("odd name!") { :odd }
  define_method(:v=) { |v| @v = v; :ignored }
end
c = Calc.new
p c.double(4), c.strict(1, 2, k: 3), c.strict(1, 2, 3, 4, k: 5, z: 6) { :b }, c.none, c.lam(1), c.lam(1, 2), c.prc(1, 2) # => 8
# => [1, 2, [], 2, 3, 4, {}, nil]
# => [1, 2, [3], 4, 5, 4, {z: 6}, :b]
# => Calc
# => [1, 5]
# => [1, 2]
# => [1, 2]
p [(c.double rescue $!.message), (c.double(1, 2) rescue $!.message), (c.none(1) rescue $!.message), (c.prc(1) rescue $!.message), (c.lam rescue $!.message)]
# => ["wrong number of arguments (given 0, expected 1)", "wrong number of arguments (given 2, expected 1)", "wrong number of arguments (given 1, expected 0)", "wrong number of arguments (given 1, expected 2)", "wrong number of arguments (given 0, expected 1..2)"]
p [(c.strict(1, 2) rescue $!.message), (c.prc([1, 2]) rescue $!.class), c.ret(true), c.ret(false), c.nxt(true), c.nxt(nil), c.brk, c.str]
# => ["missing keyword: :k", ArgumentError, :early, :late, :nexted, :late, :broken, NilClass]
p c.given, c.given { }, c.name_of, c + 1, (c[1, 2] = 3), c.set, (!c), "#{c}", c.send("odd name!"), (c.v = 5), c.instance_variable_get(:@v)
# => [false, true]
# => [false, false]
# => :name_of
# => [:plus, 1]
# => 3
# => [1, 2, 3]
# => :not
# => "calc"
# => :odd
# => 5
# => 5
p Calc.instance_method(:strict).parameters, Calc.instance_method(:prc).arity, Calc.instance_method(:lam).arity, c.method(:double).owner
# => [[:req, :a], [:opt, :b], [:rest, :c], [:req, :d], [:keyreq, :k], [:key, :l], [:keyrest, :o], [:block, :blk]]
# => 2
# => -2
# => Calc
p Calc.send(:define_method, :again) { }, Calc.define_method(:again2, &->(x) { x }), c.again2(7), (Calc.define_method(:no_body) rescue $!.class)
# => :again
# => :again2
# => 7
# => ArgumentError

# self is the receiver, locals and constants those of the block; each method shares the variable.
class Maker
  PLACE = :maker
  def self.build(target, names)
    count = 0
    names.each { |n| target.define_method(n) { |by = 1| [self.class, count += by, n, PLACE, @iv] } }
    target.define_method(:total) { count }
  end
end
class Target
  PLACE = :target
  def initialize = @iv = :iv
end
Maker.build(Target, [:a, :b])
t = Target.new
p t.a, t.b(10), t.a, t.total, Target.new.total # => [Target, 1, :a, :maker, :iv]
# => [Target, 11, :b, :maker, :iv]
# => [Target, 12, :a, :maker, :iv]
# => 12
# => 12
Maker.build(Target, [:a])
p t.a, t.b, t.total # => [Target, 1, :a, :maker, :iv]
# => [Target, 13, :b, :maker, :iv]
# => 1
%w[x y].each { |n| Target.class_eval { define_method("get_#{n}") { n }; define_method("#{n}?") { |v = n| v == n } } }
p t.get_x, t.get_y, t.x?, t.y?("x") # => "x"
# => "y"
# => true
# => false

# Methods given to other classes, rebound, aliased, removed, with visibility and super.
class Parent
  def greet(x = 1, k: 2) = [:parent, x, k]
  def twice = yield + yield
end
class Child < Parent
  define_method(:greet) { |x = 5, k: 6| super(x, k: k) + [:child] }
  define_method(:twice) { |&b| super(&b) * 10 }
  define_method(:old_greet, Parent.instance_method(:greet))
  define_method(:cond) { |flag| flag ? greet : method(:greet).super_method.call(9) }
  private define_method(:secret) { :secret }
  private
  define_method(:also_private) { :also }
  public
  define_method(:open) { secret }
end
ch = Child.new
p ch.greet, ch.greet(1, k: 3), ch.twice { 2 }, ch.old_greet(8), ch.cond(true), ch.cond(false), ch.open, (ch.secret rescue $!.class), (ch.also_private rescue $!.class)
# => [:parent, 5, 6, :child]
# => [:parent, 1, 3, :child]
# => 40
# => [:parent, 8, 2]
# => [:parent, 5, 6, :child]
# => [:parent, 9, 2]
# => :secret
# => NoMethodError
# => NoMethodError
p (Class.new(Parent) { define_method(:greet) { |*| super } }.new.greet rescue $!.class) # => RuntimeError
Child.class_eval { alias_method :hello, :greet; remove_method :greet }
p ch.hello, ch.greet, Child.method_defined?(:greet, false), (Child.send(:remove_method, :greet) rescue $!.class)
# => [:parent, 5, 6, :child]
# => [:parent, 1, 2]
# => false
# => NameError
Child.send(:undef_method, :greet)
p (ch.greet rescue $!.class), ch.respond_to?(:greet), (Child.instance_method(:greet) rescue $!.class) # => NoMethodError
# => false
# => NameError
um = Parent.instance_method(:twice)
p um.bind(ch).call { 3 }, um.bind_call(ch) { 4 }, (um.bind(5) rescue $!.class), (Class.new.define_method(:q, um) rescue $!.class) # => 6
# => 8
# => TypeError
# => TypeError

# define_singleton_method, singleton_class, define_method at a hot site and while it runs.
obj = Object.new
p obj.define_singleton_method(:one) { |x = 1| x + 1 }, obj.one, obj.one(5), obj.singleton_methods # => :one
# => 2
# => 6
# => [:one]
obj.define_singleton_method(:two, obj.method(:one))
obj.singleton_class.define_method(:three) { two * 3 }
p obj.two, obj.three, (obj.dup.three rescue $!.class), obj.clone.three # => 2
# => 6
# => NoMethodError
# => 6
def self.at_main = define_singleton_method(:later) { :later }
p at_main, later # => :later
# => :later
log = []
5.times do |n|
  Target.define_method(:hot) { n * 10 } if n.even?
  log << t.hot
end
p log # => [0, 0, 20, 20, 40]
Target.define_method(:self_changing) { Target.define_method(:self_changing) { :second }; :first }
p t.self_changing, t.self_changing # => :first
# => :second
Target.define_method(:recursive) { |n| n.zero? ? [] : recursive(n - 1) + [n] }
p t.recursive(4) # => [1, 2, 3, 4]
generated = 1.upto(50).map { |n| Target.define_method(:"g#{n}") { |x| x + n } }
p generated.sum { |name| t.send(name, 1) }, generated.last # => 1325
# => :g50
