# Class variables, constants and methods that are bound, as each is asked for and refused.
def try
  yield
rescue NameError, TypeError, ArgumentError, RuntimeError => e
  puts "#{e.class}: #{e.message}"
end
class Shared
  def self.start = @@total ||= 5
  def self.again = @@total ||= 6
  def self.both = (@@total &&= @@total + 1)
  def self.missing = @@nothing
  def self.maybe = defined?(@@nothing) || :no
  def self.late = (@@nothing ||= []) << 1
end
p Shared.start, Shared.again, Shared.both, Shared.maybe
try { Shared.missing }
p Shared.late, Shared.late, Shared.maybe
try { eval("@@top ||= 1") }
class Under < Shared
  def self.total = @@total
  def self.total=(n)
    @@total = n
  end
end
Under.total = 20
p Under.total, Shared.again

# methods made from method objects
class Text < String
  define_method(:count_of, instance_method(:length))
  define_method(:joined, instance_method(:+))
end
text = Text.new("four")
p text.count_of, text.joined("!"), text.method(:count_of).arity, text.public_send(:count_of)
try { text.count_of(1) }
class Greeter
  def hello(name = "you", *rest, loud: false, &block) = [name, rest, loud, block&.call]
  define_method(:again, instance_method(:hello))
  alias_method :third, :again
  private def inner = :inner
  define_method(:outer, instance_method(:inner))
  undef_method :third
end
g = Greeter.new
p g.again, g.again("a", 1, loud: true) { :b }, g.outer, g.respond_to?(:third)
try { g.third }
try { Class.new { define_method(:other, Greeter.instance_method(:hello)) } }
g.define_singleton_method(:single, g.method(:hello))
p g.single("s"), g.singleton_methods
other = Greeter.new
other.define_singleton_method(:single, g.method(:hello))
p other.single
try { g.define_singleton_method(:bad, "text".method(:length)) }
m = 5.method(:+).unbind
p m.bind(7).call(1), m.bind_call(8, 2), [1, 2].map(&10.method(:+))
try { m.bind("x") }

# super from many places
class A
  def m(*args, **opts, &b) = [:a, args, opts, b&.call]
  def self.made(*args) = [:made, args]
end
class B < A
  def m(x, y = 2, *z, k: 3, **o, &b) = super
  def self.made(x, (y, z), *rest) = super
end
class C < B
  define_method(:m) { |*args, **opts| super(*args, **opts) }
  def n = method(:m).super_method.call(1)
end
p B.new.m(1), B.new.m(1, 5, 6, k: 7, l: 8) { 9 }, C.new.m(4), C.new.n
p B.made(1, [2, 3], 4)
class D < A
  def m(*) = [super(*[1], **{}), super(2, **{ q: 1 }), super { :blk }, super()]
  def method_missing(name, *args) = name == :gone ? [:missing, args] : super
  def respond_to_missing?(name, all = false) = name == :gone || super
end
p D.new.m(0), D.new.gone(1), D.new.respond_to?(:gone), D.new.respond_to?(:other)
begin
  D.new.other
rescue NoMethodError => e
  p e.name, e.receiver.class
end
class E < A
  define_method(:m) { |x| [x].each { |y| return super(y) } }
end
p E.new.m(3)
begin
  Class.new(A) { define_method(:m) { |x| super } }.new.m(1)
rescue RuntimeError => e
  puts e.class
end
