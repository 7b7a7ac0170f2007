# Reflections: what objects, methods, scopes and jumps tell about themselves. Copies run their hooks,
# delegators are written as text, methods are taken apart and put together, bindings reach into other
# scopes, and control leaves blocks in every way there is. It goes with mirror.rb, which builds the
# larger machines.

# ---- printing ----------------------------------------------------------------------------------

module Show
  class << self
    def title(text)
      puts
      puts text.upcase
      puts "=" * text.length
    end

    def fact(label, value)
      puts "#{label.to_s.ljust(26)} #{plain(value)}".rstrip
    end

    # The text of a value; hashes are written by hand because their inspect differs.
    def plain(value)
      case value
      when Hash then "{" + value.map { |k, v| "#{plain(k)}=#{plain(v)}" }.join(", ") + "}"
      when Array then "[" + value.map { |v| plain(v) }.join(", ") + "]"
      when Module then value.name || "anonymous #{value.class.name.downcase}"
      when nil then "nil"
      when Method, UnboundMethod then "#{plain(value.owner)}##{value.name}/#{value.arity}"
      else value.to_s
      end
    end

    # The class of the exception that the block raises, or its value when it raises nothing.
    def outcome(label)
      fact(label, yield)
    rescue StandardError => error
      fact(label, "raised #{error.class}")
    end
  end
end

# ---- copies and frozen things ------------------------------------------------------------------

class Node
  include Comparable
  attr_accessor :value, :children
  attr_reader :copies

  def initialize(value, *children) = (@value, @children, @copies = value, children, [])
  def <=>(other) = other.is_a?(Node) ? value <=> other.value : nil
  def depth = 1 + (children.map(&:depth).max || 0)
  def deep_freeze = freeze.tap { children.each(&:deep_freeze).freeze }
  def to_s = children.empty? ? value.to_s : "#{value}(#{children.join(" ")})"

  def initialize_copy(other)
    super
    @copies += [:copy]
    @children = other.children.map(&:dup)
  end

  def initialize_dup(other) = (super; @copies += [:dup])

  def initialize_clone(other, freeze: nil)
    super
    @copies += [:clone, freeze]
  end
end

Show.title "Copies"
root = Node.new(1, Node.new(2, Node.new(3)), Node.new(4))
def root.nickname = "root of #{value}"
twin, clone, thawed = root.dup, root.clone, root.deep_freeze.clone(freeze: false)
root_frozen = root.clone
Show.fact "tree", [root, root.depth]
Show.fact "hooks", [twin, clone, thawed, root_frozen].map(&:copies)
Show.fact "frozen", [root, twin, clone, thawed, root_frozen].map(&:frozen?)
Show.fact "singleton kept", [twin, clone, thawed].map { |n| n.respond_to?(:nickname) }
Show.fact "independent", [twin.tap { |t| t.children[0].value = 9 }, root]
Show.outcome("change a frozen node") { root.value = 0 }
Show.outcome("change a frozen child") { root.children[0].value = 0 }
Show.outcome("grow a frozen list") { root.children << 1 }
Show.outcome("method on a frozen object") { def root.other = 1 }
Show.fact "comparable", [Node.new(3).between?(twin, Node.new(5)), Node.new(7).clamp(twin, Node.new(5)).value]
Show.outcome("incomparable") { Node.new(1) < 3 }
frozen_class = Class.new { def one = 1 }.freeze
Show.outcome("method on a frozen class") { frozen_class.define_method(:two) { 2 } }
Show.fact "thawed class", frozen_class.dup.tap { |c| c.define_method(:two) { 2 } }.new.two

# ---- delegators --------------------------------------------------------------------------------

module Delegation
  def delegate(*names, to:, prefix: nil, allow_nil: false)
    names.map do |name|
      made = prefix ? :"#{prefix}_#{name}" : name
      call = allow_nil ? "&." : "."
      args = name.end_with?("=") ? "(value)" : "(...)"
      pass = name.end_with?("=") ? " = value" : "(...)"
      module_eval "def #{made}#{args}\n  #{to}#{call}#{name.to_s.delete_suffix("=")}#{pass}\nend", "delegation", 1
      made
    end
  end
end

class Wrapper < Module
  def initialize(target, *names)
    super()
    @target = target
    names.each { |name| define_method(name) { |*a, &b| instance_variable_get(target).__send__(name, *a, &b) } }
  end

  def inspect = "Wrapper(#{@target})"
  def included(base) = base.instance_variable_set(:@wrapped, @target)
end

class Team
  extend Delegation
  include Wrapper.new(:@members, :each, :size, :<<)
  include Enumerable
  class << self
    attr_reader :wrapped
  end
  attr_accessor :captain
  NAMES = delegate(:upcase, :slice, to: :captain, prefix: :captain, allow_nil: true)
  SETTERS = delegate(:captain=, to: :self, prefix: :new)
  protected def members = @members
  def initialize(*members) = @members = members
  def same?(other) = members == other.members
end

Show.title "Delegation"
team = Team.new("ann", "bob")
Show.fact "made", [Team::NAMES, Team::SETTERS]
Show.fact "nobody", [team.captain_upcase, team.public_send(:new_captain=, "zoe"), team.captain_upcase, team.captain_slice(0, 2)]
Show.fact "enumerable", [(team << "cyd").size, team.sort_by { |m| -m.ord }, team.each_slice(2).to_a, team.include?("bob")]
Show.fact "lazy", team.lazy.map(&:upcase).reject { |m| m.start_with?("B") }.first(2)
Show.fact "module object", [Team.ancestors[2].inspect, Team.wrapped, Team.ancestors[2].class]
Show.fact "protected", team.same?(Team.new("ann", "bob", "cyd"))
Show.outcome("protected outside") { team.members }
Show.fact "where", Team.instance_method(:captain_upcase).source_location

# ---- methods as objects ------------------------------------------------------------------------

module Everything
  def all(a, b = 1, *c, d, e:, f: 2, **g, &h) = [a, b, c, d, e, f, g.size, h&.call]
  def pair((left, right), plain) = [left, right, plain]
  module_function def twice(x) = x * 2
end

Show.title "Methods"
holder = Object.new.extend(Everything)
all = holder.method(:all)
Show.fact "parameters", all.parameters.map { |kind, name| "#{kind} #{name}" }
Show.fact "arities", [all.arity, Everything.instance_method(:pair).arity, Everything.method(:twice).arity]
Show.fact "called", [all.call(1, 2, e: 3), all.unbind.bind_call(holder, 1, 2, 3, 4, 5, e: 6, z: 7) { 8 }]
Show.fact "destructured", holder.pair([1, 2], 3)
Show.fact "pattern parameter", Everything.instance_method(:pair).parameters.map(&:size)
Show.fact "module function", [Everything.twice(4), holder.respond_to?(:twice), holder.send(:twice, 5)]
Show.fact "composed", [(Everything.method(:twice) >> :to_s.to_proc << ->(x) { x + 1 }).call(4), %w[1 2].map(&method(:Integer))]
Show.fact "curried", Everything.method(:twice).to_proc.curry[6] + holder.method(:pair).curry[[1, 2]][3].sum
Show.fact "owners", [all.owner, all.receiver.equal?(holder), all.name, [].method(:map).owner, 3.method(:then).owner]
Show.outcome("wrong receiver") { Integer.instance_method(:succ).bind("x") }
Show.fact "unbound from a module", Kernel.instance_method(:frozen?).bind_call(:a)
Show.fact "lambda-ness", [all.to_proc.lambda?, proc {}.lambda?, :a.to_proc.lambda?]
Show.fact "proc parameters", [proc { |a, (b, c), *d, e: 1| }.parameters.map(&:first), proc { |x| }.arity, lambda { |*, k:| }.arity]
counter = 0
add = holder.define_singleton_method(:add) { |by = 1| counter += by }
Show.fact "closures", [add, holder.add, holder.add(5), counter, holder.singleton_methods(false)]
Show.fact "equal methods", [all == holder.method(:all), all.eql?(holder.clone.method(:all)), all.unbind == holder.method(:all).unbind]

# ---- bindings, constants and nesting -----------------------------------------------------------

module Outer
  LEVEL = :outer
  module Inner
    LEVEL = :inner
    NESTING = Module.nesting
    class Deep
      def self.levels = [LEVEL, Outer::LEVEL, Module.nesting.size]
      def self.look(&block) = class_exec(&block)
    end
  end
end

class Outer::Inner::Deep
  def self.flat = [Module.nesting, defined?(LEVEL).inspect]
end

def secret_scope
  hidden = 41
  adder = ->(n) { hidden += n }
  [binding, adder]
end

Show.title "Scopes"
Show.fact "nesting", Outer::Inner::NESTING
Show.fact "levels", Outer::Inner::Deep.levels
Show.fact "compact style", Outer::Inner::Deep.flat
Show.fact "const_get", [Outer.const_get("Inner::LEVEL"), Outer::Inner.const_get(:String), Outer.const_defined?("Inner::None")]
Show.fact "source of a constant", Outer::Inner.const_source_location(:LEVEL).last - Outer.const_source_location(:LEVEL).last
Show.outcome("not inherited") { Outer.const_get(:String, false) }
Show.fact "self in a block", Outer::Inner::Deep.look { self }
Outer.send(:remove_const, :LEVEL)
Show.fact "after removal", [Outer.constants, Outer.const_defined?(:LEVEL)]
Outer.private_constant :Inner
Show.outcome("private constant") { Outer::Inner }
Show.fact "by force", Outer.const_get(:Inner)
inner, adder = secret_scope
adder.call(1)
inner.eval("hidden *= 2; fresh = hidden")
Show.fact "shared variable", [inner.local_variable_get(:hidden), adder.call(0), inner.local_variables.first(2)]
Show.fact "block's binding", [1, 2].map { |n| binding }.map { |b| b.local_variable_get(:n) }
Show.fact "receiver", [inner.receiver.to_s, holder.instance_eval { binding }.receiver.equal?(holder)]
Show.fact "eval line", eval("[__FILE__, __LINE__]", nil, "inline", 77)
Show.fact "defined?", [defined?(inner), defined?(@nope), defined?(puts), defined?(String), defined?(3 + 3), defined?(zed)]
Renamed = Class.new(Struct.new(:a, :b)) { def total = a + b }
Show.fact "named by constant", [Renamed, Renamed.superclass.name, Renamed.new(1, 2).total, Renamed.members]
Show.fact "late name", Module.new.then { |m| [m.name, Outer.const_set(:Late, m).name] }

# ---- catch, throw and the rest of control flow -------------------------------------------------

def search(tree, wanted, path = [])
  throw :found, path if tree == wanted
  tree.each_with_index { |branch, i| search(branch, wanted, path + [i]) } if tree.is_a?(Array)
  nil
end

def layered(log)
  yield
  log << :body
ensure
  log << :ensure
end

Show.title "Jumps"
Show.fact "found", catch(:found) { search([1, [2, [3, :x]], 4], :x) || :absent }
Show.fact "absent", catch(:found) { search([1], 5) || :absent }
log = []
Show.fact "through ensure", [catch { |tag| layered(log) { layered(log) { throw tag, :out } } }, log]
Show.fact "nested tags", catch(:a) { catch(:b) { throw :a, 1 } + 1 }
Show.fact "break value", [1, 2, 3].each { |n| break n * 10 if n == 2 }
Show.fact "next in a lambda", [1, 2, 3].map(&->(n) { next 0 if n == 2; n })
attempts = 0
Show.fact "retried", begin
  attempts += 1
  raise ArgumentError, "again" if attempts < 3
  attempts
rescue ArgumentError
  retry
else
  "tried #{attempts} times"
ensure
  log << :done
end
Show.fact "log", log
filter = Module.new { def self.===(error) = error.message.include?("42") }
Show.fact "dynamic rescue", begin
  raise "code 42"
rescue filter => error
  error.message
end
wrapped = begin
  begin
    Integer("zz")
  rescue ArgumentError
    raise KeyError, "outer"
  end
rescue KeyError => error
  [error.message, error.cause.class, error.cause.cause]
end
Show.fact "causes", wrapped
