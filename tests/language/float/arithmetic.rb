# SPDX-License-Identifier: MIT
# Arithmetic and comparison of Floats, exact against Integers.
p(1.5 + 1) # => 2.5
p(1 + 1.5) # => 2.5
p(7.0 / 2) # => 3.5
p(7.0 / 0) # => Infinity
p(-7.0 / 0) # => -Infinity
p(0.0 / 0) # => NaN
p(7.5 % 2) # => 1.5
p(-7.5 % 2) # => 0.5
p(7.5.divmod(-2)) # => [-4, -0.5]
p(7.5.div(2)) # => 3
p(2.0**10) # => 1024.0
p(2.0**0.5) # => 1.4142135623730951
p((-8.0)**2) # => 64.0
p(4.0**-1) # => 0.25
p((-8)**(1.0 / 3)) # => (1.0000000000000002+1.7320508075688772i)
p((2**53 + 1) == (2**53 + 1).to_f) # => false
p(2**53 == (2.0**53)) # => true
p((2**53 + 1) > 2.0**53) # => true
p((2**70) <=> 2.0**70) # => 0
p((2**70 + 1) <=> 2.0**70) # => 1
p(1.0 <=> Float::NAN) # => nil
p(Float::NAN == Float::NAN) # => false
p(1 == 1.0) # => true
p(1.eql?(1.0)) # => false
p(1.0.eql?(1.0)) # => true
p(1.hash == 1.0.hash) # => false
p(0.0 == -0.0) # => true
p(1.5.nan?) # => false
p(Float::INFINITY.infinite?) # => 1
p(-Float::INFINITY.infinite?) # => -1
p(1.0.finite?) # => true
p(1.0.next_float) # => 1.0000000000000002
p(1.0.prev_float) # => 0.9999999999999999
p(0.0.next_float) # => 5.0e-324
p(3.7.to_i) # => 3
p(-3.7.to_i) # => -3
p(1e20.to_i) # => 100000000000000000000
p(0.5.to_r) # => (1/2)
p(0.1.to_r) # => (3602879701896397/36028797018963968)
p(0.1.rationalize) # => (1/10)
p(3.14.rationalize(0.01)) # => (22/7)
p(0.333.rationalize(Rational(1, 100))) # => (1/3)
p(1.5.numerator) # => 3
p(1.5.denominator) # => 2
p(1.5.abs) # => 1.5
p(-1.5.abs) # => 1.5
p(-0.0.abs) # => 0.0
p(1.5.zero?) # => false
p(1.5.coerce(2)) # => [2.0, 1.5]
p(1.1 - 1.0) # => 0.10000000000000009
p(1.23.truncate) # => 1
p(3.0.to_s) # => "3.0"
