# Objects whose instance variables have always been Floats, then something else; likewise Arrays.
class Point
  attr_accessor :x, :y
  def initialize(x, y)
    @x = x
    @y = y
  end
  def move(dx)
    @x = @x + dx
    @y += dx
    self
  end
  def shrink = (@x = @x / 3.0)
  def to_s = "#{@x},#{@y}"
end
q = Point.new(1.5, 2.5)
20.times { q.move(0.5) }
p q.x, q.y, q.to_s
# => 11.5
# => 12.5
# => "11.5,12.5"
5.times { |i| q.x = i * 1.25; q.y = q.x + 1.0 }
p q.x, q.y
# => 5.0
# => 6.0
4.times { q.shrink }
p q.x # => 0.0617283950617284
[q, Point.new(0.25, 0.5), Point.new(1e300, -1e-300)].each { |r| p r.move(1.0).x, r.y }
# => 1.0617283950617284
# => 7.0
# => 1.25
# => 1.5
# => 1.0e+300
# => 1.0
q.x = :symbol
p q.x, q.to_s
# => :symbol
# => "symbol,7.0"
3.times { |i| q.x = i.to_f; q.y = nil }
p q.x, q.y
# => 2.0
# => nil
later = Point.new(7.5, 8.5)
2.times { later.x = 9.5 }
later.instance_variable_set(:@x, "text")
p later.x, later.y, Point.new(1, 2).to_s
# => "text"
# => 8.5
# => "1,2"
class Big
  def initialize = (@a = 1.0; @b = 2.0; @c = 3.0; @d = 4.0; @e = 5.0; @f = 6.0; @g = 7.0; @h = 8.0; @i = 9.0)
  def sum = @a + @b + @c + @d + @e + @f + @g + @h + @i
  def grow = (@a += 0.5; @i += 0.5; sum)
end
big = Big.new
p big.sum, big.grow, big.grow
# => 45.0
# => 46.0
# => 47.0
values = [1.5, 2.5, 3.5]
6.times { |i| values[i % 3] = values[(i + 1) % 3] + 0.5 }
p values # => [4.5, 4.0, 5.0]
values[1] = 7
p values, values[1].class
# => [4.5, 7, 5.0]
# => Integer
ints = [1, 2, 3]
6.times { |i| ints[i % 3] = ints[i % 3] + i }
p ints # => [4, 7, 10]
ints[0] = 0.5
p ints # => [0.5, 7, 10]
ints[5] = 1
p ints, ints.frozen?
# => [0.5, 7, 10, nil, nil, 1]
# => false
a, b = 1.5, 2.5
less = 0
8.times { |i| less += 1 if a < i; less += 10 if a <= b; less += 100 if b > a; less += 1000 if b >= i.to_f }
p less, a < b, a <= b, a > b, a >= b, a == b, a != b, 1.5 < 2, 2 < 1.5, (0.0 / 0.0) < 1.0
# => 3886
# => true
# => true
# => false
# => false
# => false
# => true
# => true
# => false
# => false
c = [3.5, 1.5, 2.5]
p c.sort, c.max, c.each_cons(2).map { |x, y| x < y }, c.each_cons(2).map { |x, y| x <= y }
# => [1.5, 2.5, 3.5]
# => 3.5
# => [false, true]
# => [false, true]
def compare(x, y) = [x < y, x <= y, x > y, x >= y]
4.times { compare(1.5, 2.5) }
p compare(2.5, 1.5), compare(1, 2), compare(1.5, 2), compare(2**70, 1.5), compare("a", "b")
# => [false, false, true, true]
# => [true, true, false, false]
# => [true, true, false, false]
# => [false, false, true, true]
# => [true, true, false, false]
begin
  compare(1.5, "a")
rescue ArgumentError => e
  puts e.message # => comparison of Float with String failed
end
