# Classes, singletons, constants, attributes, modules and hooks.
class Animal
  SOUND = "..."
  attr_accessor :name
  attr_writer :age
  @@count = 0
  class << self
    attr_reader :registry
    def inherited(sub)
      super
      (@registry ||= []) << sub.name
    end

    def count = @@count
  end

  def initialize(name)
    @name = name
    @@count += 1
  end

  def speak = "#{name}: #{self.class::SOUND}"
  def ==(other) = other.is_a?(Animal) && name == other.name
  def to_s = "<#{@name}>"
end

class Dog < Animal
  SOUND = "Woof"
  def fetch = yield(name)
end

d = Dog.new("Rex")
puts d.speak # => Rex: Woof
puts d # => <Rex>
puts d.fetch { |n| n.upcase } # => REX
p d == Animal.new("Rex") # => true
p Animal.count # => 2
p Animal.registry # => ["Dog"]
d.age = 3
p d.instance_variables # => [:@name, :@age]
p d.instance_variable_get(:@age) # => 3

def d.trick = "roll"
puts d.trick # => roll
p d.singleton_methods # => [:trick]
p Dog.instance_methods(false).sort # => [:fetch]
p Dog.superclass # => Animal

module Greeting
  def self.included(base)
    base.extend(ClassMethods)
  end

  module ClassMethods
    def greeting = "class greeting"
  end

  def greet = "hi #{name}"
end
class Dog
  include Greeting
end
puts d.greet # => hi Rex
puts Dog.greeting # => class greeting
p Dog.include?(Greeting) # => true

class Meta
  %w[a b].each do |n|
    define_method("get_#{n}") { |x = 1| "#{n}#{x}" }
  end
  def method_missing(name, *args) = name == :dyn ? args : super
  def respond_to_missing?(*) = true
end
puts Meta.new.get_a # => a1
puts Meta.new.get_b(5) # => b5
p Meta.new.dyn(1) # => [1]
p Meta.instance_method(:get_a).arity # => -1

s = Struct.new(:x, :y) do
  def sum = x + y
end
p s.new(1, 2).sum # => 3
P3 = Struct.new(:x, :y, keyword_init: true)
p P3.new(x: 1, y: 2).to_a # => [1, 2]

module Outer
  X = 1
  module Inner
    def self.x = X
    Y = X + 1
  end
end
p Outer::Inner.x # => 1
p Outer::Inner::Y # => 2
p Outer.constants.sort # => [:Inner, :X]
p Module.new.name # => nil
c = Class.new(Animal) { def extra = 1 }
p c.new("n").extra # => 1
p c.name # => nil
Named = c
p c.name # => "Named"
o = Object.new
class << o
  def hey = "hey"
  X = 5
end
puts o.hey # => hey
p o.singleton_class.const_get(:X) # => 5
p 5.frozen? # => true
p "lit".dup.frozen? # => false
begin
  "x".freeze << "y"
rescue FrozenError => e
  puts e.message # => can't modify frozen String: "x"
end
