# SPDX-License-Identifier: MIT
# What objects answer about themselves in a hot loop, once the program makes it another answer.
class Thing
  attr_reader :size
  def initialize = @size = 1
end

# As in calls_that_change.rb: the two rounds before a change and the two behind it.
def around(change)
  seen = []
  i = 0
  while i < 60
    change.call if i == 40
    value = begin
      yield(i)
    rescue NameError, FrozenError => e
      e.class
    end
    seen << value if i.between?(38, 41)
    i += 1
  end
  p seen
end

thing = Thing.new
other = Thing.new
around(-> { Thing.class_eval { def late = 0 } }) { thing.respond_to?(:late) } # => [false, false, true, true]
around(-> { Thing.class_eval { private :late } }) { thing.respond_to?(:late) } # => [true, true, false, false]
around(-> { Thing.class_eval { def respond_to_missing?(name, all) = name == :never } }) { thing.respond_to?(:never) } # => [false, false, true, true]
around(-> { Thing.class_eval { undef_method :size } }) { other.respond_to?(:size) } # => [true, true, false, false]
around(-> { Thing.class_eval { def respond_to?(name) = name } }) { thing.respond_to?(:size) } # => [false, false, :size, :size]
around(-> { def thing.single = 0 }) { thing.class } # => [Thing, Thing, Thing, Thing]
around(-> { Thing.class_eval { def class = "class" } }) { other.class } # => [Thing, Thing, "class", "class"]
around(-> { Thing.class_eval { def is_a?(klass) = klass } }) { other.is_a?(Thing) } # => [true, true, Thing, Thing]
around(-> { Thing.include(Comparable) }) { other.kind_of?(Comparable) } # => [false, false, true, true]
around(-> { other.freeze }) { other.frozen? } # => [false, false, true, true]
around(-> { Thing.class_eval { def frozen? = 1 } }) { other.frozen? } # => [true, true, 1, 1]
around(-> { Thing.class_eval { def ==(other) = true } }) { Thing.new != other } # => [true, true, false, false]
around(-> { Thing.class_eval { def !=(other) = "not" } }) { other != thing } # => [false, false, "not", "not"]
around(-> { thing.freeze }) { |i| thing.instance_variable_set(:@size, i) } # => [38, 39, FrozenError, FrozenError]
around(-> { thing = Thing.new }) { thing.instance_variable_get(:@size) } # => [39, 39, 1, 1]
around(-> { thing.remove_instance_variable(:@size) }) { thing.instance_variable_get(:@size) } # => [1, 1, nil, nil]
around(-> { Thing.class_eval { def instance_variable_get(name) = name } }) { thing.instance_variable_get(:@size) } # => [nil, nil, :@size, :@size]
name = :@size
around(-> { name = :size }) { other.instance_variable_set(name, 2) rescue $!.class } # => [FrozenError, FrozenError, NameError, NameError]
around(-> { name = "text" }) { "a".send(name == :size ? :upcase : :to_s) } # => ["A", "A", "a", "a"]
around(-> { name = :upcase }) { "aB".send(name == :upcase ? "swapcase" : :to_s) } # => ["aB", "aB", "Ab", "Ab"]

# &method and Procs of methods
class Thing
  def add(a) = a + 1
end
add = Thing.new.method(:add)
around(-> { Thing.class_eval { def add(a) = -a } }) { |i| [i].map(&add) } # => [[39], [40], [41], [42]]
around(-> { add = Thing.new.method(:add) }) { |i| [i, 2].map(&add) } # => [[39, 3], [40, 3], [-40, -2], [-41, -2]]
proc = add.to_proc
around(-> { proc = ->(a) { [a] } }) { |i| proc.call(i) } # => [-38, -39, [40], [41]]
around(-> { Method.class_eval { def to_proc = ->(a) { "proc #{a}" } } }) { |i| [i].map(&add) } # => [[-38], [-39], ["proc 40"], ["proc 41"]]
