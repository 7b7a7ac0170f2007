# SPDX-License-Identifier: MIT
# Hooks of definitions: order, arguments, values, and what is left when one of them raises.
$log = []
class Watcher
  def self.inherited(sub) = ($log << [:inherited, sub.name, sub.superclass.name]; super)
  def self.method_added(name) = $log << [:added, name]
  def self.singleton_method_added(name) = $log << [:singleton_added, name]
  def self.method_removed(name) = $log << [:removed, name]
  def self.method_undefined(name) = $log << [:undefined, name]
  def self.const_missing(name) = ($log << [:missing, name]; name)
end
class Sub < Watcher
  def a = 1
  def self.b = 2
  attr_accessor :c
  alias d a
  define_method(:e) { }
  private def f = 3
  remove_method :d
  undef_method :a
  undef e
  Missing
  class << self
    def g = 4
    attr_reader :h
  end
end
p $log # => [[:singleton_added, :singleton_method_added], [:singleton_added, :method_removed], [:singleton_added, :method_undefined], [:singleton_added, :const_missing], [:inherited, "Sub", "Watcher"], [:added, :a], [:singleton_added, :b], [:added, :c], [:added, :c=], [:added, :d], [:added, :e], [:added, :f], [:removed, :d], [:undefined, :a], [:undefined, :e], [:missing, :Missing], [:singleton_added, :g], [:singleton_added, :h]]
$log.clear
Anon = Class.new(Watcher) { $log << :body; def in_body = 1 }
obj = Anon.new
class << obj
  def self.singleton_method_added(n) = nil
end
def obj.singleton_method_added(n) = $log << [:on_object, n]
def obj.own = 1
obj.define_singleton_method(:own2) { }
p $log # => [[:inherited, nil, "Watcher"], :body, [:added, :in_body], [:on_object, :singleton_method_added], [:on_object, :own], [:on_object, :own2]]
$log.clear
module Mixin
  def self.included(base) = $log << [:included, base.to_s, base.include?(self)]
  def self.extended(base) = $log << [:extended, base.class]
  def self.prepended(base) = $log << [:prepended, base.to_s, base.ancestors.first == self]
  def self.append_features(base) = ($log << :append; super)
  def self.extend_object(o) = ($log << :extend_object; super)
  def self.prepend_features(base) = ($log << :prepend; super)
  def self.method_added(n) = $log << [:mixin_added, n]
  def late = 1
end
class User; include Mixin; end
Object.new.extend(Mixin)
class User2; prepend Mixin; end
p $log # => [[:mixin_added, :late], :append, [:included, "User", true], :extend_object, [:extended, Object], :prepend, [:prepended, "User2", true]]

# A hook that raises: the definition before it stands, what follows does not happen.
def try = (yield; :no_error) rescue [$!.class, $!.message]
class Strict
  def self.inherited(sub) = raise(TypeError, "final")
  def self.method_added(n) = (raise NameError, "bad #{n}" if n.start_with?("bad"))
  def self.singleton_method_added(n) = (raise NameError, "no #{n}" if n == :no)
end
p try { eval "class Heir < Strict; REACHED = 1; end" }, defined?(Heir), (defined?(Heir::REACHED)) # => [TypeError, "final"]
# => "constant"
# => nil
p try { Class.new(Strict) } # => [TypeError, "final"]
class Strict
  p try { def bad_one = 1 }, method_defined?(:bad_one), try { def self.no = 1 }, respond_to?(:no), (def fine = 2), new.bad_one
  # => [NameError, "bad bad_one"]
  # => true
  # => [NameError, "no no"]
  # => true
  # => :fine
  # => 1
  begin
    def bad_two
      :two
    end
    REACHED = 1
  rescue NameError
    NOT_REACHED = defined?(REACHED)
  end
  p NOT_REACHED, try { attr_reader :bad_attr }, method_defined?(:bad_attr), try { alias_method :bad_alias, :fine }, try { define_method(:bad_dm) { } }
  # => nil
  # => [NameError, "bad bad_attr"]
  # => true
  # => [NameError, "bad bad_alias"]
  # => [NameError, "bad bad_dm"]
end
module Refuses
  def self.included(base) = raise(ArgumentError, "not in #{base}")
  def refused = 1
end
class Wants; end
p try { Wants.include(Refuses) }, Wants.include?(Refuses), Wants.method_defined?(:refused) # => [ArgumentError, "not in Wants"]
# => true
# => true
class Half
  def one = 1
  begin
    def two = 2
    raise "in body"
    def three = 3
  rescue RuntimeError => e
    MESSAGE = e.message
  end
  def four = 4
end
p Half.instance_methods(false).sort, Half::MESSAGE # => [:four, :one, :two]
# => "in body"
p try { class Half; def five = 5; raise "out of body"; def six = 6; end }, Half.instance_methods(false).sort.last, self.inspect, Module.nesting
# => [RuntimeError, "out of body"]
# => :two
# => "main"
# => []
value = [1, 2].each { |i| class Half; SEEN = 1 unless const_defined?(:SEEN); end; break i * 10 if i == 2 }
p value, (class Half; [1].each { |x| break x + 1 }; end), (class Half; next_value = [1, 2].map { |x| next 5 if x == 1; x }; end) # => 20
# => 2
# => [5, 2]
def returns_from_sclass(o)
  class << o
    def marked = 1
    return :returned
  end
end
p returns_from_sclass(s = Object.new), s.marked # => :returned
# => 1
p catch(:out) { class Half; throw :out, self.name; end }, (class Half; self; end), try { class Half < String; end }, try { class Half; undef nothing; end }
# => "Half"
# => Half
# => [TypeError, "superclass mismatch for class Half"]
# => [NameError, "undefined method 'nothing' for class 'Half'"]
p try { class Half; alias x nothing; end }, try { module Half; end }.first, try { class NoConst::Inner; end }.first, try { class Half::Deep; def d = 1; end }, Half::Deep.new.d
# => [NameError, "undefined method 'nothing' for class 'Half'"]
# => TypeError
# => NameError
# => :no_error
# => 1
p try { Class.new(5) }, try { Class.new(Class) }, try { class BadSuper < 5; end }, try { BasicObject.new.singleton_method_added(1) }.first
# => [TypeError, "superclass must be an instance of Class (given an instance of Integer)"]
# => [TypeError, "can't make subclass of Class"]
# => [TypeError, "superclass must be an instance of Class (given an instance of Integer)"]
# => NoMethodError

# at_exit, END and ObjectSpace hooks are registered once each time they are reached.
$log.clear
at_exit { p $log } # => [3, :rescued, 2, :nested, 1, :once]
2.times { END { $log << :once } }
at_exit { $log << 1 }
at_exit { $log << 2; at_exit { $log << :nested } }
at_exit { ($log << 3) && (raise "ignored" rescue $log << :rescued) }
