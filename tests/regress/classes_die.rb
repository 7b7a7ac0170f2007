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

# What is alive keeps its class, through collections and many other classes.
keep = Array.new(50) do |i|
  k = Class.new { define_method(:number) { i }; attr_accessor :x }
  o = k.new
  o.x = i if i.odd?
  o.singleton_class.define_method(:own) { number + 1000 } if i % 3 == 0
  o.freeze if i % 5 == 0
  [o, k.new.dup, Class.new(k).new.clone, k.allocate, Class.new(Array) { define_method(:n) { i } }.new]
end
2000.times { Class.new.new; Object.new.extend(Enumerable) }
GC.start
2000.times { Class.new { def other = 1 }.new.other }
sum = 0
keep.each_with_index do |(a, b, c, d, e), i|
  [a, b, c, d].each { |o| raise unless o.number == i }
  raise unless e.n == i && a.x == (i.odd? ? i : nil)
  raise unless i % 3 != 0 || a.own == i + 1000
  raise unless a.frozen? == (i % 5 == 0)
  raise unless c.class.superclass == a.class && a.class.subclasses == [c.class]
  raise unless a.instance_variables == (i.odd? ? [:@x] : []) && Marshal.load(Marshal.dump(i)) == i
  sum += a.number
end
p sum

# A class that gets a name lives on without instances.
name_me = Class.new { def hi = "hi" }
old = name_me.new
Named = name_me
name_me = nil
300.times { Class.new }
GC.start
p Named.new.hi, old.hi, Named.new.instance_variables, old.dup.hi, old.class

# Modules know those that have them, as long as they live.
mod = Module.new
300.times { Class.new { include mod }; Object.new.extend(mod) }
GC.start
user = Object.new.extend(mod)
mod.define_method(:late) { :late }
p user.late
mod.include(Module.new { def later = :later })
p user.later

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
p total

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
pair = Struct.new(:l, :r)
sum = 0
3000.times { |i| sum += pair.new(i, 1).then { |q| q.l + q.r } }
p sum, pair.new(1, 2).to_a, pair.new(1, 2) == pair.new(1, 2)

# The variable that keeps the class alive is nobody else's.
begin
  old.instance_variable_set("@__ class", 1)
rescue NameError => e
  puts e.class
end
