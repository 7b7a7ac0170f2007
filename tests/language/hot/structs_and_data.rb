# Instances of Struct and Data that hot code makes, in all the forms of `new`, and what is wrong.
Point = Struct.new(:x, :y)
Named = Struct.new(:x, :y, keyword_init: true)
Coord = Data.define(:x, :y)
Single = Data.define(:one)
Wide = Struct.new(*Array.new(20) { |i| :"m#{i}" })
class Summed < Point
  attr_reader :sum
  def initialize(x, y = 10)
    super
    @sum = x + y
  end
end
class Polar < Data.define(:r, :phi)
  def initialize(r:, phi: 0.0) = super(r: r * 2, phi:)
  def half = with(r: r / 4)
end

def tell(e) = "#{e.class}: #{e.message}"
# What the last of many rounds gives, or how that failed; the last one may differ from the others.
def hot(times = 200)
  last = nil
  i = 0
  while i < times
    begin
      last = yield i, i == times - 1
    rescue ArgumentError, FrozenError, NoMethodError => e
      last = tell(e)
    end
    i += 1
  end
  p last
end

hot { |i| Point.new(i, i + 0.5) }               # => #<struct Point x=199, y=199.5>
hot { |i| Point.new(i) }                        # => #<struct Point x=199, y=nil>
hot { |i| Point.new }                           # => #<struct Point x=nil, y=nil>
hot { |i| Point[i, "text"] }                    # => #<struct Point x=199, y="text">
hot { |i, last| last ? Point.new(1, 2, 3) : Point.new(i, 2) } # => "ArgumentError: struct size differs"
hot { |i, last| Point.new(*(last ? [i] : [i, 2])) } # => #<struct Point x=199, y=nil>
hot { |i| Point.new(x: i, y: 2) }               # => #<struct Point x=199, y=2>
hot { |i| Named.new(y: i, x: 2) }               # => #<struct Named x=2, y=199>
hot { |i| Named.new(x: i) }                     # => #<struct Named x=199, y=nil>
hot { |i, last| last ? Named.new(z: i) : Named.new(x: i) } # => "ArgumentError: unknown keywords: z"
hot { |i| Summed.new(i).then { |s| [s, s.sum] } } # => [#<struct Summed x=199, y=10>, 209]
hot { |i| Summed.new(i, 1.5).sum }              # => 200.5
hot { |i| Wide.new(*1..20).m19 + i }            # => 219
hot { |i| Wide.new(i).then { |w| [w.m0, w.m1] } } # => [199, nil]

hot { |i| Coord.new(i, 2.5) }                   # => #<data Coord x=199, y=2.5>
hot { |i| Coord.new(y: i, x: 2) }               # => #<data Coord x=2, y=199>
hot { |i| Coord[i, nil] }                       # => #<data Coord x=199, y=nil>
hot { |i, last| last ? Coord.new(1) : Coord.new(i, 2) } # => "ArgumentError: missing keyword: :y"
hot { |i, last| last ? Coord.new(1, 2, 3) : Coord.new(i, 2) } # => "ArgumentError: wrong number of arguments (given 3, expected 0..2)"
hot { |i, last| last ? Coord.new(x: 1, z: 2) : Coord.new(x: i, y: 2) } # => "ArgumentError: missing keyword: :y"
hot { |i| Single.new({ a: i }) }                # => #<data Single one={a: 199}>
hot { |i| Coord.new(i, 2).frozen? }             # => true
hot { |i| Coord.new(i, 2).instance_variable_set(:@z, 1) } # => "FrozenError: can't modify frozen Coord: #<data Coord x=199, y=2>"
hot { |i| Coord.new(i, 2).with(y: 3) }          # => #<data Coord x=199, y=3>
hot { |i| Polar.new(r: i) }                     # => #<data Polar r=398, phi=0.0>
hot { |i| Polar.new(i, 1).half }                # => #<data Polar r=198, phi=1>
hot { |i| Point.new(Coord.new(i, 1), Single.new(2)) } # => #<struct Point x=#<data Coord x=199, y=1>, y=#<data Single one=2>>
hot { |i| a, b = Point.new(i, 1), Point.new(i, 1); [a == b, a.eql?(b), a.hash == b.hash, a.equal?(b)] } # => [true, true, true, false]

# Members whose values change their kind.
sum = 0
300.times do |i|
  point = Point.new(i < 150 ? i : i.to_f, i.even? ? 1 : nil)
  point.x += 1
  sum += point.x + point.y.to_i
end
p sum                                           # => 45300.0

# Kept ones stay what they are.
kept = Array.new(500) { |i| i.odd? ? Point.new(i, kept) : Coord.new(i, i.to_s) }
GC.start
p kept.sum(&:x), kept[498].y, kept[499].y       # => 124750
# => "498"
# => nil

# What `new` does may change while it runs.
def make(n, at)
  i = 0
  made = nil
  while i < n
    Point.class_eval { def initialize(a, b) = super(b, a) } if i == at
    made = Point.new(i, -1)
    i += 1
  end
  made
end
p make(300, -1), make(300, 250)                 # => #<struct Point x=299, y=-1>
# => #<struct Point x=-1, y=299>
def make_data(n, at)
  i = 0
  made = nil
  while i < n
    Coord.class_eval { def initialize(x:, y:) = super(x: y, y: x) } if i == at
    made = Coord.new(i, -1)
    i += 1
  end
  made
end
p make_data(300, -1), make_data(300, 250)       # => #<data Coord x=299, y=-1>
# => #<data Coord x=-1, y=299>
class << Single
  alias old_new new
  def new(one) = old_new(one: one + 1)
end
hot { |i| Single.new(i) }                       # => #<data Single one=200>
