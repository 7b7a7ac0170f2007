# Modules as mixins: include, extend, prepend, hooks.
module Countable
  def self.included(base)
    base.extend(ClassMethods)
  end

  module ClassMethods
    def count = @count ||= 0
    def counted! = @count = count + 1
  end

  def initialize(*)
    super
    self.class.counted!
  end
end

module Shouting
  def speak = super.upcase + "!"
end

class Animal
  def initialize(name) = @name = name
  def speak = "I am #{@name}"
end

class Cat < Animal
  include Countable
  prepend Shouting
end

cats = %w[Tom Kit].map { |n| Cat.new(n) }
puts cats.map(&:speak)
puts Cat.count
quiet = Animal.new("Mouse")
quiet.extend(Shouting)
puts quiet.speak, quiet.singleton_class.include?(Shouting)
puts Cat.ancestors.first(4).inspect
