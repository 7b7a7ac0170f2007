# SPDX-License-Identifier: MIT
# Where a call finds its method: ancestors, singletons, modules, method_missing, super, visibility.
module M1; def who = [:m1, *super]; end
module M2; def who = [:m2, *super]; end
module M3; def who = [:m3, *super]; end
module Pre; def who = [:pre, *super]; end
class A
  def who = [:a]
  def only_a = :only_a
end
class B < A
  include M1
  prepend Pre
  def who = [:b, *super]
end
class C < B
  include M2, M3
  def who = [:c, *super]
end
c = C.new
p c.who, C.ancestors.take(7).map(&:to_s), c.only_a, C.instance_method(:who).owner, c.method(:only_a).owner, c.method(:who).super_method.owner
# => [:c, :m2, :m3, :pre, :b, :m1, :a]
# => ["C", "M2", "M3", "Pre", "B", "M1", "A"]
# => :only_a
# => C
# => A
# => M2
c.extend(Module.new { def who = [:ext, *super] })
def c.who = [:single, *super]
p c.who, C.new.who # => [:single, :ext, :c, :m2, :m3, :pre, :b, :m1, :a]
# => [:c, :m2, :m3, :pre, :b, :m1, :a]
class C; include M1; end
p C.new.who, (M2.include(Module.new { def who = [:late, *super] }); C.new.who), (M2.prepend(Module.new { def who = [:late_pre, *super] }); C.new.who)
# => [:c, :m2, :m3, :pre, :b, :m1, :a]
# => [:c, :m2, :late, :m3, :pre, :b, :m1, :a]
# => [:c, :late_pre, :m2, :late, :m3, :pre, :b, :m1, :a]
p B.instance_method(:who).bind_call(c), A.instance_method(:who).bind_call(c), (A.instance_method(:who).bind_call(5) rescue $!.class)
# => [:pre, :b, :m1, :a]
# => [:a]
# => TypeError

# Class methods: singleton classes follow superclasses; extend, class << self, inherited class methods.
class A
  def self.make(*args) = [:make, name, *args]
  class << self
    def build = make(:built)
    private def hidden_class = :hidden
    def show = hidden_class
  end
end
module Classy; def make(*args) = [:classy, *super]; end
class B; extend Classy; end
class C; def self.make = super(:from_c); end
p A.build, B.build, (C.build rescue $!.message), C.make, A.show, (A.hidden_class rescue $!.class), C.singleton_class.ancestors.first(4).map(&:to_s)
# => [:make, "A", :built]
# => [:classy, :make, "B", :built]
# => "wrong number of arguments (given 1, expected 0)"
# => [:classy, :make, "C", :from_c]
# => :hidden
# => NoMethodError
# => ["#<Class:C>", "#<Class:B>", "Classy", "#<Class:A>"]

# method_missing and respond_to_missing?: arguments, blocks, super, fallbacks, setters, operators.
class Ghost
  def initialize(known = {}) = @known = known
  def method_missing(name, *args, **opts, &block)
    return [name, args, opts, block&.call] if name.start_with?("any")
    return @known[name[..-2].to_sym] = args[0] if name.end_with?("=") && name != :==
    return @known.fetch(name) { super } if args.empty?
    return [:op, name, args[0]] if name == :+ || name == :[]
    super
  end

  def respond_to_missing?(name, all = false) = name.start_with?("any") || @known.key?(name) || super
end
g = Ghost.new(size: 3)
p g.any, g.any_thing(1, k: 2) { :block }, g.size, (g.color = :red), g.color, g + 1, g[2], g.send(:any_sent, 5), g.public_send(:any_p)
# => [:any, [], {}, nil]
# => [:any_thing, [1], {k: 2}, :block]
# => 3
# => :red
# => :red
# => [:op, :+, 1]
# => [:op, :[], 2]
# => [:any_sent, [5], {}, nil]
# => [:any_p, [], {}, nil]
p (g.nope rescue [$!.class, $!.name, $!.args]), (g.nope(1) rescue $!.args), (g.nope2 { } rescue $!.class), g.respond_to?(:any_x), g.respond_to?(:zip), g.method(:any_m).call(7), (g.method(:zzz) rescue $!.class)
# => [NoMethodError, :nope, []]
# => [1]
# => NoMethodError
# => true
# => false
# => [:any_m, [7], {}, nil]
# => NameError
p [1, 2].map { |x| g.any(x)[1] }, g&.any_safe(1)[0], [g].map(&:size), (g.any(*[1, 2], **{ a: 3 })), (g.count = 0; 3.times.map { g.count += 1 })
# => [[1], [2]]
# => :any_safe
# => [3]
# => [:any, [1, 2], {a: 3}, nil]
# => [1, 2, 3]
class Proxy < BasicObject
  def initialize(t) = @t = t
  def method_missing(n, *a, &b) = @t.__send__(n, *a, &b)
  def respond_to_missing?(*) = true
  def !; :not; end
end
x = Proxy.new([3, 1, 2])
p x.sort, x.map { |v| v * 2 }, x.class, (!x), x.first(2), (x == [3, 1, 2]), x[1], (x << 4).size, (x.zork rescue $!.class), "#{x}"
# => [1, 2, 3]
# => [6, 2, 4]
# => Array
# => :not
# => [3, 1]
# => false
# => 1
# => 4
# => NoMethodError
# => "[3, 1, 2, 4]"
class Once
  def method_missing(name, ...)
    self.class.define_method(name) { |*a| [:defined, name, a] }
    [:missing, name]
  end

  def respond_to_missing?(*) = true
end
o = Once.new
p 3.times.map { |i| o.hello(i) }, Once.new.hello # => [[:missing, :hello], [:defined, :hello, [1]], [:defined, :hello, [2]]]
# => [:defined, :hello, []]

# Visibility: private with self, protected among relatives, changes in subclasses, send and friends.
class Safe
  def initialize(v) = @v = v
  def same?(o) = o.v == v
  def set(x) = self.v = x
  def reach(o) = o.secret
  def own = [secret, self.secret]
  protected attr_reader :v
  private
  attr_writer :v
  def secret = :secret
  public
  def later = :later
end
class SafeSub < Safe
  public :secret
  private :later
  def reach_v(o) = o.v
end
s = Safe.new(1)
t = SafeSub.new(2)
p s.same?(Safe.new(1)), s.same?(t), s.set(5), s.own, (s.reach(s) rescue $!.class), s.reach(t), (s.v rescue $!.class), t.secret, (t.later rescue $!.class), t.reach_v(s)
# => true
# => false
# => 5
# => [:secret, :secret]
# => NoMethodError
# => :secret
# => NoMethodError
# => :secret
# => NoMethodError
# => 5
p s.send(:secret), (s.public_send(:secret) rescue $!.class), s.respond_to?(:v), s.respond_to?(:v, true), (s.public_send(:v=, 3) rescue $!.class), s.instance_eval { secret }
# => :secret
# => NoMethodError
# => false
# => true
# => NoMethodError
# => :secret
p (nil.secret rescue $!.class), (SafeSub.send(:remove_method, :secret); t.secret rescue $!.class), Safe.private_method_defined?(:secret), SafeSub.public_method_defined?(:secret)
# => NoMethodError
# => NoMethodError
# => true
# => false
private def at_top = :at_top
def public_top = :public_top
p at_top, self.at_top, (1.at_top rescue $!.class), (1.public_top rescue $!.class), 1.send(:at_top), [1].map { at_top } # => :at_top
# => :at_top
# => NoMethodError
# => NoMethodError
# => :at_top
# => [:at_top]
