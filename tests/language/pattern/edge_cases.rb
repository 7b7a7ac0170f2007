# SPDX-License-Identifier: MIT
# Pattern matching: order of tests, half-way failures, guards, jumps, caches, every kind nested.
$log = []
class Rec
  attr_reader :a, :b
  def initialize(a, b) = (@a, @b = a, b)
  def deconstruct = ($log << :deconstruct; [a, b])
  def deconstruct_keys(keys) = ($log << keys; { a: a, b: b, c: 3 })
end
class Eqq
  def initialize(v) = @v = v
  def ===(other) = ($log << [:===, @v, other.class]; @v == other)
end
def logged = [($log.clear; yield), $log.dup]

def arrays(v)
  case v
  in [] then :empty
  in [5, _] then :five
  in [x, y] if x == y then [:same, x]
  in [x, *] unless x.is_a?(Integer) then [:first, x]
  in Rec[x, y] then [:rec, x, y]
  in [first, *middle, last] then [first, middle, last]
  end
rescue NoMatchingPatternError => e
  [e.class, e.message]
end
p arrays(Rec.new(1, 2)), arrays(Rec.new(5, 2)), arrays(Rec.new(:q, 2)), logged { (Rec.new(1, 2) in [1, z]) && z } # => [:rec, 1, 2]
# => :five
# => [:first, :q]
# => [2, [:deconstruct]]
p arrays([]), arrays([7, 7]), arrays([1, 2, 3, 4]), arrays(["s"]), arrays([1]), arrays(9) # => :empty
# => [:same, 7]
# => [1, [2, 3], 4]
# => [:first, "s"]
# => [NoMatchingPatternError, "[1]"]
# => [NoMatchingPatternError, "9"]

# deconstruct_keys is told the keys that are asked for, nil with a rest.
def hashes(v)
  case v
  in { a: 9 } then :nine
  in { a: Integer => n, b: ^n } then [:twins, n]
  in { a: 1, **rest } then [:rest, rest]
  in { z: } then z
  in { a: [x, *], b: } then [x, b]
  in Rec(a:, c:) then [:rec, a, c]
  in { name: String => name, age: 18.. => age, **nil } then [name, age]
  in {} then :empty
  end
rescue NoMatchingPatternKeyError => e
  [e.class, e.key]
rescue NoMatchingPatternError => e
  [e.class, e.message]
end
p logged { hashes(Rec.new(2, 3)) }, logged { hashes(Rec.new(4, 4)) }, logged { hashes(Rec.new(1, 0)) }
# => [[:rec, 2, 3], [[:a], [:a, :b], nil, [:z], [:a, :b], [:a, :c]]]
# => [[:twins, 4], [[:a], [:a, :b]]]
# => [[:rest, {b: 0, c: 3}], [[:a], [:a, :b], nil]]
p hashes({ a: 9 }), hashes({ a: 1, q: 2 }), hashes({ z: nil }), hashes({ a: [5], b: 6 }), hashes({ name: "n", age: 20 }), hashes({}), hashes({ name: "n", age: 20, x: 1 }), hashes(5)
# => :nine
# => [:rest, {q: 2}]
# => nil
# => [5, 6]
# => ["n", 20]
# => :empty
# => [NoMatchingPatternError, "{name: \"n\", age: 20, x: 1}"]
# => [NoMatchingPatternError, "5"]

# === goes to the pattern, from left to right, and stops at the first that fails.
e1, e2 = Eqq.new(1), Eqq.new(2)
p logged { case [1, 3]; in [^e1, ^e2] then :both else :no end }, logged { case 2; in ^e1 | ^e2 then :either end }, logged { (1 in ^e1 => x) && x }
# => [:no, [[:===, 1, Integer], [:===, 2, Integer]]]
# => [:either, [[:===, 1, Integer], [:===, 2, Integer]]]
# => [1, [[:===, 1, Integer]]]
p logged { case [1, [2, { k: 1 }]]; in [Integer | Float => a, [b, { k: ^e1 => c }]] then [a, b, c] end }
# => [[1, 2, 1], [[:===, 1, Integer]]]
lower = 3
p (case 5; in 3.. then :above end), (case 5; in ^(lower + 2) then :computed end), (case 2; in ...3 then :below end), (case "s"; in "a".."z" then :range end), (case 4; in ->(n) { n.even? } then :even end)
# => :above
# => :computed
# => :below
# => :range
# => :even
p (case { "a" => 1 }; in Hash => h then h.size end), (case :s; in :a | :s => sym then sym end), (case nil; in nil then :nil end), (case [nil]; in [nil] then :in_array end), (case 1.0; in 1 then :equal end)
# => 1
# => :s
# => :nil
# => :in_array
# => :equal

# Bindings of an arm that fails stay assigned; locals are those of the method.
def leftovers(v)
  case v
  in [a, b, 0] then :zero
  in [c, *] then [a, b, c]
  end
end
p leftovers([1, 2, 3]), leftovers([4]) # => [1, 2, 1]
# => [nil, nil, 4]
x = :before
case [1, 2]
in [x, 3] then nil
in [Integer, Integer] then nil
end
p x # => 1
r = [1, [2, 3], { k: [4] }] in [a, [b, *c], { k: [d] }]
p r, a, b, c, d # => [1, [2, 3], {k: [4]}]
# => 1
# => 2
# => [3]
# => 4
r = (5 in String => s)
p r, s # => false
# => nil
{ name: "n", list: [1, 2] } => { name:, list: [first, *] }
p name, first # => "n"
# => 1
p (begin; 5 => String; rescue => e; [e.class, e.message]; end), (begin; { a: 1 } => { b: }; rescue => e; [e.class, e.key, e.matchee]; end)
# => [NoMatchingPatternError, "5: String === 5 does not return true"]
# => [NoMatchingPatternKeyError, :b, {a: 1}]
p [[1, :a], [2, :b], [3]].map { |v| (v in [n, Symbol => t]) ? [n, t] : :none } # => [[1, :a], [2, :b], :none]
p [[:add, 1, 2], [:neg, [:add, 1, 1]], 7, [:mul, [:neg, 2], 3]].map { |t| (ev = ->(n) { case n; in Integer then n; in [:add, l, r] then ev[l] + ev[r]; in [:neg, q] then -ev[q]; in [:mul, l, r] then ev[l] * ev[r] end })[t] }
# => [3, -2, 7, -6]

# The find pattern, rests without names, alternatives, pins of every kind of variable.
@iv = 4
$gv = 5
p (case [1, 2, 3, 42, 5]; in [*pre, 40..50 => hit, *post] then [pre, hit, post] end), (case [1, "a", :b]; in [*, String => s, *] then s end), (case [1]; in [*, String, *] then 1 else :none end)
# => [[1, 2, 3], 42, [5]]
# => "a"
# => :none
p (case [4, 5]; in [^@iv, ^$gv] then :pinned end), (case [1, 2, 3]; in [1, *] then :star end), (case { a: 1, b: 2 }; in { a: 1, ** } then :dstar end), (case [[1, [2]], [3, [4]]]; in [[_, [a]], [_, [b]]] then a + b end)
# => :pinned
# => :star
# => :dstar
# => 6
p (case { k: { l: [{ m: 1 }] } }; in { k: { l: [{ m: }] } } then m end), (case [1, [2, [3, [4]]]]; in [Integer, [_, [_, [d]]]] then d end), (case { status: "ok", items: [{ id: 1 }, { id: 2 }] }; in { status: "ok" | "fine", items: [{ id: }, *others] } then [id, others] end)
# => 1
# => 4
# => [1, [{id: 2}]]

# Jumps, exceptions and values in arms and guards.
out = [1, 2, 3, 4, 5].map do |v|
  case v
  in 1 then next :next
  in 3 then begin; raise "x"; rescue; :rescued; end
  in 5 then break [:broke, v]
  in _ unless v > 9 then
  end
end
p out # => [:broke, 5]
def returning(v)
  case v
  in 1 then return :early
  in [a] then return a
  in { k: } then [k].each { |q| return [:block, q] }
  else :else
  end
end
p returning(1), returning([2]), returning({ k: 3 }), returning(:z), (case [1, (case 2; in n then n + 1 end)]; in [a, 3] then :nested end)
# => :early
# => 2
# => [:block, 3]
# => :else
# => :nested
p (case raise("subject"); in x then 1 end rescue $!.message), (case 1; in x if raise("guard") then 1 end rescue [$!.message, x]), (case 1 when Integer then (case "s"; in String then :mixed end) end)
# => "subject"
# => ["guard", 1]
# => :mixed
i = 0
i += 1 while (case i; in 0..4 then true; in _ then false end)
p i, 3.times.map { |k| case [k, k * 2]; in [0, _] then :zero; in [a, b] if b > 2 then b; in [*all] then all end } # => 5
# => [:zero, [1, 2], 4]
S = Struct.new(:x, :y)
D = Struct.new(:x, :y, keyword_init: true)
p (case S.new(1, 2); in [x, y] then [x, y] end), (case S.new(1, 2); in { x: } then x end), (case D.new(x: 5, y: 6); in D[x:, y: 6] then x end), (case S.new(1, S.new(2, 3)); in S[a, S[b, c]] then [a, b, c] end)
# => [1, 2]
# => 1
# => 5
# => [1, 2, 3]
