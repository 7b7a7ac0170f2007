# SPDX-License-Identifier: MIT
# Rounding Integers to powers of ten.
p(15.round(-1)) # => 20
p(25.round(-1)) # => 30
p(-25.round(-1)) # => -30
p(25.round(-1, half: :even)) # => 20
p(35.round(-1, half: :even)) # => 40
p(25.round(-1, half: :down)) # => 20
p(-25.round(-1, half: :down)) # => -20
p(25.round(-1, half: :up)) # => 30
p(15.round(1)) # => 15
p(15.floor(-1)) # => 10
p(-15.floor(-1)) # => -20
p(15.ceil(-1)) # => 20
p(-15.ceil(-1)) # => -10
p(19.truncate(-1)) # => 10
p(-19.truncate(-1)) # => -10
p(15.round(-100)) # => 0
p((10**30 + 5).round(-1)) # => 1000000000000000000000000000010
p(12345.round(-2, half: nil)) # => 12300
