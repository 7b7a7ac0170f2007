# SPDX-License-Identifier: MIT
# Literals: which ones make a new object each time, which ones are one object, and what is frozen.
def same?(*) = [yield, yield].then { |a, b| a.equal?(b) }
p same? { "str" }, same? { "a#{1}b" }, same? { :sym }, same? { :"dyn#{1}" }, same? { 1.5 }, same? { 2**70 }, same? { 123456789012345678901 }
# => false
# => false
# => true
# => true
# => true
# => false
# => true
p same? { [] }, same? { [1, 2] }, same? { {} }, same? { { a: 1 } }, same? { 1..2 }, same? { (1..) }, same? { nil..nil } # => false
# => false
# => false
# => false
# => true
# => true
# => true
p same? { /re/ }, same? { /re#{1}/o }, same? { 3r }, same? { 2i }, same? { -> { } }, same? { proc { } }, same? { %w[a] }, same? { ?x }
# => true
# => true
# => true
# => true
# => false
# => false
# => false
# => false
p same? { __FILE__ }, same? { -"lit" }, same? { %i[a b] }, same? { <<~T }, same? { 'single' } # => false
# => true
# => false
# => false
# => false
  heredoc
T
x = 0
once = -> { /#{x += 1}/o }
p once.call.source, once.call.source, x # => "1"
# => "1"
# => 1
def each_time = /#{rand(10) * 0 + ($n = $n.to_i + 1)}/
p each_time, each_time # => /1/
# => /2/
def text = "abc"
a = text
a << "d"
p a, text # => "abcd"
# => "abc"
def list = [1, [2], "s", { k: "v" }]
b = list
b[1] << 3
b[2] << "t"
b[3][:k] << "w"
p b, list # => [1, [2, 3], "st", {k: "vw"}]
# => [1, [2], "s", {k: "v"}]
def default(x = [], y = "d", k: {}) = [x << 1, y << "e", k.merge!(z: 1)]
p default, default # => [[1], "de", {z: 1}]
# => [[1], "de", {z: 1}]
3.times { |i| h = { list: [] }; h[:list] << i; p h if i == 2 } # => {list: [2]}
acc = []
2.times { acc << "same" }
acc[0] << "!"
p acc # => ["same!", "same"]

# Hash literals: duplicates, order, key strings, nested and double splats, shorthand.
k = +"key"
h = { k => 1, "b" => 2, "b" => 3, 1 => :int, 1.0 => :float, nil => :nil, [1] => :array }
p h, h.keys[0].frozen?, h.keys[0].equal?(k), k.frozen? # => {"key" => 1, "b" => 3, 1 => :int, 1.0 => :float, nil => :nil, [1] => :array}
# => true
# => false
# => false
y = 5
p({ x:, y: }, { "s": 1, "t#{1}": 2, if: 3, "a b": 4 }, { **{ a: 1 }, a: 2, **{ a: 3, b: 4 } }, { a: 1, **{}, b: 2 }, { 1 => 2, **{ 3 => 4 } })
# => {x: 1, y: 5}
# => {s: 1, t1: 2, if: 3, "a b": 4}
# => {a: 3, b: 4}
# => {a: 1, b: 2}
# => {1 => 2, 3 => 4}
big = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11 }
p big.size, big[:k], big.keys.last, { [1, 2] => { { a: 1 } => :deep } }[[1, 2]][{ a: 1 }] # => 11
# => 11
# => :k
# => :deep

# Array literals with splats of everything.
p [*1..3, *[4], *nil, *"s", *{ a: 1 }, *[[5]]], [*[], *[]], [*"a".."c"], [[*1..2], *[3]], %w[a#{1} b\ c], %W[a#{1}b #{2}#{3} c\n], %i[a b], %I[x#{1}]
# => [1, 2, 3, 4, "s", [:a, 1], [5]]
# => []
# => ["a", "b", "c"]
# => [[1, 2], 3]
# => ["a\#{1}", "b c"]
# => ["a1b", "23", "c\n"]
# => [:a, :b]
# => [:x1]
wide = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, *21..40, 41, *(42..300), 301]
p wide.size, wide.sum, wide[-1] # => 301
# => 45451
# => 301

# Strings: adjacent, escapes, quotes, percent forms, heredocs with code in them.
joined = "a\
b"
p "a" "b" 'c', "\u00e9\x41\101\t\e\s\0", 'it''s \' \\ \n', %q(a(b)c), %Q[#{1}], %(x "y"), "#{}", "#{nil}#{}x", joined, "#{"#{"#{:deep}"}"}"
# => "abc"
# => "éAA\t\e \u0000"
# => "its ' \\ \\n"
# => "a(b)c"
# => "1"
# => "x \"y\""
# => ""
# => "x"
# => "ab"
# => "deep"
@iv = 1
$gv = 2
p "#@iv #$gv \#{no}", :"a#{1}", "#{[1, "#{2}"]}", "x" * 3 + "y", "%s-%s" % ["a", :b], "#{1; 2}", "#{if false then 1 end}|" # => "1 2 \#{no}"
# => :a1
# => "[1, \"2\"]"
# => "xxxy"
# => "a-b"
# => "2"
# => "|"
one, two = <<A, <<~B
first #{y}
  kept
A
  second #{<<~IN.strip}
    inner
  IN
    indented
B
p one, two # => "first 5\n  kept\n"
# => "second inner\n  indented\n"
three, lines = [<<-X, <<~'Y', 3].map(&:to_s), <<~E1.lines.map(&:chomp) + [<<~E2]
  dash
  X
  raw #{no} \n
Y
  l1

    l2 #{"a
    b"}
E1
E2
p three, lines # => ["  dash\n", "raw \#{no} \\n\n", "3"]
# => ["l1", "", "  l2 a", "    b", ""]

# Numbers, symbols, characters, ranges, special constants.
p 0x1f, 0b11, 0o17, 017, 1_000, 1e3, 1.5e-3, 1r, 1.5r, 2i, 1.5ri, -2**2, (-2)**2, 2**-1, -1.abs, +1, 0d10, ?a, ?\n, :+, :[]=, :!, :a?, :b!, :c=, :"9", :A
# => 31
# => 3
# => 15
# => 15
# => 1000
# => 1000.0
# => 0.0015
# => (1/1)
# => (3/2)
# => (0+2i)
# => (0+(3/2)*i)
# => -4
# => 4
# => (1/2)
# => 1
# => 1
# => 10
# => "a"
# => "\n"
# => :+
# => :[]=
# => :!
# => :a?
# => :b!
# => :c=
# => :"9"
# => :A
p (1..), (..1), (1...3).to_a, ("a".."e").step(2).to_a, (1..10) % 3, (1.0..2.0).include?(1.5), 1.0 / 3, 10.0, 1e20, 1e16, 1e15, 123456789.123456789, -0.0, 5e-324, 1.0e-5
# => 1..
# => ..1
# => [1, 2]
# => ["a", "c", "e"]
# => ((1..10).%(3))
# => true
# => 0.3333333333333333
# => 10.0
# => 1.0e+20
# => 1.0e+16
# => 1.0e+15
# => 123456789.12345679
# => -0.0
# => 5.0e-324
# => 1.0e-05
p __method__.inspect, __ENCODING__, __dir__ == File.dirname(File.expand_path(__FILE__)), self.inspect, [true & 1, nil.to_a, true ^ true, nil | 1]
# => "nil"
# => #<Encoding:UTF-8>
# => true
# => "main"
# => [true, [], false, true]
