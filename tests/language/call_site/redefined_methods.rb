# SPDX-License-Identifier: MIT
# One call site, run before and after the method it calls changes: every kind of change is seen.
class Base
  def m = :base
  def kept = :kept
end
class Sub < Base; end
Other = Struct.new(:m)
OBJ = Sub.new

# Run the one call site once per change and collect what it answers.
def site(x) = x.m rescue $!.class
def run(changes)
  changes.map do |change|
    before = [site(OBJ), site(OBJ)]
    change.call
    [before.uniq, [site(OBJ), site(OBJ)].uniq].flatten
  end
end

p run([ # => [[:base, :base2], [:base2, :sub], [:sub, :sub2], [:sub2, :base2], [:base2, NoMethodError], [NoMethodError, :defined], [:defined, :kept], [:kept, :kept], [:kept, :kept], [:kept, :included], [:included, :"prepended+included"], [:"prepended+included", :"prepended+included"], [:"prepended+included", :"prepended+included"], [:"prepended+included", :outermost], [:outermost, :extended], [:extended, :singleton], [:singleton, :before_singleton], [:before_singleton, :before_extended], [:before_extended, NoMethodError]]
  -> { Base.class_eval { def m = :base2 } },
  -> { Sub.class_eval { def m = :sub } },
  -> { Sub.class_eval { def m = :sub2 } },
  -> { Sub.send(:remove_method, :m) },
  -> { Sub.send(:undef_method, :m) },
  -> { Sub.define_method(:m) { :defined } },
  -> { Sub.class_eval { alias_method :m, :kept } },
  -> { Base.class_eval { def kept = :kept2 } },
  -> { Sub.include(Module.new { def m = :included }) },
  -> { Sub.send(:remove_method, :m) },
  -> { Sub.prepend(Module.new { def m = [:prepended, super].join("+").to_sym }) },
  -> { Base.include(Module.new { def m = :deep }) },
  -> { Base.send(:remove_method, :m) },
  -> { Sub.prepend(Module.new { def m = :outermost }) },
  -> { OBJ.extend(Module.new { def m = :extended }) },
  -> { def OBJ.m = :singleton },
  -> { OBJ.singleton_class.prepend(Module.new { def m = "before_#{super}".to_sym }) },
  -> { OBJ.singleton_class.send(:remove_method, :m) },
  -> { OBJ.singleton_class.send(:undef_method, :m) },
])

# Visibility, method_missing and respond_to_missing?.
class Shown
  def m = :shown
  def method_missing(name, *args) = name == :gone ? super : [:missing, name]
  def respond_to_missing?(name, all = false) = name == :m || super
end
shown = Shown.new
out = []
[nil, :private, :public, :protected, :public, :remove_method].each do |change|
  Shown.send(change, :m) if change
  out << (shown.m rescue $!.class) << shown.respond_to?(:m)
end
p out # => [:shown, true, [:missing, :m], true, :shown, true, [:missing, :m], true, :shown, true, [:missing, :m], true]
Shown.send(:remove_method, :method_missing)
p (shown.m rescue $!.class) # => NoMethodError
Shown.class_eval { def m = :again }
p shown.m # => :again
class Hidden
  def call_it = m
  def call_self = self.m
  def call_other(o) = o.m
  private def m = :private_m
end
hidden = Hidden.new
p 2.times.map { [hidden.call_it, hidden.call_self, (hidden.call_other(hidden) rescue $!.class)] }
# => [[:private_m, :private_m, NoMethodError], [:private_m, :private_m, NoMethodError]]
Hidden.send(:protected, :m)
p 2.times.map { [hidden.call_it, hidden.call_self, hidden.call_other(hidden), (hidden.m rescue $!.class)] }
# => [[:private_m, :private_m, :private_m, NoMethodError], [:private_m, :private_m, :private_m, NoMethodError]]
class HiddenSub < Hidden
  public :m
end
p [Hidden.new, HiddenSub.new, Hidden.new].map { |o| o.m rescue $!.class } # => [NoMethodError, :private_m, NoMethodError]

# Many classes at one site, then the first again; nil, true, integers and objects mixed.
many = Array.new(20) { |i| Class.new { define_method(:m) { i } }.new }
p (many + many.reverse).sum(&:m), (many + [OBJ]).map { |o| site(o) }.last # => 380
# => NoMethodError
class NilClass; def m = :nil_m; end
class Integer; def m = self * 2; end
class Symbol; def m = :"#{self}!"; end
mixed = [nil, 1, :a, 2**70, many[3], nil, Other.new(:s), 5]
p 3.times.map { mixed.map { |x| site(x) } }.uniq # => [[:nil_m, 2, :a!, 2361183241434822606848, 3, :nil_m, :s, 10]]
class NilClass; undef m; end
class Integer; remove_method :m; end
p mixed.map { |x| site(x) } # => [NoMethodError, NoMethodError, :a!, NoMethodError, 3, NoMethodError, :s, NoMethodError]
class Symbol; remove_method :m; end

# A method that redefines itself while it runs, and one that its arguments redefine.
class Self
  def once
    Self.class_eval { def once = :second }
    :first
  end
  def arg(x) = [:old, x]
  def recursive(n)
    return n if n.zero?
    Self.class_eval("def recursive(n) = n.zero? ? :new_end : recursive(n - 1)") if n == 3
    [recursive(n - 1), n]
  end
end
s = Self.new
p 3.times.map { s.once }, s.arg((Self.class_eval { def arg(x) = [:new, x] }; 1)), s.arg(2), s.recursive(5), s.recursive(5)
# => [:first, :second, :second]
# => [:new, 1]
# => [:new, 2]
# => [[[:new_end, 3], 4], 5]
# => :new_end
log = []
4.times do |i|
  define_singleton_method(:hot) { i }
  log << hot << hot
end
p log # => [0, 0, 1, 1, 2, 2, 3, 3]
def counter = 1
total = 0
10.times do |i|
  eval("def counter = #{i}") if i.even?
  total += counter
end
p total # => 40

# send, public_send, method objects, &:symbol and super see the change; a taken method object does not.
taken = OBJ.method(:kept)
unbound = Base.instance_method(:kept)
asked = -> { [OBJ.send(:kept), OBJ.public_send(:kept), OBJ.method(:kept).call, [OBJ].map(&:kept)[0], OBJ.kept] }
p asked.call # => [:kept2, :kept2, :kept2, :kept2, :kept2]
class Base; def kept = :kept3; end
p asked.call, taken.call, unbound.bind_call(OBJ) # => [:kept3, :kept3, :kept3, :kept3, :kept3]
# => :kept2
# => :kept2
class Chain
  def m = [:top]
end
class Chain2 < Chain
  def m = super + [:mid]
end
class Chain3 < Chain2
  def m = [1].flat_map { super } + [:low]
end
c = Chain3.new
steps = [-> { }, -> { Chain.class_eval { def m = [:top2] } }, -> { Chain2.include(Module.new { def m = super + [:inc] }) },
         -> { Chain2.send(:remove_method, :m) }, -> { Chain2.prepend(Module.new { def m = super + [:pre] }) },
         -> { Chain.send(:remove_method, :m) }, -> { Object.class_eval { def m = [:object] } }, -> { Object.send(:remove_method, :m) }]
p steps.map { |step| step.call; [c.m, c.m].uniq rescue $!.class }
# => [[[:top, :mid, :low]], [[:top2, :mid, :low]], [[:top2, :inc, :mid, :low]], [[:top2, :inc, :low]], [[:top2, :inc, :pre, :low]], NoMethodError, [[:object, :inc, :pre, :low]], NoMethodError]

# Global functions, Kernel methods and respond_to? based protocols.
def helper = :top_level
call_helper = -> { helper }
p call_helper.call # => :top_level
module Kernel
  def helper = :kernel
end
p call_helper.call # => :top_level
class Object; remove_method :helper; end
p call_helper.call # => :kernel
module Kernel; remove_method :helper; end
p (call_helper.call rescue $!.class) # => NameError
conv = Object.new
spread = -> { [*conv].size }
p spread.call # => 1
def conv.to_a = [1, 2, 3]
p spread.call # => 3
conv.singleton_class.send(:undef_method, :to_a)
p spread.call # => 1
printed = Object.new
to_text = -> { "#{printed}".sub(/0x\h+/, "0") }
p to_text.call # => "#<Object:0>"
def printed.to_s = "singleton"
p to_text.call # => "singleton"
