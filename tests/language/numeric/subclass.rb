# SPDX-License-Identifier: MIT
# A number class of the program works with the built-in ones by coerce.
class Money < Numeric
  attr_reader :cents

  def initialize(cents)
    @cents = cents
  end

  def coerce(other) = [Money.new(other * 100), self]

  def +(other) = Money.new(cents + (other.is_a?(Money) ? other.cents : other * 100))

  def -(other) = Money.new(cents - (other.is_a?(Money) ? other.cents : other * 100))

  def *(other) = Money.new(cents * (other.is_a?(Money) ? other.cents : other))

  def <=>(other) = cents <=> (other.is_a?(Money) ? other.cents : other * 100)

  def ==(other) = other.is_a?(Money) ? cents == other.cents : cents == other * 100

  def inspect = "$#{cents / 100.0}"

  def to_f = cents / 100.0
end
m = Money.new(250)
p(m + 1) # => $3.5
p(1 + m) # => $3.5
p(5 - m) # => $2.5
p(-m) # => $-2.5
p(+m) # => $2.5
p(m > 1) # => true
p(1 > m) # => false
p(m == 2.5) # => true
p(m.zero?) # => false
p(m.nonzero?) # => $2.5
p(m.positive?) # => true
p(m.negative?) # => false
p(m.integer?) # => false
p(m.real?) # => true
p(m.abs) # => $2.5
p(Money.new(-5).abs) # => $0.05
p(m.clamp(Money.new(0), Money.new(100))) # => $1.0
p(m.floor) # => 2
p(m.ceil) # => 3
p(m.round) # => 3
p(m.to_c.class) # => Complex
p(Float(m)) # => 2.5
p([m, Money.new(1)].max) # => $2.5
p(m.dup.equal?(m)) # => true
