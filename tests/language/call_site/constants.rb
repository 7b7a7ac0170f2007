# SPDX-License-Identifier: MIT
# Constants at one site: redefined, removed, found elsewhere, missing, loaded, private.
$VERBOSE = nil
LIMIT = 1
def limit = LIMIT
seen = [limit, limit]
LIMIT = 2
seen << limit
Object.send(:remove_const, :LIMIT)
seen << (limit rescue $!.class)
def Object.const_missing(name) = name == :LIMIT ? [:missing, name] : super
seen << limit
LIMIT = :back
seen << limit
module Kernel
  LIMIT = :kernel
end
seen << limit
Object.send(:remove_const, :LIMIT)
seen << limit
module Kernel
  remove_const :LIMIT
end
seen << limit
Object.singleton_class.send(:remove_method, :const_missing)
seen << (limit rescue $!.class)
p seen # => [1, 1, 2, NameError, [:missing, :LIMIT], :back, :back, :kernel, [:missing, :LIMIT], NameError]
module Space
  DEPTH = :outer
  class Inner
    def depth = DEPTH
    def self.depth = DEPTH
    def scoped = self.class::DEPTH
    def global = ::DEPTH
  end
end
class SubInner < Space::Inner; end
DEPTH = :top
inner = Space::Inner.new
sub = SubInner.new
read = -> { [inner.depth, Space::Inner.depth, (inner.scoped rescue :none), sub.depth, sub.scoped, sub.global] }
p (read.call rescue $!.class) # => NameError
steps = [-> { Space::Inner.const_set(:DEPTH, :inner) }, -> { SubInner.const_set(:DEPTH, :sub) }, -> { Space.send(:remove_const, :DEPTH) },
         -> { Space::Inner.send(:remove_const, :DEPTH) }, -> { Space::Inner.include(Module.new { const_set(:DEPTH, :included) }) },
         -> { Space.const_set(:DEPTH, :again) }, -> { SubInner.send(:remove_const, :DEPTH) }, -> { Space::Inner.prepend(Module.new { const_set(:DEPTH, :pre) }) }]
steps.each { |step| step.call; p read.call } # => [:inner, :inner, :inner, :inner, :inner, :top]
# => [:inner, :inner, :inner, :inner, :sub, :top]
# => [:inner, :inner, :inner, :inner, :sub, :top]
# => [:top, :top, :none, :top, :sub, :top]
# => [:included, :included, :included, :included, :sub, :top]
# => [:again, :again, :included, :again, :sub, :top]
# => [:again, :again, :included, :again, :included, :top]
# => [:again, :again, :pre, :again, :pre, :top]
class Secret
  KEY = :key
  def self.key = KEY
end
def outside = Secret::KEY
p [Secret.key, outside, (Secret.send(:private_constant, :KEY); Secret.key), (outside rescue $!.class), (Secret.send(:public_constant, :KEY); outside)]
# => [:key, :key, :key, NameError, :key]
p [1, 2].map { |n| Secret.const_set(:KEY, n); Secret.key + outside } # => [2, 4]
path = File.join(__dir__, "fixtures/autoloaded.rb")
autoload :AUTO_LOADED, path
site = -> { AUTO_LOADED }
p defined?(AUTO_LOADED), Object.autoload?(:AUTO_LOADED) == path, 2.times.map { site.call }.uniq, Object.autoload?(:AUTO_LOADED)
# => "constant"
# => true
# => [[:loaded, "nil"]]
# => nil
made = 3.times.map { |i| Object.send(:remove_const, :Shape) if i > 0; eval("class Shape; def v = #{i}; end"); Shape.new.v }
p made # => [0, 1, 2]
p defined?(Nope), (Nope rescue $!.name), defined?(Space::Nope), (Space::Nope rescue $!.receiver), (NOPE ||= 1), (NOPE ||= 2), NOPE # => nil
# => :Nope
# => nil
# => Space
# => 1
# => 1
# => 1
