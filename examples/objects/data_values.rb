# Value objects with Struct.
Point = Struct.new(:x, :y) do
  def +(other) = Point.new(x + other.x, y + other.y)
  def to_s = "(#{x}, #{y})"
end
a = Point.new(1, 2)
b = Point.new(3, 4)
puts a + b, a == Point.new(1, 2), a.to_a.inspect
x, y = *b
puts x * y
puts a.eql?(Point.new(1.0, 2)), a == Point.new(1.0, 2)
Options = Struct.new(:name, :size, keyword_init: true)
o = Options.new(name: "n", size: 3)
o.size += 1
puts o.inspect.sub(" keyword_init: true", ""), o.to_h.values.inspect
puts Point.members.inspect
h = { a => :first }
puts h[Point.new(1, 2)]
