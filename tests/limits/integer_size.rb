# SPDX-License-Identifier: MIT
# Integers have at most 2**24 limbs of 64 bits; beyond that operations raise and do not hang.
def error
  yield
  "no error"
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
big = 1 << (2**30 - 128)
p big.bit_length # => 1073741697
p big.even? # => true
p (big - 1).bit_length # => 1073741696
p error { 1 << 2**30 } # => "RangeError: shift width too big"
p error { 1 << 2**64 } # => "RangeError: shift width too big"
p 1 >> 2**64 # => 0
p(-1 >> 2**64) # => -1
p error { big * big } # => "ArgumentError: integer too big"
p error { 2**(2**30) } # => "ArgumentError: exponent is too large"
p error { 3**(2**64) } # => "ArgumentError: exponent is too large"
p 1**(2**64) # => 1
p((-1)**(2**64 + 1)) # => -1
p 0**(2**64) # => 0
p Rational(1, big) < Rational(1, 3) # => true
p error { format("%1000000000d", 1) } # => "ArgumentError: width too big"
p big.to_f # => Infinity
p 1.fdiv(big) # => 0.0
