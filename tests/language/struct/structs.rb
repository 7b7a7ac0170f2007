# Struct: members, comparison, text, keywords, patterns.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

Point = Struct.new(:x, :y) do
  def +(other) = Point.new(x + other.x, y + other.y)
  def to_s = "(#{x}, #{y})"
end

a = Point.new(1, 2)
p a # => #<struct Point x=1, y=2>
p "#{a + Point.new(3, 4)}" # => "(4, 6)"
p [a.x, a[:y], a["x"], a[0], a[-1]] # => [1, 2, 1, 1, 2]
a.x = 5
a[:y] = 6
a[1] += 1
p a # => #<struct Point x=5, y=7>
p [a.to_a, a.to_h, a.members, Point.members, a.size, a.values] # => [[5, 7], {x: 5, y: 7}, [:x, :y], [:x, :y], 2, [5, 7]]
p [a == Point.new(5, 7), a.eql?(Point.new(5, 7.0)), a.hash == Point.new(5, 7).hash] # => [true, false, true]
p Point.new(1) # => #<struct Point x=1, y=nil>
p err { Point.new(1, 2, 3) } # => "ArgumentError: struct size differs"
p err { a[:z] } # => "NameError: no member 'z' in struct"
p err { a[2] } # => "IndexError: offset 2 too large for struct(size:2)"
p err { a[-3] } # => "IndexError: offset -3 too small for struct(size:2)"
p err { a.z = 1 } # => "NoMethodError: undefined method 'z=' for an instance of Point"
p err { a.dup.freeze.x = 1 } # => "FrozenError: can't modify frozen Point: #<struct Point x=5, y=7>"
p a.each.to_a # => [5, 7]
p a.each_pair.to_a # => [[:x, 5], [:y, 7]]
p a.select(&:odd?) # => [5, 7]
p a.values_at(0, 1) # => [5, 7]
p a.to_h { |k, v| [k.to_s, v] } # => {"x" => 5, "y" => 7}
p a.dig(:x) # => 5
x, y = *a
p [x, y] # => [5, 7]
K = Struct.new(:a, :b, keyword_init: true)
p K.new(a: 1, b: 2) # => #<struct K a=1, b=2>
p err { K.new(1, 2) } # => "ArgumentError: wrong number of arguments (given 2, expected 0)"
p err { K.new(c: 1) } # => "ArgumentError: unknown keywords: c"
p K.inspect # => "K(keyword_init: true)"
p K.keyword_init? # => true
Q = Struct.new(:a, :b)
p Q.new({ a: 1 }) # => #<struct Q a={a: 1}, b=nil>
r = case a
    in [x, y] then [:array, x, y]
    end
p r # => [:array, 5, 7]
r = case a
    in { x:, y: } then [:hash, x, y]
    end
p r # => [:hash, 5, 7]
class P3 < Point
  attr_accessor :z

  def initialize(x, y, z)
    super(x, y)
    @z = z
  end
end
p P3.new(1, 2, 3) # => #<struct P3 x=1, y=2>
p P3.new(1, 2, 3).z # => 3
p [P3.members, P3.superclass, P3.ancestors.include?(Struct)] # => [[:x, :y], Point, true]
p err { Struct.new(:a, :a) } # => "ArgumentError: duplicate member: a"
p err { Struct.new("lower") } # => "NameError: identifier lower needs to be constant"
p err { Struct.new(1) } # => "TypeError: no implicit conversion of Integer into String"
p Struct.new("Named", :a).new(1) # => #<struct Struct::Named a=1>
p Struct.new(:a).new(1) # => #<struct a=1>
p Struct.new(:"odd name").new(1) # => #<struct :"odd name"=1>
l = Struct.new(:value, :next_node)
n = l.new(1)
n.next_node = n
p n == n # => true
p a.instance_variables # => []
p Point.new([1, [2]], nil).dig(:x, 1, 0) # => 2
p [a.inspect == a.inspect, Point.new(3, 1) != Point.new(1, 3)] # => [true, true]
b = a.dup
b.x = 100
p [a.x, b.x] # => [5, 100]
p a.frozen? # => false
p Point.instance_methods(false).sort # => [:+, :to_s, :x, :x=, :y, :y=]
p [Point.new(2, 1), Point.new(1, 2)].sort_by(&:x).map(&:to_a) # => [[1, 2], [2, 1]]
p Q[1, 2] # => #<struct Q a=1, b=2>
p a.deconstruct_keys([:x]) # => {x: 5}
