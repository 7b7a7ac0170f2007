# SPDX-License-Identifier: MIT
# Math.
p(Math.sqrt(16)) # => 4.0
p(Math.cbrt(27)) # => 3.0
p(Math.sin(0)) # => 0.0
p(Math.cos(0)) # => 1.0
p(Math.atan2(1, 1)) # => 0.7853981633974483
p(Math.hypot(3, 4)) # => 5.0
p(Math.exp(0)) # => 1.0
p(Math.log(1)) # => 0.0
p(Math.log(8, 2)) # => 3.0
p(Math.log2(8)) # => 3.0
p(Math.log10(1000)) # => 3.0
p(Math.log(10**400)) # => 921.0340371976183
p(Math.log2(2**3000)) # => 3000.0
p(Math.log(0)) # => -Infinity
p(Math.gamma(5)) # => 24.0
p(Math.gamma(0.5)) # => 1.772453850905516
p(Math.lgamma(0.5)) # => [0.5723649429247001, 1]
p(Math.lgamma(-0.0)) # => [Infinity, -1]
p(Math.erf(1)) # => 0.8427007929497149
p(Math.frexp(1234)) # => [0.6025390625, 11]
p(Math.ldexp(0.5, 3)) # => 4.0
p(Math::PI) # => 3.141592653589793
p(Math::E) # => 2.718281828459045
p(Math.sqrt(4r)) # => 2.0
p(Math::DomainError.superclass) # => StandardError
include Math
p(sqrt(9)) # => 3.0
