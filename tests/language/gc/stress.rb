# SPDX-License-Identifier: MIT
# Garbage is collected at awkward points while frames, closures, constants and exceptions hold objects.
def junk(n = 200) = n.times { |i| "junk #{i}" * 3; [i, i.to_s, { i => i }] }
def collect(x = nil)
  junk(30)
  GC.start
  x
end

# Many objects during execution, some of them kept.
kept = []
checksum = 0
4_000.times do |i|
  s = "object #{i}"
  kept << s if i % 97 == 0
  checksum = (checksum * 31 + s.length) % 1_000_003
  GC.start if i % 1000 == 999
end
p kept.size, kept.last, kept.sum(&:length), checksum # => 42
# => "object 3977"
# => 448
# => 80097

# The operand stack: half-evaluated calls, literals, interpolations and conditions hold fresh objects.
def gather(*args, **opts, &block) = [args, opts, block&.call]
p gather("a" + "b", collect("c" + "d"), *["e" + "f", collect("g")], k: "h" + collect("i"), **{ l: "j" + "k" }) { collect("l" + "m") }
# => [["ab", "cd", "ef", "g"], {k: "hi", l: "jk"}, "lm"]
p ["x" * 3, collect("y" * 3), { "k" * 2 => collect("v" * 2), "z" * 2 => "w" * 2 }, "#{"p" * 2}#{collect("q" * 2)}#{"r" * 2}"]
# => ["xxx", "yyy", {"kk" => "vv", "zz" => "ww"}, "ppqqrr"]
p "lhs" + collect(" mid") + (" r" + collect("hs")), ("a".."c").to_a + collect(["d"]), (2**70) + collect(2**71) - 2**70 # => "lhs mid rhs"
# => ["a", "b", "c", "d"]
# => 2361183241434822606848
a, (b, *c), d = "1" * 2, collect(["2" * 2, "3" * 2, collect("4" * 2)]), "5" * 2
p a, b, c, d # => "11"
# => "22"
# => ["33", "44"]
# => "55"
h = Hash.new { |hash, k| hash[k] = collect("made " + k) }
h["one" + "!"] += collect(" more") + "."
p h, (collect(nil) || "alter" + "native"), case collect("sub" + "ject") when "sub" + collect("ject") then "matched" end
# => {"one!" => "made one! more."}
# => "alternative"
# => "matched"

# A deep call stack with a collection at the bottom and on the way up.
def deep(n, acc)
  local = "frame #{n}"
  array = [local, n]
  return collect(acc.size) if n.zero?
  result = deep(n - 1, acc + [local])
  collect if n % 50 == 0
  raise "lost" unless local == "frame #{n}" && array == [local, n]
  result
end
p deep(150, []) # => 150
def deep_blocks(n, list, &block) = n.zero? ? collect(yield(list)) : [n].each { |i| return deep_blocks(i - 1, list + ["#{i}"], &block) }
p deep_blocks(40, []) { |list| list.join.length } # => 71

# Closures, procs, bindings, enumerators, fibers and threads survive with what they captured.
closures = Array.new(20) { |i| big = "captured #{i}" * 2; -> { big << "!"; big.size } }
collect
p closures.sum(&:call), closures.sum(&:call) # => 440
# => 460
def held(x) = (secret = "secret of #{x}"; binding)
bindings = [held(1), held(2)]
collect
p bindings.map { |b| b.local_variable_get(:secret) }, bindings[0].eval("secret + x.to_s") # => ["secret of 1", "secret of 2"]
# => "secret of 11"
fibers = Array.new(5) { |i| Fiber.new { |s| t = "fiber #{i}"; loop { s = Fiber.yield(t += s) } } }
fibers.each { |f| f.resume("a") }
collect
p fibers.map { |f| f.resume("b") }.last # => "fiber 4ab"
enum = Enumerator.new { |y| s = +"e"; 3.times { y << collect(s + s); s << "e" } }
p enum.next, collect(enum.next), enum.next # => "ee"
# => "eeee"
# => "eeeeee"
p 3.times.map { |i| Thread.new { collect("thread #{i}") } }.map(&:value) # => ["thread 0", "thread 1", "thread 2"]
compose = ->(f, g) { collect(->(x) { collect(g[f[x]]) }) }
p compose[->(s) { s + "1" }, ->(s) { s + "2" }]["0"] # => "012"

# Exceptions on their way keep message, cause and data; ensure clauses may collect.
class Carrying < StandardError
  attr_reader :load
  def initialize(load) = (super("carries #{load.size}"); @load = load)
end
def thrower(n)
  n.zero? ? raise(Carrying.new(["x" * 10, collect("y" * 10)])) : thrower(n - 1)
ensure
  collect if n % 10 == 0
end
begin
  thrower(30)
rescue Carrying => e
  collect
  p e.message, e.load, e.backtrace.size # => "carries 2"
  # => ["xxxxxxxxxx", "yyyyyyyyyy"]
  # => 32
  begin
    raise "second"
  rescue => e2
    collect
    p e2.cause.equal?(e), e2.cause.load.last # => true
    # => "yyyyyyyyyy"
  end
end
failed = 0
60.times do |i|
  begin
    "allocated #{i}".then { |s| raise ArgumentError, s + "!" if i.odd?; collect(s) if i % 20 == 0 }
  rescue ArgumentError => e
    failed += e.message.size
  end
end
p failed, catch(:tag) { junk(10); throw :tag, collect("thrown" + "!") } # => 385
# => "thrown!"
p (Integer(collect("no" + "t")) rescue collect($!.message)), (collect(raise("in argument")) rescue collect($!.message))
# => "invalid value for Integer(): \"not\""
# => "in argument"

# Finalizers run, and may raise, without harm to the program.
def forget(n) = n.times { ObjectSpace.define_finalizer(Object.new, proc { $finalized = ($finalized || 0) + 1 }) }
forget(50)
5.times { collect }
p ($finalized || 0) >= 0 # => true
weak = ObjectSpace::WeakMap.new
key = "key" + "!"
weak[key] = "value" + "!"
keep_value = weak[key]
collect
p weak[key], keep_value.equal?(weak[key]) # => "value!"
# => true

# Constants, globals, class and instance variables, methods and symbols made at run time.
50.times { |i| Object.const_set("Made#{i}", Class.new { const_set(:TEXT, "text #{i}"); define_method("m#{i}") { "method #{i}" } }) }
$global = "glob" + "al"
class Holder
  @@shared = "sha" + "red"
  @level = "le" + "vel"
  class << self; attr_reader :level; end
  def initialize = 40.times { |i| instance_variable_set("@v#{i}", "ivar #{i}") }
  def shared = @@shared
  def total = instance_variables.sum { |v| instance_variable_get(v).size }
end
holder = Holder.new
collect
p 50.times.sum { |i| Object.const_get("Made#{i}")::TEXT.size + Object.const_get("Made#{i}").new.send("m#{i}").size } # => 780
p $global, holder.shared, Holder.level, holder.total, "symbol #{1 + 1}".to_sym, :"symbol #{2}".to_proc.is_a?(Proc) # => "global"
# => "shared"
# => "level"
# => 270
# => :"symbol 2"
# => true

# A large pool of constants: a method with hundreds of literals, evaluated around collections.
source = "def pool(x)\n" + (0...300).map { |i| "  x << \"literal #{i}\" << #{i + 2**64} << :sym_#{i} << #{i}.5 << /re#{i}/ << [#{i}, 's#{i}']\n" }.join + "  collect\n  x\nend"
eval(source)
first = pool([])
collect
second = pool([])
p first == second, first.size, first[1797 - 3], first[-1], first[0].equal?(second[0]), first[4].equal?(second[4]) # => true
# => 1800
# => "literal 299"
# => [299, "s299"]
# => false
# => true
p first.sum { |v| v.is_a?(Integer) ? v % 1000 : v.to_s.size } # => 243690
