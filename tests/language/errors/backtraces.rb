# SPDX-License-Identifier: MIT
# Backtraces: frames and labels of methods, blocks, classes, evals, natives; caller and re-raised ones.
def trace = (yield; []) rescue $!.backtrace.map { |l| l[/\A(?:.*\/)?([^\/]*\.rb|\(eval[^)]*\))?:\d+:in .*/] && l[/in .*/].tr("`", "'") }
def labels = trace { yield }.take_while { |l| l !~ /labels|trace/ }
class K
  def inst = raise("x")
  def self.sing = raise("x")
  def blk = [1].each { |x| raise "x" }
  def nested = [1].each { |x| [2].map { |y| raise "x" } }
  def prc = proc { raise "x" }
  def lam = -> { raise "x" }
  define_method(:dm) { raise "x" }
  define_method(:dmb) { [1].each { raise "x" } }
  def rec(n) = n.zero? ? raise("x") : rec(n - 1)
  def through = yield
  def ens
    raise "x"
  ensure
    1
  end
  class << self
    def sing2 = [1].each { raise "x" }
  end
  alias aliased inst
  def initialize(fail = false) = fail && raise("x")
  def +(o) = raise("x")
  def [](i) = raise("x")
  def method_missing(n, *a) = n == :mm ? raise("x") : super
  def respond_to_missing?(*) = false
  def to_s = raise("x")
end
module Mod
  def self.fn = raise("x")
  def mixed = raise("x")
  class Deep
    def inst = raise("x")
  end
end
class K; include Mod; end
k = K.new
p labels { k.inst } # => ["in 'K#inst'", "in 'block in <main>'"]
p labels { K.sing } # => ["in 'K.sing'", "in 'block in <main>'"]
p labels { k.blk } # => ["in 'block in K#blk'", "in 'Array#each'", "in 'K#blk'", "in 'block in <main>'"]
p labels { k.nested } # => ["in 'block (2 levels) in K#nested'", "in 'Array#map'", "in 'block in K#nested'", "in 'Array#each'", "in 'K#nested'", "in 'block in <main>'"]
p labels { k.prc.call }.first # => "in 'block in K#prc'"
p labels { k.lam.call }.first # => "in 'block in K#lam'"
p labels { k.dm } # => ["in 'block in <class:K>'", "in 'block in <main>'"]
p labels { k.dmb } # => ["in 'block (2 levels) in <class:K>'", "in 'Array#each'", "in 'block in <class:K>'", "in 'block in <main>'"]
p labels { k.rec(2) } # => ["in 'K#rec'", "in 'K#rec'", "in 'K#rec'", "in 'block in <main>'"]
p labels { k.through { raise "x" } } # => ["in 'block (2 levels) in <main>'", "in 'K#through'", "in 'block in <main>'"]
p labels { k.ens } # => ["in 'K#ens'", "in 'block in <main>'"]
p labels { K.sing2 } # => ["in 'block in K.sing2'", "in 'Array#each'", "in 'K.sing2'", "in 'block in <main>'"]
p labels { k.aliased } # => ["in 'K#inst'", "in 'block in <main>'"]
p labels { K.new(true) } # => ["in 'K#initialize'", "in 'block in <main>'"]
p labels { k + 1 } # => ["in 'K#+'", "in 'block in <main>'"]
p labels { k[1] } # => ["in 'K#[]'", "in 'block in <main>'"]
p labels { k.mm } # => ["in 'K#method_missing'", "in 'block in <main>'"]
p labels { "#{k}" } # => ["in 'K#to_s'", "in 'block in <main>'"]
p labels { Mod.fn } # => ["in 'Mod.fn'", "in 'block in <main>'"]
p labels { k.mixed } # => ["in 'Mod#mixed'", "in 'block in <main>'"]
p labels { Mod::Deep.new.inst } # => ["in 'Mod::Deep#inst'", "in 'block in <main>'"]
p labels { def k.own = raise("x"); k.own } # => ["in 'own'", "in 'block in <main>'"]
p labels { Class.new { def anon = raise("x") }.new.anon } # => ["in 'anon'", "in 'block in <main>'"]
p labels { class K; raise "x"; end } # => ["in '<class:K>'", "in 'block in <main>'"]
p labels { module Mod; [1].each { raise "x" }; end } # => ["in 'block in <module:Mod>'", "in 'Array#each'", "in '<module:Mod>'", "in 'block in <main>'"]
p labels { class << k; raise "x"; end } # => ["in 'singleton class'", "in 'block in <main>'"]
p labels { eval("raise 'x'") }.size # => 3
p labels { K.class_eval { raise "x" } }.first # => "in 'block (2 levels) in <main>'"
p labels { Integer("x") } # => ["in 'Kernel#Integer'", "in 'block in <main>'"]
p labels { [3, "a"].sort } # => ["in 'Array#sort'", "in 'block in <main>'"]
p labels { { a: 1 }.fetch(:b) } # => ["in 'Hash#fetch'", "in 'block in <main>'"]
p labels { 1 / 0 } # => ["in 'Integer#/'", "in 'block in <main>'"]
p labels { nil + 1 } # => ["in 'block in <main>'"]
p labels { raise "x" rescue raise } # => ["in 'block in <main>'"]
p labels { [1].each { |x| Integer("q") } } # => ["in 'Kernel#Integer'", "in 'block (2 levels) in <main>'", "in 'Array#each'", "in 'block in <main>'"]

# caller and caller_locations count the same frames, from any depth.
def c0 = caller(0).first[/in .*/]
def c1 = caller[0][/in .*/]
def cl(n) = caller_locations(n, 1)&.first&.label
def depth = caller.size
def deep(n) = n.zero? ? depth : deep(n - 1)
base = depth
p c0, c1, cl(0), cl(1), cl(99), deep(3) - base, [1].map { c1 }, [1].map { [2].map { cl(1) } } # => "in 'Object#c0'"
# => "in '<main>'"
# => "Object#cl"
# => "<main>"
# => nil
# => 4
# => ["in 'block in <main>'"]
# => [["block (2 levels) in <main>"]]
p caller.size, caller(0).size, caller_locations(0)[0].lineno == __LINE__, caller_locations(0)[0].base_label, caller(1, 0), (caller(-1) rescue $!.class)
# => 0
# => 1
# => true
# => "<main>"
# => []
# => ArgumentError
def location = caller_locations(1, 1)[0]
here = location; line = __LINE__
p here.lineno == line, here.path == __FILE__, File.basename(here.absolute_path) == File.basename(__FILE__), here.label, here.to_s.end_with?("in '<main>'")
# => true
# => true
# => true
# => "<main>"
# => true
class K
  def where = caller_locations(0, 1)[0].then { |l| [l.label, l.base_label] }
  def where_block = [1].map { caller_locations(0, 1)[0].then { |l| [l.label, l.base_label] } }[0]
  def self.where = caller_locations(0, 1)[0].label
end
p k.where, k.where_block, K.where # => ["K#where", "where"]
# => ["block in K#where_block", "where_block"]
# => "K.where"

# What a program may do with a backtrace.
e = (raise "kept" rescue $!)
own = e.backtrace.dup
f = (raise e rescue $!)
p f.equal?(e), f.backtrace == own, RuntimeError.new("new").backtrace, RuntimeError.new("new").backtrace_locations # => true
# => true
# => nil
# => nil
g = RuntimeError.new("set")
g.set_backtrace(["a:1", "b:2"])
p g.backtrace, (raise g rescue $!.backtrace), g.backtrace_locations, (raise "x", cause: nil rescue $!.cause), (raise RuntimeError, "m", ["c:3"] rescue $!.backtrace)
# => ["a:1", "b:2"]
# => ["a:1", "b:2"]
# => nil
# => nil
# => ["c:3"]
h = e.exception("other")
p h.equal?(e), h.message, h.class, (e.set_backtrace(nil); e.backtrace), (g.set_backtrace(5) rescue $!.class) # => false
# => "other"
# => RuntimeError
# => nil
# => TypeError
