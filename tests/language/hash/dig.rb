# SPDX-License-Identifier: MIT
# dig of Hashes, Arrays and Structs, what it asks others, and its errors.
h = {a: {b: [1, [5, 6]]}, n: nil}
p h.dig(:a, :b, 1, -1), h.dig(:n, :x), h.dig(:zz, 1, 2), [[1, [2]]].dig(0, 1, 0)
def try; yield; rescue => e; p [e.class, e.message]; end
try { h.dig(:a, :b, 0, 1) }
try { [1].dig(0, 1) }
try { [1].dig(0..1) }
try { h.dig }
try { ["x"].dig("y") }
class Own; def dig(*a) = [:own, a]; end
p({o: Own.new}.dig(:o, 1, 2), [Own.new].dig(0, :k))
class H2 < Hash; def dig(*a) = [:h2, a]; end
x = H2.new; x[:a] = 1
p x.dig(:a), {x: x}.dig(:x, :a)
d = Hash.new { |hh, k| hh[k] = "made #{k}" }
p d.dig(:q), {d: d}.dig(:d, :w)
S = Struct.new(:a)
p S.new([1, 2]).dig(:a, 1), [S.new({k: 3})].dig(0, :a, :k)
begin; d = Hash.new { raise "deep" }; {d: d}.dig(:d, 1); rescue => e; puts e.backtrace[0..3].map { |l| l[/\w+(?=.$)/] }; end
class Array; def dig(*) = :redefined; end
p({a: [1]}.dig(:a, 0))
