# SPDX-License-Identifier: MIT
# super: implicit arguments as they are now, blocks, keywords, optional, through define_method and aliases.
class Base
  def m(*args, **opts, &b) = [args, opts, b&.call]
end
class Derived < Base
  def m(a, b = 2, *r, k: 1, **o, &blk)
    a = [a, :changed]
    b += 1 if b
    return super() if r == [:none]
    return super(a) if r == [:one]
    return super(&nil) if r == [:noblock]
    return [1].map { super }.first if r == [:block]
    super
  end
  alias n m
end
d = Derived.new
p d.m(1), d.m(1, 5, 6, k: 7, z: 8) { :b }, d.m(1, 2, :none) { :b }, d.m(1, 2, :one), d.m(1, 2, :noblock) { :b }, d.m(1, 2, :block, k: 3), d.n(9)
# => [[[1, :changed], 3], {k: 1}, nil]
# => [[[1, :changed], 6, 6], {z: 8, k: 7}, :b]
# => [[], {}, :b]
# => [[[1, :changed]], {}, nil]
# => [[], {}, nil]
# => [[[1, :changed], 3, :block], {k: 3}, nil]
# => [[[9, :changed], 3], {k: 1}, nil]
class Derived
  def q = super
  def w(a, *) = super
  def v(k:, **) = super
end
class Base
  def w(*a) = [:w, a]
  def v(**o) = [:v, o]
end
p (d.q rescue [$!.class, $!.message[/super: no superclass method/]]), d.w(1, 2, 3), d.v(k: 1, j: 2)
# => [NoMethodError, "super: no superclass method"]
# => [:w, [1, 2, 3]]
# => [:v, {j: 2, k: 1}]
