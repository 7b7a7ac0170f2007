# SPDX-License-Identifier: MIT
# Classes and singleton classes die when nothing refers to them; an instance refers to its class.

# How many classes a block leaves behind, of those that the program can see.
def left_behind
  before = ObjectSpace.each_object(Class).count
  yield
  GC.start
  ObjectSpace.each_object(Class).count - before
end

MADE = 400
few = MADE / 8 # the stack is scanned conservatively

made = {
  "anonymous" => -> { Class.new },
  "instances" => -> { Class.new { attr_accessor :a; def initialize = @a = 1 }.new.a },
  "structs" => -> { Struct.new(:a, :b).new(1, 2).a },
  "exceptions" => -> { begin; raise Class.new(StandardError), "x"; rescue => e; e.message; end },
  "arrays" => -> { Class.new(Array).new(3).size },
  "strings" => -> { Class.new(String).new("ab").size },
  "including" => -> { Class.new { include Comparable }.new },
  "many variables" => -> { o = Class.new.new; 20.times { |i| o.instance_variable_set("@v#{i}", i) } },
}
made.each do |name, body|
  left = left_behind { MADE.times { body.call } }
  puts "#{name}: #{left < few ? "gone" : left}"
end
# => anonymous: gone
# => instances: gone
# => structs: gone
# => exceptions: gone
# => arrays: gone
# => strings: gone
# => including: gone
# => many variables: gone

# Hot code that saw classes that are dead now.
def hot(o) = o.value
total = 0
3.times do
  30.times do |i|
    o = Class.new { define_method(:value) { 1 }; attr_reader :z }.new
    20.times { total += hot(o) }
    def o.value = 2
    20.times { total += hot(o) }
  end
  GC.start
end
p total # => 5400

# `new` of an anonymous class in a hot loop.
point = Class.new do
  attr_reader :x, :y
  def initialize(x, y)
    @x = x
    @y = y
  end
end
sum = 0
3000.times do |i|
  q = point.new(i, i + 1)
  sum += q.x + q.y
end
p sum, point.new(1, 2).instance_variables
# => 9000000
# => [:@x, :@y]
pair = Struct.new(:l, :r)
sum = 0
3000.times { |i| sum += pair.new(i, 1).then { |q| q.l + q.r } }
p sum, pair.new(1, 2).to_a, pair.new(1, 2) == pair.new(1, 2)
# => 4501500
# => [1, 2]
# => true
