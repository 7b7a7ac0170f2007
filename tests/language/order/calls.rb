# SPDX-License-Identifier: MIT
# The order in which receiver, arguments, splats, keywords and blocks of a call are evaluated.
$log = []
def t(name, value = name)
  $log << name
  value
end

def show
  $log.clear
  yield
  $log
end

class Target
  def call(*args, **opts, &block) = $log << [:run, args, opts, block && block.call]
  def a=(value)
    $log << [:a=, value]
  end

  def a = t(:a, 10)
  def []=(*all)
    $log << [:[]=, *all]
  end

  def [](*all) = t([:[], *all], 1)
  def +(other) = t([:+, other], self)
  def -@ = t(:neg, self)
  def ! = t(:not, false)
  def =~(other) = t([:=~, other], nil)
  def to_str = t(:to_str, "text")
end
TARGET = Target.new
def target = t(:receiver, TARGET)

p show { target.call(t(1), t(2)) } # => [:receiver, 1, 2, [:run, [1, 2], {}, nil]]
p show { target.call(t(1), *t(:splat, [2, 3]), t(4), *t(:splat2, [5])) }
# => [:receiver, 1, :splat, 4, :splat2, [:run, [1, 2, 3, 4, 5], {}, nil]]
p show { target.call(t(1), k: t(2), **t(:dsplat, { z: 3 }), l: t(4)) }
# => [:receiver, 1, 2, :dsplat, 4, [:run, [1], {k: 2, z: 3, l: 4}, nil]]
p show { target.call(t(1), k: t(2), &t(:block, proc { :b })) } # => [:receiver, 1, 2, :block, [:run, [1], {k: 2}, :b]]
p show { target.call(*t(:s, []), **t(:d, {}), &t(:nil_block, nil)) } # => [:receiver, :s, :d, :nil_block, [:run, [], {}, nil]]
p show { target.call(t(1)) { t(:in_block) } } # => [:receiver, 1, :in_block, [:run, [1], {}, :in_block]]
p show { target.call(target.call(t(:inner)), t(:outer)) && nil }
# => [:receiver, :receiver, :inner, [:run, [:inner], {}, nil], :outer, [:run, [[...], :outer], {}, nil]]

# A splat takes its copy when its turn comes: later arguments don't change it.
list = [1, 2]
p show { target.call(*list, list << 3) } # => [:receiver, [:run, [1, 2, [1, 2, 3]], {}, nil]]
p show { target.call(list.dup, *list, list.clear.size) } # => [:receiver, [:run, [[1, 2, 3], 1, 2, 3, 0], {}, nil]]
x = 1
p show { target.call(x, x = 2, x, (x += 1), x) } # => [:receiver, [:run, [1, 2, 2, 3, 3], {}, nil]]
array = [t(1), *t(:mid, [2]), t(3)]
p array # => [1, 2, 3]
p show { [t(1), *t(:m, 2..3), t(4), { t(:k) => t(:v), **t(:h, { a: 1 }), t(:l) => t(:w) }] } # => [1, :m, 4, :k, :v, :h, :l, :w]
hash = { t(:a) => t(1), t(:b) => t(2), t(:a) => t(3) }
p hash # => {a: 3, b: 2}
p show { { t(:a) => t(1), t(:b) => t(2) } } # => [:a, 1, :b, 2]

# Operators: left before right, also where the left side is changed by the right one.
p show { t(1) + t(2) * t(3) - t(4) } # => [1, 2, 3, 4]
p show { target + t(:right) } # => [:receiver, :right, [:+, :right]]
p show { t(1) < t(2) && t(3) == t(4) || t(5) } # => [1, 2, 3, 4, 5]
p show { !target } # => [:receiver, :not]
p show { -target } # => [:receiver, :neg]
p show { t(1)..t(2) } # => [1, 2]
n = 5
p n + (n = 10) + n # => 25
s = +"a"
p s + (s << "b") + s # => "ababab"
s = "a"
p s + (s = "c") + s # => "acc"
p show { "#{t(:x)}-#{t(:y)}#{t(:z)}" } # => [:x, :y, :z]
p show { /#{t(:p)}#{t(:q)}/ } # => [:p, :q]
p show { :"#{t(:sym)}#{t(:bol)}" } # => [:sym, :bol]
p show { t(1) if t(2) unless t(nil) } # => [nil, 2, 1]
p show { t(false) ? t(1) : t(2) } # => [false, 2]
p show { (t(1); t(2)) } # => [1, 2]
p show { target&.call(t(:safe)) } # => [:receiver, :safe, [:run, [:safe], {}, nil]]
p show { t(:none, nil)&.call(t(:never)) } # => [:none]
p show { t(:none, nil)&.foo(t(:never)).nil? } # => [:none]

# Default arguments run from left to right and see the earlier ones.
def defaults(a = t(:a, 1), b = t(:b, a + 1), *rest, c, k: t(:k, b + 1), l: t(:l, k + 1))
  [a, b, rest, c, k, l]
end
p show { $log << defaults(0) } # => [:a, :b, :k, :l, [1, 2, [], 0, 3, 4]]
p show { $log << defaults(5, 0, l: 9) } # => [:b, :k, [5, 6, [], 0, 7, 9]]
p show { $log << defaults(t(:x, 1), t(:y, 2), t(:z, 3), l: t(:ll, 4)) } # => [:x, :y, :z, :ll, :k, [1, 2, [], 3, 3, 4]]
def later(a, b = (return [:early, a]; 1), c = 2) = [a, b, c]
p later(1) # => [:early, 1]
p later(1, 2) # => [1, 2, 2]
def looped(a, b = while true do break a * 2 end) = [a, b]
p looped(4) # => [4, 8]
p show { yield_self { |a = t(:block_default)| a } } # => []
p show { ->(a, b = t(:lambda_default, a)) { $log << [a, b] }.call(3) } # => [:lambda_default, [3, 3]]

# The receiver is evaluated even where the method does not exist, arguments too.
p show { target.missing(t(:argument)) rescue t($!.class) } # => [:receiver, :argument, NoMethodError]
p show { target.call(t(1), raise(t("stop")), t(3)) rescue t(:rescued) } # => [:receiver, 1, "stop", :rescued]
p show { t(:reached, nil).missing(t(:argument)) { } rescue t($!.class) } # => [:reached, :argument, NoMethodError]

# The block argument's to_proc is called after the other arguments, before the method.
converter = Object.new
def converter.to_proc = t(:to_proc, proc { :converted })
p show { target.call(t(1), k: t(2), &converter) } # => [:receiver, 1, 2, :to_proc, [:run, [1], {k: 2}, :converted]]
splat = Object.new
def splat.to_a = t(:to_a, [7, 8])
p show { target.call(t(1), *splat, t(2)) } # => [:receiver, 1, :to_a, 2, [:run, [1, 7, 8, 2], {}, nil]]
double = Object.new
def double.to_hash = t(:to_hash, { z: 1 })
p show { target.call(t(1), **double, k: t(2)) } # => [:receiver, 1, :to_hash, 2, [:run, [1], {z: 1, k: 2}, nil]]

class Parent
  def m(*args) = $log << [:super, args]
end
class Child < Parent
  def m(*args) = super(t(1), *t(:s, args), t(2))
  def zsuper(*) = nil
end
p show { Child.new.m(:x) } # => [1, :s, 2, [:super, [1, :x, 2]]]
p show { (yield_it = proc { |*a| $log << a }).call(t(1), *t(:s, [2]), t(3)) } # => [1, :s, 3, [1, 2, 3]]
def yields = yield(t(1), *t(:s, [2]), k: t(3))
p show { yields { |*a, **o| $log << [a, o] } } # => [1, :s, 3, [[1, 2], {k: 3}]]
def returns = (return t(1), *t(:s, [2]), t(3) if true)
p show { $log << returns } # => [1, :s, 3, [1, 2, 3]]
