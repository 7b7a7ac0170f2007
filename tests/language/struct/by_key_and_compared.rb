# Members of a Struct by name and number, all of them, and comparison of Structs.
def error; yield; rescue => e; [e.class, e.message, e.respond_to?(:receiver) ? e.receiver.class : nil]; end
S = Struct.new(:a, :b, :c)
T = Class.new(S) { def [](k) = "mine"; def extra = 1 }
s = S.new(1, [2, :x], nil)
p s[:a], s["b"], s[0], s[-1], s[1.9], s[-3], T.new(1)[:a], T.new(1, 2).to_a, T.new(5).values_at(0, -1, 1..2)
p error { s[:z] }, error { s["zz"] }[0, 2], error { s[3] }, error { s[-4] }, error { s[nil] }, error { s[Object.new] }, error { s[:z] = 1 }, error { s[2**70] }[0], error { s.freeze[:a] = 3 }, error { s[0, 1] }
s = S.new(1, [2, :x], nil)
s[:a] = 5; s["b"] = 6; s[2] = 7; s[-1] += 1
p s, s.to_a, s.values, s.deconstruct, s.to_h.to_a, s.to_h { |k, v| [k.to_s, v * 2] }.to_a, s.deconstruct_keys([:a, :c]).to_a, s.deconstruct_keys(nil).to_a, s.deconstruct_keys([:a, :q, :b]).to_a, s.deconstruct_keys([:a] * 4), s.deconstruct_keys(["b", 0]).to_a, s.deconstruct_keys([]), error { s.deconstruct_keys(1) }, error { s.deconstruct_keys([nil]) }
d = S.new([10, 20], {k: [1, 2]})
p d.dig(:a, 1), d.dig(1, :k, 0), d.dig("b", :k), error { d.dig(:zz) }, (d.dig(9) rescue $!.class), d.dig(:c, :x), error { d.dig(nil) }, error { S.new(1).dig(:a, 1) }
p S.new(1, 2) == S.new(1, 2), S.new(1) == S.new(1.0), S.new(1).eql?(S.new(1.0)), S.new(1).eql?(S.new(1)), S.new(1) == T.new(1), S.new(1).hash == S.new(1).hash, S.new(1).hash == S.new(2).hash, S.new(1).hash == T.new(1).hash, S.new == 5, S.new == nil
x = S.new; x.a = x; y = S.new; y.a = y
p x == y, x.eql?(y), x.hash == x.hash, x == x, [x] == [y]
class Bad; def ==(o) = raise("eq"); def hash = raise("hash"); def eql?(o) = raise("eql"); end
p error { S.new(Bad.new) == S.new(Bad.new) }, error { S.new(Bad.new).hash }, error { S.new(Bad.new).eql?(S.new(Bad.new)) }
p S.new(1) == S.new(1), S.new(Bad.new) == 3
p S.instance_method(:[]).owner, S.instance_method(:to_a).owner, S.instance_method(:deconstruct).name, S.allocate.to_a, S.allocate[:a]
singleton = S.new(1); def singleton.foo = 1
p singleton == S.new(1), S.new(1) == singleton, singleton.hash == S.new(1).hash
h = { S.new(1, 2) => :x }
p h[S.new(1, 2)], h[S.new(2, 1)], [S.new(1), S.new(1)].uniq.size, ([S.new(1)] - [S.new(1)]).size
case s
in {a: Integer => q, c:} then p q, c
end
case s
in [a, b, c] then p a, b, c
end
p (Struct.new(:a).allocate == Struct.new(:a).allocate), error { Struct.allocate }
