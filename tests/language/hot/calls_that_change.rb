# SPDX-License-Identifier: MIT
# What indirect calls in a hot loop mean once the program changes what they find.
class Target
  attr_accessor :size
  def initialize = @size = 1
  def add(a) = a + @size
  def each_twice = yield(@size) + yield(2)
end

# Run a block 60 times; `change` runs in round 40. What the last two rounds before it and the first
# two behind it gave.
def around(change)
  seen = []
  i = 0
  while i < 60
    change.call if i == 40
    value = begin
      yield(i)
    rescue NameError, ArgumentError, FrozenError, RuntimeError => e
      "#{e.class}: #{e.message.sub(/#<Target.*>/, "TARGET")}"
    end
    seen << value if i.between?(38, 41)
    i += 1
  end
  p seen
end

target = Target.new
around(-> { Target.class_eval { def add(a) = a * 2 } }) { |i| target.send(:add, i) } # => [39, 40, 80, 82]
around(-> { Target.class_eval { private :add } }) { |i| target.send(:add, i) } # => [76, 78, 80, 82]
around(-> { Target.class_eval { public :add } }) { |i| target.public_send(:add, i) } # => ["NoMethodError: private method 'add' called for an instance of Target", "NoMethodError: private method 'add' called for an instance of Target", 80, 82]
around(-> { Target.class_eval { private :add } }) { |i| target.public_send(:add, i) } # => [76, 78, "NoMethodError: private method 'add' called for an instance of Target", "NoMethodError: private method 'add' called for an instance of Target"]
around(-> { Target.class_eval { remove_method :add } }) { |i| target.__send__(:add, i) } # => [76, 78, "NoMethodError: undefined method 'add' for an instance of Target", "NoMethodError: undefined method 'add' for an instance of Target"]
around(-> { Target.class_eval { def method_missing(name, *list) = [name, list] } }) { |i| target.added(i, 2) } # => ["NoMethodError: undefined method 'added' for an instance of Target", "NoMethodError: undefined method 'added' for an instance of Target", [:added, [40, 2]], [:added, [41, 2]]]
around(-> { Target.class_eval { def method_missing(name, *list) = name == :added ? list[0] : super } }) { |i| target.added(i, 2) } # => [[:added, [38, 2]], [:added, [39, 2]], 40, 41]
around(-> { Target.class_eval { def added(*list, **rest) = [list.length, rest] } }) { |i| target.added(i, 2) } # => [38, 39, [2, {}], [2, {}]]
around(-> { Target.class_eval { undef_method :added } }) { |i| target.added(i) } # => [[1, {}], [1, {}], 40, 41]
around(-> { Target.class_eval { remove_method :method_missing } }) { |i| target.missing(i) } # => ["NoMethodError: undefined method 'missing' for an instance of Target", "NoMethodError: undefined method 'missing' for an instance of Target", "NoMethodError: undefined method 'missing' for an instance of Target", "NoMethodError: undefined method 'missing' for an instance of Target"]

# send itself
class Target
  def add(a) = a + @size
end
around(-> { Target.class_eval { def send(name, a) = "#{name} #{a}" } }) { |i| target.send(:add, i) } # => [39, 40, "add 40", "add 41"]
Target.class_eval { remove_method :send }

# a Method keeps its body, a method of a block its scope
add = target.method(:add)
around(-> { Target.class_eval { def add(a) = -a } }) { |i| add.call(i) } # => [39, 40, 41, 42]
around(-> { target.size = 5 }) { |i| add.call(i) } # => [39, 40, 45, 46]
around(-> { add = target.method(:each_twice).unbind.bind(target) }) { |i| add.(i) } # => [43, 44, "ArgumentError: wrong number of arguments (given 1, expected 0)", "ArgumentError: wrong number of arguments (given 1, expected 0)"]
step = 1
Target.define_method(:stepped) { |a = 2, b: step| a + b + @size }
around(-> { step = 10 }) { |i| target.stepped(i) } # => [44, 45, 55, 56]
around(-> { Target.define_method(:stepped) { |a| [a, step] } }) { |i| target.stepped(i) } # => [53, 54, [40, 10], [41, 10]]
around(-> { def target.stepped(a) = super(a).sum }) { |i| target.stepped(i) } # => [[38, 10], [39, 10], 50, 51]

# attributes
other = Target.new
around(-> { other.freeze }) { |i| other.send(:size=, i) } # => [38, 39, "FrozenError: can't modify frozen Target: TARGET", "FrozenError: can't modify frozen Target: TARGET"]
Pair = Struct.new(:left, :right)
pair = Pair.new(1, 2)
around(-> { pair.freeze }) { |i| pair.left = i } # => [38, 39, "FrozenError: can't modify frozen Pair: #<struct Pair left=39, right=2>", "FrozenError: can't modify frozen Pair: #<struct Pair left=39, right=2>"]
around(-> { Pair.class_eval { def left = "left" } }) { |i| pair.left } # => [39, 39, "left", "left"]

# protected
class Sum
  def initialize(a) = @a = a
  def over(other) = @a + other.a
  protected attr_reader :a
end
one = Sum.new(1)
two = Sum.new(2)
around(-> { Sum.class_eval { private :a } }) { |i| one.over(two) } # => [3, 3, "NoMethodError: private method 'a' called for an instance of Sum", "NoMethodError: private method 'a' called for an instance of Sum"]
around(-> { Sum.class_eval { protected def a = 7 } }) { |i| one.over(two) } # => ["NoMethodError: private method 'a' called for an instance of Sum", "NoMethodError: private method 'a' called for an instance of Sum", 8, 8]

# super
class Base
  def value(a, b: 1) = a + b
end
class Derived < Base
  def value(a, b: 2) = super
end
derived = Derived.new
around(-> { Base.class_eval { def value(a, b:) = [a, b] } }) { |i| derived.value(i) } # => [40, 41, [40, 2], [41, 2]]
around(-> { Derived.include(Module.new { def value(a, b: 0) = "between #{super}" }) }) { |i| derived.value(i, b: 3) } # => [[38, 3], [39, 3], "between [40, 3]", "between [41, 3]"]
around(-> { Base.class_eval { remove_method :value } }) { |i| Derived.new.value(i) } # => ["between [38, 2]", "between [39, 2]", "NoMethodError: super: no superclass method 'value' for an instance of Derived", "NoMethodError: super: no superclass method 'value' for an instance of Derived"]
