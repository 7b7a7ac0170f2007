# SPDX-License-Identifier: MIT
# Exceptions and jumps out of methods that the language itself calls: conversions, ===, each, hooks.
class Raising
  MESSAGES = %i[to_s to_str to_a to_ary to_proc to_hash to_int coerce === == <=> call each hash inspect deconstruct deconstruct_keys to_path exception !].freeze
  MESSAGES.each { |m| define_method(m) { |*| raise IndexError, "in #{m}" } }
end
BAD = Raising.new
def f(*a, **k) = [a, k]
def with_block = yield
$state = []
def check(name)
  kept = [1, 2]
  x = f(kept, yield, 3)
  [name, x]
rescue IndexError => e
  kept << 3
  [name, e.message, kept, $!.equal?(e)]
ensure
  $state << name
end
p check("interpolation") { "a#{1}b#{BAD}c" } # => ["interpolation", "in to_s", [1, 2, 3], true]
p check("symbol") { :"a#{BAD}" } # => ["symbol", "in to_s", [1, 2, 3], true]
p check("regexp") { /a#{BAD}/ } # => ["regexp", "in to_s", [1, 2, 3], true]
p check("command") { "#{"#{BAD}"}" } # => ["command", "in to_s", [1, 2, 3], true]
p check("splat") { f(1, *BAD, 2) } # => ["splat", "in to_a", [1, 2, 3], true]
p check("array splat") { [1, [2, *BAD], 3] } # => ["array splat", "in to_a", [1, 2, 3], true]
p check("double splat") { f(1, k: 2, **BAD) } # => ["double splat", "in to_hash", [1, 2, 3], true]
p check("hash splat") { { a: 1, **BAD } } # => ["hash splat", "in to_hash", [1, 2, 3], true]
p check("block pass") { f(1, &BAD) } # => ["block pass", "in to_proc", [1, 2, 3], true]
p check("masgn") { a, b = BAD; [a, b] } # => ["masgn", "in to_ary", [1, 2, 3], true]
p check("nested masgn") { a, (b, c) = 1, BAD; [a, b, c] } # => ["nested masgn", "in to_ary", [1, 2, 3], true]
p check("rhs splat") { a = *BAD; a } # => ["rhs splat", "in to_a", [1, 2, 3], true]
p check("block params") { [BAD].each { |a, b| a } } # => ["block params", "in to_ary", [1, 2, 3], true]
p check("nested params") { [[1, BAD]].each { |a, (b, c)| b } } # => ["nested params", "in to_ary", [1, 2, 3], true]
p check("yield") { with_block { |*| "#{BAD}" } } # => ["yield", "in to_s", [1, 2, 3], true]
p check("when") { case 5 when 1, BAD then 1 else 2 end } # => ["when", "in ===", [1, 2, 3], true]
p check("when splat") { case 5 when *[1, BAD] then 1 end } # => ["when splat", "in ===", [1, 2, 3], true]
p check("when splat to_a") { case 5 when *BAD then 1 end } # => ["when splat to_a", "in to_a", [1, 2, 3], true]
p check("pattern value") { case 5; in ^(BAD) then 1 end } # => ["pattern value", "in ===", [1, 2, 3], true]
p check("pattern array") { case BAD; in [a, b] then a; in x then x.class end } # => ["pattern array", "in deconstruct", [1, 2, 3], true]
p check("pattern hash") { case BAD; in { a: } then a; in x then x.class end } # => ["pattern hash", "in deconstruct_keys", [1, 2, 3], true]
p check("one-line pattern") { BAD => [a] } # => ["one-line pattern", "in deconstruct", [1, 2, 3], true]
p check("in") { BAD in { k: 1 } } # => ["in", "in deconstruct_keys", [1, 2, 3], true]
p check("for") { for x in BAD do x end } # => ["for", "in each", [1, 2, 3], true]
p check("coerce") { 1 + BAD } # => ["coerce", "in coerce", [1, 2, 3], true]
p check("coerce compare") { 1 < BAD } # => ["coerce compare", "in coerce", [1, 2, 3], true]
p check("float") { 1.5 * BAD } # => ["float", "in coerce", [1, 2, 3], true]
p check("index") { [1, 2][BAD] } # => ["index", "in to_int", [1, 2, 3], true]
p check("index set") { [1][BAD] = 2 } # => ["index set", "in to_int", [1, 2, 3], true]
p check("string plus") { "a" + BAD } # => ["string plus", "in to_str", [1, 2, 3], true]
p check("times") { [1] * BAD } # => ["times", "in to_str", [1, 2, 3], true]
p check("equal") { BAD == 1 } # => ["equal", "in ==", [1, 2, 3], true]
p check("not equal") { BAD != 1 } # => ["not equal", "in ==", [1, 2, 3], true]
p check("not") { !BAD } # => ["not", "in !", [1, 2, 3], true]
p check("unless") { (not BAD) ? 1 : 2 } # => ["unless", "in !", [1, 2, 3], true]
p check("hash key") { { BAD => 1 } } # => ["hash key", "in hash", [1, 2, 3], true]
p check("hash index") { {}[BAD] } # => ["hash index", [[[1, 2], nil, 3], {}]]
p check("sort") { [BAD, BAD].sort } # => ["sort", "in <=>", [1, 2, 3], true]
p check("include") { [1].include?(BAD) || [BAD].include?(1) } # => ["include", "in ==", [1, 2, 3], true]
p check("range") { (BAD..BAD).to_a } # => ["range", "in <=>", [1, 2, 3], true]
p check("puts") { $stdout.puts(BAD) } # => ["puts", "in to_ary", [1, 2, 3], true]
p check("p") { p BAD } # => ["p", "in inspect", [1, 2, 3], true]
p check("raise") { raise BAD } # => ["raise", "in to_str", [1, 2, 3], true]
p check("join") { [1, [BAD]].join } # => ["join", "in to_str", [1, 2, 3], true]
p check("flatten") { [1, [BAD]].flatten } # => ["flatten", "in to_ary", [1, 2, 3], true]
p check("rescue class") { begin; raise "x"; rescue BAD; 1; end } rescue p [$!.class, $!.message]
# => [TypeError, "class or module required for rescue clause"]
matcher = Module.new { def self.===(e) = raise(IndexError, "in rescue ===") }
p check("rescue ===") { begin; raise "x"; rescue matcher; 1; end } # => ["rescue ===", "in rescue ===", [1, 2, 3], true]
p check("rescue list") { begin; raise "x"; rescue *[TypeError, matcher]; 1; end } # => ["rescue list", "in rescue ===", [1, 2, 3], true]
p check("rescue expression") { begin; raise "x"; rescue raise(IndexError, "in list"); 1; end }
# => ["rescue expression", "in list", [1, 2, 3], true]
p check("default argument") { ->(a, b = raise(IndexError, "default of #{a}"), c = 3) { a }.call(1) }
# => ["default argument", "default of 1", [1, 2, 3], true]
p check("keyword default") { ->(k: raise(IndexError, "k default")) { k }.call } # => ["keyword default", "k default", [1, 2, 3], true]
p check("condition") { 1 if (raise IndexError, "cond") } # => ["condition", "cond", [1, 2, 3], true]
p check("while condition") { i = 0; i += 1 while i < 3 || raise(IndexError, "while #{i}") }
# => ["while condition", "while 3", [1, 2, 3], true]
p check("op assign") { h = { a: 1 }; h[:a] += (raise IndexError, "value"); h } # => ["op assign", "value", [1, 2, 3], true]
p check("or assign") { h = Hash.new { raise IndexError, "default proc" }; h[:q] ||= 1 } # => ["or assign", "default proc", [1, 2, 3], true]
p check("const") { Class.new { const_set(:X, 1); def self.const_missing(n) = raise(IndexError, "missing #{n}") }::Y }
# => ["const", "missing Y", [1, 2, 3], true]
p check("method_missing") { Class.new { def method_missing(n, *) = raise(IndexError, "mm #{n}") }.new.nope(1) }
# => ["method_missing", "mm nope", [1, 2, 3], true]
p check("respond_to_missing") { Class.new { def respond_to_missing?(*) = raise(IndexError, "rtm") }.new.respond_to?(:q) }
# => ["respond_to_missing", "rtm", [1, 2, 3], true]
p check("allocate") { Class.new { def self.allocate = raise(IndexError, "alloc"); def initialize = raise(IndexError, "init") }.new }
# => ["allocate", "init", [1, 2, 3], true]
p check("setter") { Class.new { def v=(x); raise IndexError, "setter #{x}"; end }.new.v = 5 } # => ["setter", "setter 5", [1, 2, 3], true]
p check("setter masgn") { o = Class.new { def v=(x); raise IndexError, "setter #{x}"; end }.new; a, o.v, b = 1, 2, 3; [a, b] }
# => ["setter masgn", "setter 2", [1, 2, 3], true]
p check("to_proc of symbol") { [1].map(&:nope) rescue raise IndexError, $!.class.to_s }
# => ["to_proc of symbol", "NoMethodError", [1, 2, 3], true]
p check("enumerator") { Enumerator.new { |y| y << 1; raise IndexError, "enum" }.to_a } # => ["enumerator", "enum", [1, 2, 3], true]
p check("external enumerator") { e = Enumerator.new { |y| y << 1; raise IndexError, "external" }; [e.next, e.next] }
# => ["external enumerator", "external", [1, 2, 3], true]
p check("at exit of block") { [1, 2].each_slice(BAD) { } } # => ["at exit of block", "in to_int", [1, 2, 3], true]
p $state.size # => 65
