# SPDX-License-Identifier: MIT
# One `super` in one place, run before and after what it finds changes: every kind of change is seen.
class Base
  def m(a) = [:base, a]
end
class Mid < Base; end
class Sub < Mid
  def m(a) = [:sub, *super]
end
OBJ = Sub.new
def site = OBJ.m(1) rescue $!.class

def run(changes)
  changes.map do |change|
    before = [site, site].uniq
    change.call
    [*before, *[site, site].uniq]
  end
end

M = Module.new { def m(a) = [:included, *super] }
puts run([
  -> { class Mid; def m(a) = [:mid, *super]; end },
  -> { class Mid; def m(a) = [:mid2, a]; end },
  -> { Mid.send(:remove_method, :m) },
  -> { Mid.include(M) },
  -> { M.define_method(:m) { |a| [:defined, *super(a)] } },
  -> { M.send(:remove_method, :m) },
  -> { Sub.include(Module.new { def m(a) = [:nearer, *super] }) },
  -> { Base.prepend(Module.new { def m(a) = [:before_base, *super] }) },
  -> { Mid.define_method(:m) { |a| [a, a] } },
  -> { Mid.send(:undef_method, :m) },
  -> { Mid.class_eval { def m(a) = super } },
  -> { OBJ.extend(Module.new { def m(a) = [:extended, *super] }) },
  -> { Sub.class_eval { def m(a) = [:redefined, *super(a + 1)] } },
  -> { class Base; alias_method :kept, :m; def m(a) = [:new_base, a]; end },
  -> { Base.send(:remove_method, :m) },
]).map(&:inspect)
# => [[:sub, :base, 1], [:sub, :mid, :base, 1]]
# => [[:sub, :mid, :base, 1], [:sub, :mid2, 1]]
# => [[:sub, :mid2, 1], [:sub, :base, 1]]
# => [[:sub, :base, 1], [:sub, :included, :base, 1]]
# => [[:sub, :included, :base, 1], [:sub, :defined, :base, 1]]
# => [[:sub, :defined, :base, 1], [:sub, :base, 1]]
# => [[:sub, :base, 1], [:sub, :nearer, :base, 1]]
# => [[:sub, :nearer, :base, 1], [:sub, :nearer, :before_base, :base, 1]]
# => [[:sub, :nearer, :before_base, :base, 1], [:sub, :nearer, 1, 1]]
# => [[:sub, :nearer, 1, 1], NoMethodError]
# => [NoMethodError, [:sub, :nearer, :before_base, :base, 1]]
# => [[:sub, :nearer, :before_base, :base, 1], [:extended, :sub, :nearer, :before_base, :base, 1]]
# => [[:extended, :sub, :nearer, :before_base, :base, 1], [:extended, :redefined, :nearer, :before_base, :base, 2]]
# => [[:extended, :redefined, :nearer, :before_base, :base, 2], [:extended, :redefined, :nearer, :before_base, :new_base, 2]]
# => [[:extended, :redefined, :nearer, :before_base, :new_base, 2], NoMethodError]

# A method of a module stands at another place in each class that includes it.
module Shared
  def n(a = 0, k: 1) = [self.class.name, a, k, super].flatten(1)
end
class One
  def n(a, k:) = [:one, a, k]
end
class OneB < One
  include Shared
end
class Two
  def n(*a, **o) = [:two, a, o]
end
class TwoB < Two
  include Module.new
  include Shared
  include Comparable
end
class Three
  include Shared
  def method_missing(name, *a, **o) = [:missing, name, a, o]
end
2.times { [OneB, TwoB, Three].each { |c| p c.new.n(5) } }
# => ["OneB", 5, 1, :one, 5, 1]
# => ["TwoB", 5, 1, :two, [5], {k: 1}]
# => ["Three", 5, 1, :missing, :n, [5], {k: 1}]
# => ["OneB", 5, 1, :one, 5, 1]
# => ["TwoB", 5, 1, :two, [5], {k: 1}]
# => ["Three", 5, 1, :missing, :n, [5], {k: 1}]

# The same body under two names goes on behind the place of its def, by its first name.
class Below < One
  def n(a, k: 2) = [:below, *super]
  alias also n
end
b = Below.new
2.times { p b.n(1), b.also(1) }
# => [:below, :one, 1, 2]
# => [:below, :one, 1, 2]
# => [:below, :one, 1, 2]
# => [:below, :one, 1, 2]

# Literal keywords, splats, blocks.
class Forms < One
  def n(a, k: 2) = super(a, k: k + 1)
  def o(*a, **k) = method(:n).super_method.call(*a, **k)
  def each(*a) = super(*a) { |x| yield x + 1 }
end
class One
  def each(*a) = a.map { |x| yield x }
end
2.times { |i| p Forms.new.n(i, k: i), Forms.new.o(i, k: i), Forms.new.each(1, i) { |x| x * 2 } }
# => [:one, 0, 1]
# => [:one, 0, 0]
# => [4, 2]
# => [:one, 1, 2]
# => [:one, 1, 1]
# => [4, 4]

# super in a block leaves the method by break, next and return as it does without a cache.
class Leaver < One
  def each(*a)
    super { |x| break [:broken, x] if x == 2; return [:returned, x] if x == 3; x }
  end
end
l = Leaver.new
p l.each(1), l.each(1, 2, 1), l.each(3)
# => [1]
# => [:broken, 2]
# => [:returned, 3]

# self of another class than the method's.
stolen = One.instance_method(:n)
class Unrelated; end
begin
  Unrelated.define_method(:n, Forms.instance_method(:n))
rescue TypeError => e
  puts e.message # => bind argument must be a subclass of Forms
end
