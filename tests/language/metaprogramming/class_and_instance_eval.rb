# SPDX-License-Identifier: MIT
# class_eval, class_exec, instance_eval and instance_exec: self, definee, constants, locals, values.
class Thing
  KIND = :thing
  @civar = :class_level
  @@cvar = :shared
  def initialize = @iv = :iv
  private def secret = :secret
end
KIND = :top
thing = Thing.new
local = 1

# Text and block differ in where constants and class variables are looked up.
p Thing.class_eval("def foo; 42; end"), thing.foo, Thing.class_eval { def bar = 43 }, thing.bar # => :foo
# => 42
# => :bar
# => 43
p Thing.class_eval("[self, KIND, @civar, @@cvar, local]"), Thing.class_eval { [self, KIND, @civar, local += 1] }
# => [Thing, :thing, :class_level, :shared, 1]
# => [Thing, :top, :class_level, 2]
p Thing.class_eval { @@other rescue $!.class }, Thing.class_exec(1, 2) { |a, b| [self, a + b] }, Thing.module_exec(3) { |x| @set = x }
# => RuntimeError
# => [Thing, 3]
# => 3
p Thing.instance_variable_get(:@set), Thing.class_eval("NEW = KIND; NEW"), Thing::NEW, (Thing.class_eval { NEWER = 5 }), (Thing::NEWER rescue $!.class), NEWER
# => 3
# => :thing
# => :thing
# => 5
# => NameError
# => 5
p thing.instance_eval { [self.equal?(thing), @iv, secret, local] }, thing.instance_eval("[@iv, secret, local += 1]"), local
# => [true, :iv, :secret, 2]
# => [:iv, :secret, 3]
# => 3
p thing.instance_exec(5) { |x| @iv = [x, local] }, thing.instance_eval { @iv }, thing.instance_eval("@fresh = 9"), thing.instance_variables
# => [5, 3]
# => [5, 3]
# => 9
# => [:@iv, :@fresh]
p 5.instance_eval { self + 1 }, nil.instance_eval { inspect }, :s.instance_exec(:t) { |o| [self, o] }, 5.instance_eval("self * 2") # => 6
# => "nil"
# => [:s, :t]
# => 10

# def inside goes to the class, to the singleton class, or to the class of the method around it.
Thing.class_eval { def in_class = :in_class }
thing.instance_eval { def only_here = :only_here }
Thing.instance_eval { def class_method = [self, :class_method] }
Thing.instance_eval("def class_method2 = KIND")
p thing.in_class, thing.only_here, (Thing.new.only_here rescue $!.class), Thing.class_method, (Thing.class_method2 rescue $!.class)
# => :in_class
# => :only_here
# => NoMethodError
# => [Thing, :class_method]
# => :top
def definer(target) = target.instance_eval { def nested_def = :nested; self }
p definer(thing).nested_def, (Thing.new.nested_def rescue $!.class) # => :nested
# => NoMethodError
class Thing
  def make = Thing.class_eval { def made_inside = :made_inside }
  def make_plain = (def plain_inside = :plain; plain_inside)
  def make_by_block = [1].each { def by_block = :by_block }
end
thing.make
p thing.made_inside, thing.make_plain, Thing.new.plain_inside, thing.make_by_block, Thing.new.by_block # => :made_inside
# => :plain
# => :plain
# => [1]
# => :by_block
Thing.class_eval { private; def made_private = 1 }
p (thing.made_private rescue $!.class) # => NoMethodError
Thing.class_eval("private\ndef text_private = 1")
Thing.class_eval { def still_public = 2 }
p (thing.text_private rescue $!.class), thing.still_public # => NoMethodError
# => 2
Thing.class_eval { attr_accessor :acc; alias_method :acc2, :acc; define_method(:dm) { acc2 } }
thing.acc = 3
p thing.dm, Thing.class_eval { instance_methods(false).include?(:dm) } # => 3
# => true

# Values, jumps and errors.
def leave(t) = t.class_eval { return :left }
p leave(Thing), Thing.class_eval { next :nexted }, (thing.instance_eval { break :broke }) # => :left
# => :nexted
# => :broke
p (thing.instance_exec(1, &->(x) { [x, self.class] })), (thing.instance_exec(&-> { 1 }) rescue $!.class), (Thing.class_eval(5) rescue $!.class), (Thing.class_eval rescue $!.class)
# => [1, Thing]
# => 1
# => TypeError
# => ArgumentError
begin
  Thing.class_eval("def x\n  1 +\nend end", "some.rb", 5)
rescue SyntaxError => e
  p e.message.include?("some.rb") # => true
end
Thing.class_eval("def located = [__FILE__, __LINE__]\n\ndef fails = raise('here')", "other.rb", 100)
p thing.located, (thing.fails rescue $!.backtrace[0][/\Aother.rb:\d+/]), Thing.instance_method(:fails).source_location
# => ["other.rb", 100]
# => "other.rb:102"
# => ["other.rb", 102]
p Thing.class_eval("[__FILE__ == #{__FILE__.inspect}, __LINE__]").last # => 1

# Nested evals, evals of modules and of singleton classes, super and yield through them.
module Extra
  def extra = [:extra, (super rescue :no_super)]
end
class Thing; def extra = :thing_extra; end
Thing.class_eval { prepend Extra }
p thing.extra, Thing.class_eval { thing.instance_eval { self.class.class_eval { self } } } # => [:extra, :thing_extra]
# => Thing
p thing.singleton_class.class_eval { def sing = [:sing, self.class]; self.inspect.start_with?("#<Class:#<Thing") }, thing.sing # => true
# => [:sing, Thing]
p thing.singleton_class.instance_eval { self.singleton_class? }, Thing.singleton_class.class_eval("def via_text = @civar; self"), Thing.via_text
# => true
# => #<Class:Thing>
# => :class_level
def yielder = Thing.class_eval { yield self }
p yielder { |k| k.name }, thing.instance_eval { [1, 2].map { |x| [x, @iv.class] } } # => "Thing"
# => [[1, Array], [2, Array]]
class Dsl
  def self.build(&block) = new.tap { |d| d.instance_eval(&block) }
  def method_missing(name, *args, &block) = (@out ||= []) << [name, *args, block && self.class.build(&block).out]
  def respond_to_missing?(*) = true
  attr_reader :out
end
width = 5
p Dsl.build { a 1; b(width) { c; d { e width += 1 } }; self.f = 3 }.out, width
# => [[:a, 1, nil], [:b, 5, [[:c, nil], [:d, [[:e, 6, nil]]]]], [:f=, 3, nil]]
# => 6
p Class.new { class_eval { def x = 1 }; class_exec(2) { |v| define_method(:y) { v } }; instance_eval { def z = 3 } }.then { |k| [k.new.x, k.new.y, k.z] }
# => [1, 2, 3]
p Module.new { module_eval("X_IN = 1"); module_function; def mf = :mf }.then { |m| [m::X_IN, m.mf] } # => [1, :mf]
p BasicObject.new.instance_eval { 7 }, BasicObject.new.instance_exec(8) { |x| x }, Object.new.instance_eval { singleton_class.instance_methods(false) }
# => 7
# => 8
# => []
