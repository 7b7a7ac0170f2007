# Literal keywords in any order and number give each parameter what a Hash of them would, when the
# call runs first and when it has run often.
def mixed(a, b = [:b], c: [:c], d: [:d, a], e: [:e, d]) = [a, b, c, d, e]
def required(a, x:, y:, z: [x, y]) = [a, x, y, z]
def only(p:, q: p.to_s, r: q + "!") = [p, q, r]
def given(a, k: 1, &block) = [a, k, block && block.call]
def yields(a, k:) = yield(a, k)

# What a call with the pairs gives, written out, and with a Hash.
def check(name, positional, pairs)
  written = (positional + pairs.map { |key, value| "#{key}: #{value}" }).join(", ")
  values = pairs.to_h { |key, value| [key, eval(value)] }
  expected = send(name, *positional.map { |text| eval(text) }, **values)
  called = eval("lambda { #{name}(#{written}) }")
  20.times { got = called.call; return puts("#{name}(#{written}): #{got}") if got != expected }
  1
end

count = 0
%w[c d e].permutation.each do |order|
  4.times do |n|
    pairs = order.first(n).map { |key| [key.to_sym, "'#{key}' * 2"] }
    count += check(:mixed, ["'one'"], pairs) + check(:mixed, ["'one'", "[2]"], pairs)
  end
end
%w[x y z].permutation.each { |order| count += check(:required, ["7.0"], order.map { |k| [k.to_sym, "'#{k}'"] }) }
count += check(:required, ["nil"], [[:y, "1"], [:x, "2"]])
%w[p q r].permutation.each { |order| count += check(:only, [], order.map { |k| [k.to_sym, "'#{k}'"] }) }
count += check(:only, [], [[:p, ":sym"]]) + check(:given, ["1"], [[:k, "2"]])
p count # => 63

20.times.map { |i| given(i, k: i) { -i } }.last(1).each { |last| p last } # => [19, 19, -19]
p 20.times.map { |i| yields(i, k: i * 2) { |a, k| a + k } }.sum # => 570

# Whoever keeps what was passed, and changes it, keeps it for himself.
def kept(list:, name: "n") = (list << name; [list, name << "!"])
p 3.times.map { |i| kept(name: +"x#{i}", list: [i]) } # => [[[0, "x0!"], "x0!"], [[1, "x1!"], "x1!"], [[2, "x2!"], "x2!"]]

# Errors are those of any call, at the call's line.
def tell
  yield
rescue ArgumentError => e
  puts "#{e.message} #{e.backtrace.map { |line| line[/:(\d+):/, 1] }.first(2)}"
end
def missing = required(1, x: 2)
def unknown = mixed(1, c: 2, f: 3)
def many = mixed(1, 2, 3, c: 4)
3.times { tell { missing } }
# => missing keyword: :y ["4", "45"]
# => missing keyword: :y ["4", "45"]
# => missing keyword: :y ["4", "45"]
tell { unknown }                                # => unknown keyword: :f ["3", "46"]
tell { many }                                   # => wrong number of arguments (given 3, expected 1..2) ["3", "47"]

# As deep as any.
def deep(n, step: 1) = n == 0 ? 0 : step + deep(n - step, step: step)
p deep(5000), deep(3000, step: 2)               # => 5000
# => 3000
def endless(a:) = endless(a: a)
begin
  endless(a: 1)
rescue SystemStackError => e
  p e.message                                   # => "stack level too deep"
end
