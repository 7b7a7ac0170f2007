# SPDX-License-Identifier: MIT
# Rational numbers.
p(3r) # => (3/1)
p(1/3r) # => (1/3)
p(1.5r) # => (3/2)
p(Rational(6, -4)) # => (-3/2)
p(Rational("2/3")) # => (2/3)
p(Rational("0.75")) # => (3/4)
p(Rational(1.5)) # => (3/2)
p(Rational("1/3", exception: false)) # => (1/3)
p(Rational("x", exception: false)) # => nil
p(1/2r + 1/3r) # => (5/6)
p(1/2r - 1) # => (-1/2)
p(2 * (1/2r)) # => (1/1)
p((1/2r) / 2) # => (1/4)
p((1/2r) * 0.5) # => 0.25
p(1/2r == 0.5) # => true
p(1/2r <=> 1/3r) # => 1
p((1/2r)**3) # => (1/8)
p((1/2r)**-3) # => (8/1)
p((4/9r)**0.5) # => 0.6666666666666666
p((1/2r)**(1/2r)) # => 0.7071067811865476
p(2**(1/2r)) # => 1.4142135623730951
p(7/2r % 2) # => (3/2)
p((7/2r).divmod(2)) # => [1, (3/2)]
p((-7/2r).floor) # => -4
p((-7/2r).ceil) # => -3
p((-7/2r).round) # => -4
p((-7/2r).truncate) # => -3
p((5/2r).round(half: :even)) # => 2
p((5/2r).round(half: :down)) # => 2
p((22/7r).round(2)) # => (157/50)
p((22/7r).floor(1)) # => (31/10)
p((2200/7r).round(-1)) # => 310
p((22/7r).to_f) # => 3.142857142857143
p((7/2r).to_i) # => 3
p((1/3r).to_s) # => "1/3"
p((1/3r).inspect) # => "(1/3)"
p((3/4r).numerator) # => 3
p((3/4r).denominator) # => 4
p((-3/4r).abs) # => (3/4)
p((3/4r).zero?) # => false
p((3/4r).positive?) # => true
p(1.quo(2)) # => (1/2)
p(6.quo(3)) # => (2/1)
p(1.to_r) # => (1/1)
p(3.7.to_r) # => (4165829655317709/1125899906842624)
p((311/100r).rationalize(1/100r)) # => (28/9)
p("1/3".to_r) # => (1/3)
p("0.5x".to_r) # => (1/2)
p("abc".to_r) # => (0/1)
p(1r.coerce(2)) # => [(2/1), (1/1)]
p(1r.coerce(2.0)) # => [2.0, 1.0]
p((1/3r).hash == (1/3r).hash) # => true
p((1/3r).eql?(1/3r)) # => true
p(nil.to_r) # => (0/1)
p(Rational(3, 6).fdiv(2)) # => 0.25
