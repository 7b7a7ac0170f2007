# SPDX-License-Identifier: MIT
# Attributes and instance variables of objects that have set theirs in different orders, or not all.
class Node
  attr_accessor :key, :left, :right, :weight
  def initialize(key) = @key = key
  def heavier = @weight = (@weight || 0.5) + @key
  def sides = [@left, @right]
  def memo = @memo ||= @key * 2
end
class Leaf < Node
  def initialize(key)
    @color = :green
    super
  end
end
class Wide < Node
  def initialize(key)
    @a = @b = @c = @d = @e = @f = @g = @h = key
    super
  end
end

def nodes
  list = [Node.new(0), Node.new(1), Node.new(2), Node.new(3), Leaf.new(4), Wide.new(5), Leaf.new(6)]
  list[1].left = :l
  list[2].right = :r
  list[3].right = :r
  list[3].left = :l
  list[4].weight = 2
  list[6].weight = 1.25
  list
end

# Reading, where some have the variable and some have not.
list = nodes
seen = []
60.times do |i|
  n = list[i % 7]
  seen << [n.key, n.left, n.right, n.weight, n.sides]
end
p seen.uniq.size # => 7
p seen.uniq.map(&:first) # => [0, 1, 2, 3, 4, 5, 6]
p seen.uniq[3] # => [3, :l, :r, nil, [:l, :r]]
p seen.uniq[6] # => [6, nil, nil, 1.25, [nil, nil]]

# Setting: shapes change as the loop runs, Integers and Floats take turns.
list = nodes
84.times do |i|
  n = list[i % 7]
  n.left = n.right = i if i > 40
  n.weight = i.even? ? i : i * 0.5
  n.heavier
  n.memo
end
p list.map(&:left) # => [77, 78, 79, 80, 81, 82, 83]
p list.map(&:weight) # => [38.5, 79, 41.5, 83, 44.5, 87, 47.5]
p list.map(&:memo) # => [0, 2, 4, 6, 8, 10, 12]
p list[2].instance_variables # => [:@key, :@right, :@weight, :@memo, :@left]
p list[5].instance_variables.last(5) # => [:@key, :@weight, :@memo, :@right, :@left]

# What the last seen shapes do not tell: another class with a method of the name, frozen objects,
# private readers, methods that come later, objects that are no plain ones.
class Other
  def key = "other"
  def left=(v)
    @log = v
  end
  attr_reader :log
end
class Hidden < Node
  private :key
end
class Text < String
  attr_accessor :key, :left
end
def key_of(o) = o.key
def set(o, v) = o.left = v
def tell
  yield
rescue NoMethodError, FrozenError => e
  e.message[0, 38]
end
list = nodes
60.times { |i| key_of(list[i % 7]) }
60.times { |i| set(list[i % 7], i) }
p key_of(Other.new) # => "other"
other = Other.new
p set(other, 3) # => 3
p other.log # => 3
p tell { key_of(Hidden.new(1)) } # => "private method 'key' called for an ins"
p tell { set(Node.new(1).freeze, 1) } # => "can't modify frozen Node: #<Node:0x000"
text = Text.new("t")
p key_of(text) # => nil
p set(text, 9) # => 9
p text.left # => 9
p tell { key_of(nil) } # => "undefined method 'key' for nil"
many = Array.new(40) { |i| Node.new(i).tap { |n| n.instance_variable_set("@v#{i}", i) } }
p many.sum { |n| key_of(n) } # => 780
many.each { |n| set(n, n.key + 1) }
p many.sum(&:left) # => 820
def (list[0]).key = 1000
p key_of(list[0]) # => 1000
list[1].remove_instance_variable(:@key)
p key_of(list[1]) # => nil
class Node
  def key = -1
end
p list.map { |n| key_of(n) } # => [1000, -1, -1, -1, -1, -1, -1]

# Variables that have kept Floats as they are, and get an Integer, in objects of several shapes.
class Gauge
  attr_accessor :level, :name
  def initialize(level, name)
    @level = level
    @name = name if name
  end
  def reset(i) = @level = i
end
def gauges = [Gauge.new(0.5, nil), Gauge.new(1.5, :b), Gauge.new(2.5, nil).tap { _1.name = :c }]
def set_levels(list, n)
  i = 0
  while i < n
    g = list[i % 3]
    g.level = i
    g.reset(i + 1) if i > n - 5
    i += 1
  end
  list.map(&:level)
end
p set_levels(gauges, 60) # => [58, 59, 60]
p set_levels(gauges, 90) # => [88, 89, 90]
