# SPDX-License-Identifier: MIT
# Floats that are not held in the word, a NaN among them, are one object if their bits are, wherever
# identity is asked for: machine code and Arrays of doubles make their boxes anew.

def same(n, x) = n == 0 ? x : same(n - 1, x)
200.times { same(3, 1.0) }

def facts(x)
  y = same(3, x)
  by_identity = {}.compare_by_identity
  by_identity[x] = :found
  [{x => :found}[y], by_identity[y], x.equal?(y), x.object_id == y.object_id, [x, y].uniq.size,
   [x] == [y], [x].eql?([y]), {1 => x} == {1 => y}, {1 => x}.key(y), [x].index(y)]
end

[0.0 / 0.0, 1e-310, 1e300, 0.0, 2.5].each { |x| p facts(x) }
# => [:found, :found, true, true, 1, true, true, true, 1, 0]
# => [:found, :found, true, true, 1, true, true, true, 1, 0]
# => [:found, :found, true, true, 1, true, true, true, 1, 0]
# => [:found, :found, true, true, 1, true, true, true, 1, 0]
# => [:found, :found, true, true, 1, true, true, true, 1, 0]

Pair = Struct.new(:a, :b)
nan = 0.0 / 0.0
p Pair.new(1, nan) == Pair.new(1, same(1, nan)), Pair.new(1, nan).eql?(Pair.new(1, same(2, nan)))
# => true
# => true
p (nan..nil) == (same(1, nan)..nil), ["x", nan] - [same(1, nan)], [[nan, 2]].assoc(same(2, nan))
# => true
# => ["x"]
# => [NaN, 2]

# Their numbers are nobody else's; operators and eql? compare as ever.
others = [nil, true, false, :a, 1, 2.5, "", 0.0, 5e-324, 1e-323, nan, 1e300, -1e300, 2**62]
p others.map(&:object_id).uniq.size == others.size, 1e-310.object_id == 1e-311.object_id
# => true
# => false
p nan == same(1, nan), nan.eql?(same(1, nan)), nan != same(1, nan), nan === same(1, nan)
# => false
# => false
# => true
# => false
p({0.0 => 1}.key?(same(1, -0.0)), {}.compare_by_identity.merge(0.0 => 1).key?(same(1, -0.0)))
# => true
# => false
