# Data.define: immutable values.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

Coord = Data.define(:lat, :lng) do
  def self.origin = new(0, 0)
  def to_s = "#{lat},#{lng}"
end

c = Coord.new(1, 2)
p c # => #<data Coord lat=1, lng=2>
p Coord.new(lat: 3, lng: 4) # => #<data Coord lat=3, lng=4>
p Coord[5, 6] # => #<data Coord lat=5, lng=6>
p Coord.origin # => #<data Coord lat=0, lng=0>
p c.to_s # => "1,2"
p [c.lat, c.lng, c.members, Coord.members] # => [1, 2, [:lat, :lng], [:lat, :lng]]
p c.to_h # => {lat: 1, lng: 2}
p c.with(lng: 9) # => #<data Coord lat=1, lng=9>
p err { Coord.new(1) } # => "ArgumentError: missing keyword: :lng"
p err { Coord.new(1, 2, 3) } # => "ArgumentError: wrong number of arguments (given 3, expected 0..2)"
p err { Coord.new(lat: 1) } # => "ArgumentError: missing keyword: :lng"
p err { Coord.new(lat: 1, lng: 2, alt: 3) } # => "ArgumentError: unknown keyword: :alt"
p err { c.instance_variable_set(:@a, 1) } # => "FrozenError: can't modify frozen Coord: #<data Coord lat=1, lng=2>"
p c.frozen? # => true
p c.respond_to?(:lat=) # => false
p [c == Coord.new(1, 2), c.eql?(Coord.new(1, 2.0)), c == Coord.new(1.0, 2), c.hash == Coord.new(1, 2).hash] # => [true, false, true, true]
r = case c
    in { lat:, lng: } then [lat, lng]
    end
p r # => [1, 2]
r = case c
    in Coord[lat:, lng:] then [lng, lat]
    end
p r # => [2, 1]
Empty = Data.define
p Empty.new # => #<data Empty>
p err { Empty.new(1) } # => "ArgumentError: wrong number of arguments (given 1, expected 0)"
class Money < Data.define(:amount, :currency)
  def initialize(amount:, currency: "EUR") = super(amount: Integer(amount), currency:)
end
p Money.new("5") # => #<data Money amount=5, currency="EUR">
p Money.new(amount: 7, currency: "USD") # => #<data Money amount=7, currency="USD">
p err { Data.define(:a, :a) } # => "ArgumentError: duplicate member: a"
p err { Data.define("x=") } # => "ArgumentError: invalid data member: x="
p err { Data.new } # => "NoMethodError: undefined method 'new' for class Data"
p Data.define(:a).new(1) # => #<data a=1>
p c.inspect # => "#<data Coord lat=1, lng=2>"
p c.dup.equal?(c) # => false
p c.deconstruct_keys([:lat]) # => {lat: 1}
