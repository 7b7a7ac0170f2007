# SPDX-License-Identifier: MIT
# Instance variables at one site in objects of different layouts, attributes, frozen and singleton objects.
class Point
  attr_accessor :x, :y
  def initialize(order)
    order.each { |name| instance_variable_set("@#{name}", name.to_s * 2) }
  end
  def read = [@x, @y, @z]
  def write(v) = (@x = v; @y ||= v; (@z = @z.to_s + v); read)
  def sum = @x + @y
  def op = (@n = (@n || 0) + 1)
end
orders = [[:x, :y, :z], [:z, :y, :x], [:y], [], [:x, :z], [:a, :b, :x], %i[a b c d e f g h i j k x y z]]
points = orders.map { |o| Point.new(o) }
p points.map(&:read), points.map { |q| q.write("w") }, points.map(&:x).uniq, points.map { |q| q.instance_variables.size }
# => [["xx", "yy", "zz"], ["xx", "yy", "zz"], [nil, "yy", nil], [nil, nil, nil], ["xx", nil, "zz"], ["xx", nil, nil], ["xx", "yy", "zz"]]
# => [["w", "yy", "zzw"], ["w", "yy", "zzw"], ["w", "yy", "w"], ["w", "w", "w"], ["w", "w", "zzw"], ["w", "w", "w"], ["w", "yy", "zzw"]]
# => ["w"]
# => [3, 3, 3, 3, 3, 5, 14]
p (points + points.reverse).map { |q| q.y = q.x + "!"; q.sum }.tally.size, points.map { |q| [q.op, q.op] }.uniq # => 1
# => [[1, 2]]
points.each_with_index { |q, i| q.remove_instance_variable(:@x) if i.odd? }
p points.map(&:x), points.map { |q| q.instance_variable_defined?(:@x) }, points.map { |q| q.write("v")[0] }.uniq
# => ["w", nil, "w", nil, "w", nil, "w"]
# => [true, false, true, false, true, false, true]
# => ["v"]
p (points[0].remove_instance_variable(:@nope) rescue $!.class) # => NameError
copy = points[6].dup
copy.x = :copy
p points[6].x, copy.x, copy.instance_variables == points[6].instance_variables # => "v"
# => :copy
# => true

# Subclasses, singleton classes, modules and class-level variables of the same name.
class Point3 < Point
  def initialize = (@w = 0; super([:x, :y]))
  def read = super + [@w]
end
module Tagged
  def tag = @tag ||= "tag of #{self.class}"
end
objs = [Point3.new, Point.new([:y, :x]), Point3.new.extend(Tagged), Class.new(Point3).new]
p objs.map(&:read), objs.map(&:sum).uniq, objs[2].tag, objs[2].tag.equal?(objs[2].tag)
# => [["xx", "yy", nil, 0], ["xx", "yy", nil], ["xx", "yy", nil, 0], ["xx", "yy", nil, 0]]
# => ["xxyy"]
# => "tag of Point3"
# => true
def (objs[0]).read = [:own, @x]
p objs.map(&:read).map(&:first), objs[0].instance_variables # => [:own, "xx", "xx", "xx"]
# => [:@w, :@x, :@y]
class Counted
  @count = 10
  class << self
    attr_accessor :count
    def up = @count = (@count || 0) + 1
  end
end
class Counted2 < Counted; end
p [Counted.up, Counted2.up, Counted.up, Counted2.up, Counted.count, Counted2.instance_variables] # => [11, 1, 12, 2, 12, [:@count]]

# Frozen objects refuse at the same site that works for others; so do literals of every kind.
frozen = Point.new([:x, :y, :z]).freeze
p points.first(2).push(frozen, points[2]).map { |q| q.write("f")[0] rescue $!.class } # => ["f", "f", FrozenError, "f"]
p (frozen.send(:x=, 1) rescue $!.message[/frozen \w+/]), frozen.read, (frozen.op rescue $!.class), frozen.dup.write("d")[0], frozen.clone.frozen?
# => "frozen Point"
# => ["xx", "yy", "zz"]
# => FrozenError
# => "d"
# => true
p frozen.clone(freeze: false).frozen?, (begin; def frozen.z = 1; rescue; $!.class; end), (frozen.instance_variable_set(:@x, 1) rescue $!.class)
# => false
# => FrozenError
# => FrozenError
p [1, :a, nil, true, 1.5, 2**80, 1..2, "lit", [], {}, /r/, -> { }, Point, "a#{1}"].map(&:frozen?)
# => [true, true, true, true, true, true, true, false, false, false, true, false, false, false]
p [1, nil, :s, 2.0].map { |v| v.instance_variable_set(:@a, 1) rescue $!.class }.uniq, [1, nil].map { |v| v.instance_variable_get(:@a) }
# => [FrozenError]
# => [nil, nil]
list = [1].freeze
hash = { a: 1 }.freeze
text = "s".freeze
p [-> { list << 2 }, -> { list[0] = 2 }, -> { hash[:b] = 2 }, -> { hash.delete(:a) }, -> { text << "t" }, -> { text.upcase! }].map { |f| f.call rescue $!.class }.uniq
# => [FrozenError]
p list + [2], hash.merge(b: 2).size, text + "t", list.dup << 3, text.dup << "u" # => [1, 2]
# => 2
# => "st"
# => [1, 3]
# => "su"

# attr_reader and attr_writer replaced by methods and back, at a warm site.
q = Point.new([:x])
site = -> { [q.x, (q.x = q.x.to_s + "+")] }
out = [site.call]
[-> { Point.class_eval { def x = [:method, @x].join } }, -> { Point.class_eval { def x=(v); @x = v * 2; end } }, -> { Point.send(:attr_accessor, :x) },
 -> { def q.x = "own" }, -> { q.singleton_class.send(:remove_method, :x) }, -> { Point.send(:alias_method, :x, :y) }, -> { Point.send(:attr_reader, :x) },
 -> { Point.send(:private, :x) }].each { |step| step.call; out << (site.call rescue $!.class) }
p out, (q.x rescue $!.class), q.send(:x), (Point.new([:x]).public_send(:x=, 3) rescue $!.class)
# => [["xx", "xx+"], ["methodxx+", "methodxx++"], ["methodmethodxx++", "methodmethodxx+++"], ["methodmethodxx+++methodmethodxx+++", "methodmethodxx+++methodmethodxx++++"], ["own", "own+"], ["own+", "own++"], [nil, "+"], ["+", "++"], NoMethodError]
# => NoMethodError
# => "++"
# => 3
writer = Struct.new(:a, :b)
s = writer.new(1, 2)
access = -> { [s.a, (s.b += 1), s[0], s[:b], s["a"]] }
p access.call # => [1, 3, 1, 3, 1]
class << s
  def a = super * 100
  def [](k) = super.to_s
end
p access.call, s.to_a, writer.new(3, 4).a, (s.freeze.send(:b=, 1) rescue $!.class) # => [100, 4, "1", "4", "1"]
# => [1, 4]
# => 3
# => FrozenError

# method_missing, instance_variable_get and set, define_method and eval reach the same variables.
class Ghost
  def method_missing(name, *args)
    name.end_with?("=") ? instance_variable_set("@#{name[..-2]}", args[0]) : (instance_variable_get("@#{name}") || :nothing)
  end

  def respond_to_missing?(*) = true
end
g = Ghost.new
p g.v, (g.v = 5), g.v, (g.v += 1), g.v, g.instance_variables, g.instance_eval { @v += 1 }, g.instance_eval("@v * 2"), (g.w ||= 3), g.w
# => :nothing
# => 5
# => 5
# => 6
# => 6
# => [:@v]
# => 7
# => 14
# => :nothing
# => :nothing
Ghost.class_eval { attr_accessor :v }
p g.v, (g.v = 1), g.instance_exec(2) { |n| @v + n }, Ghost.instance_method(:v).bind_call(g), g.method(:v=).unbind.bind(Ghost.new).call(7)
# => 7
# => 1
# => 3
# => 1
# => 7
cells = Array.new(3) { Ghost.new }
300.times { |i| cells[i % 3].instance_variable_set("@v#{i % 40}", i) }
p cells.map { |c| c.instance_variables.size }, cells.map { |c| c.instance_variables.sum { |n| c.instance_variable_get(n) } }
# => [40, 40, 40]
# => [9540, 9580, 9620]
