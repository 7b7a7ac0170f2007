# SPDX-License-Identifier: MIT
# eval in scope: reads, writes and defines locals; syntax errors; self, constants, jumps and nesting.
p eval("1 + 2"), eval(""), eval("# only a comment"), eval("x = 5; x * 2"), eval("puts 'printed'") # => printed
# => 3
# => nil
# => nil
# => 10
# => nil
a = 1
eval("a += 1; b_new = a * 10")
p a, (defined?(b_new)), binding.local_variable_defined?(:b_new), eval("defined?(b_new)") # => 2
# => nil
# => false
# => nil
p eval("a"), eval("[a, (a = 7), a]"), a # => 2
# => [2, 7, 7]
# => 7
def in_method(p1, *rest, k: 3, &blk)
  local = 4
  eval("local += p1 + rest.sum + k + blk.call; fresh = local")
  [local, eval("local"), binding.local_variables]
end
p in_method(1, 2, 3) { 100 } # => [113, 113, [:p1, :rest, :k, :blk, :local]]

# A binding keeps the locals that eval defined; another binding of the same place does not see them.
b = binding
b.eval("kept = 1")
eval("kept += 1", b)
p b.eval("kept"), (eval("kept") rescue $!.class), binding.local_variable_defined?(:kept), b.local_variable_get(:kept) # => 2
# => NameError
# => false
# => 2
def new_binding = (x = 10; binding)
b1 = new_binding
b2 = new_binding
b1.eval("x += 1; y = x")
p b1.eval("[x, y]"), b2.eval("x"), (b2.eval("y") rescue $!.class), b1.local_variables.sort, b2.local_variables # => [11, 11]
# => 10
# => NameError
# => [:x, :y]
# => [:x]
b1.local_variable_set(:z, 5)
p b1.eval("z + y"), b1.local_variable_defined?(:q), (b1.local_variable_get(:q) rescue $!.class), (b1.local_variable_set("no way", 1) rescue $!.class)
# => 16
# => false
# => NameError
# => NameError
counter = b1.eval("-> { x += 1 }")
counter.call

# Blocks and lambdas made by eval capture; evals nest; evals in loops define anew each time.
add = eval("->(n) { a + n }")
a = 100
p add.call(1), eval("[1, 2].map { |v| a += v }"), a # => 101
# => [101, 103]
# => 103
p eval('eval("eval(%q(a + 1)) + 1") + 1'), eval("q = 2; eval('q += 1; r = q'); [q, (defined?(r))]") # => 106
# => [3, "local-variable"]
p 3.times.map { |i| eval("(defined?(once)).inspect + (once = i).to_s") } # => ["nil0", "nil1", "nil2"]
i = 0
r = []
while i < 3
  eval("i += 1; i == 2 ? r << :two : r << i")
end
p r # => [1, :two, 3]
def param_shadow(a) = eval("[1].map { |a| a + 1 } + [a]")
p param_shadow(5), eval("lambda { |a = 3| a }.call"), a # => [2, 5]
# => 3
# => 103

# self, constants, class variables, default definee and visibility of the place.
module Outer
  NAME = :outer
  class Inner
    @@shared = 1
    NAME_INNER = :inner
    def ev(text) = eval(text)
    def bind = binding
    def self.ev(text) = eval(text)
    private def hidden = :hidden
  end
end
o = Outer::Inner.new
p o.ev("[self.class, NAME, NAME_INNER, @@shared, hidden, __method__, Module.nesting]")
# => [Outer::Inner, :outer, :inner, 1, :hidden, :ev, [Outer::Inner, Outer]]
p o.ev("@v = 1; @@shared += 1; def made = @v; made"), o.made, Outer::Inner.ev("@@shared"), Outer::Inner.ev("def self.cm = :cm; cm") # => 1
# => 1
# => 2
# => :cm
p o.bind.receiver.equal?(o), o.bind.eval("hidden"), (o.bind.eval("Nope") rescue $!.message), o.bind.eval("self.class::NAME_INNER") # => true
# => :hidden
# => "uninitialized constant Outer::Inner::Nope"
# => :inner
p eval("self.to_s"), eval("NAME rescue $!.class"), eval("module Outer; NAME; end"), eval("class EvalMade; V = 1; def v = V; end; EvalMade.new.v")
# => "main"
# => NameError
# => :outer
# => 1
p o.ev("block_given?"), o.instance_eval { eval("@v") }, Outer.module_eval { eval("self") }, Outer.module_eval("NAME") # => false
# => 1
# => Outer
# => :outer

# Jumps, exceptions and values out of evaluated text.
def returns = (eval("return 1"); 2)
p returns # => 1
["break x", "next x", "redo"].each do |text|
  p [1, 2].map { |x| eval(text) }
rescue SyntaxError => e
  p [text, e.class] # => ["break x", SyntaxError]
  # => ["next x", SyntaxError]
  # => ["redo", SyntaxError]
end
p [1, 2, 3].each { |x| eval("-> { return }.call; [1].each { break }; while true do break end"); break x if x == 2 } # => 2
p [1, 2, 3].map { |x| eval("x == 2 ? (raise 'two') : x") rescue $!.message } # => [1, "two", 3]
p catch(:t) { eval("throw :t, 3") }, eval("begin; raise 'a'; rescue; 'r'; ensure; a = 0; end"), a # => 3
# => "r"
# => 0
p eval("[__FILE__ == #{__FILE__.inspect}, __LINE__]"), eval("\n\n__LINE__"), eval("__LINE__", nil, "f", 9), eval("[__FILE__, __LINE__]", b, "g.rb", 77)
# => [false, 1]
# => 3
# => 9
# => ["g.rb", 77]
["1 +", "def", "foo(", "end", "@1 = 2", "'abc", "break", "1 = 2", "x y z w: 1,"].each do |text|
  eval(text)
  p [text, :no_error]
rescue SyntaxError => e
  p [text, e.class, e.is_a?(ScriptError), e.is_a?(StandardError)] # => ["1 +", SyntaxError, true, false]
  # => ["def", SyntaxError, true, false]
  # => ["foo(", SyntaxError, true, false]
  # => ["end", SyntaxError, true, false]
  # => ["@1 = 2", SyntaxError, true, false]
  # => ["'abc", SyntaxError, true, false]
  # => ["break", SyntaxError, true, false]
  # => ["1 = 2", SyntaxError, true, false]
  # => ["x y z w: 1,", SyntaxError, true, false]
end
begin
  eval("1\n2\nraise 'line three'", nil, "given.rb", 10)
rescue => e
  p e.backtrace[0][/\A[\w.]+:\d+/], e.backtrace_locations&.first&.lineno # => "given.rb:12"
  # => 12
end
begin
  eval("def self.broken\n  nil.nope\nend\nbroken", nil, "second.rb")
rescue NoMethodError => e
  p e.backtrace.first(2).map { |l| l[/\A\w+\.rb:\d+/] } # => ["second.rb:2", "second.rb:4"]
end
p (eval(:sym) rescue $!.class), (eval(nil) rescue $!.class), (eval("1", 5) rescue $!.class), eval("\"\#{a}\#{1 + 1}\""), eval("%w[a b].map(&:upcase)")
# => TypeError
# => TypeError
# => TypeError
# => "02"
# => ["A", "B"]
p eval("[1, 2].map { _1 + a }"), eval("->(x) do x end").call(4), eval("<<~T\n  heredoc \#{a}\nT\n"), eval("if a == 0 then :zero end"), eval("a = b = 3; [a, b]"), b
# => [1, 2]
# => 4
# => "heredoc 0\n"
# => :zero
# => [3, 3]
# => 3
