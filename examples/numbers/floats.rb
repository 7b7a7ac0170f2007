# Floats: printing, rounding, special values.
puts 0.1 + 0.2, 1e20, 1e16, 1e15, 1e-5, 0.0001, 100.0, 1.0 / 3
puts 2.5.round, 3.5.round, -2.5.round, 2.675.round(2), 1234.567.round(-2)
puts 7.0 / 2, 7 / 2, -7 / 2, -7.fdiv(2), 7.divmod(-2).inspect, -7 % 3, 7.remainder(-3)
puts 0.0 / 0.0, 1 / 0.0, -1 / 0.0, (0.0 / 0.0) == (0.0 / 0.0)
puts 3.7.floor, 3.2.ceil, -3.7.truncate, 3.99.to_i, 1e3.to_i
puts 10.0.to_s, 1e100.to_s, 1.23456789012345e+30, 5e-324, Float::MAX
puts 0.1.rationalize(Rational(1, 100)), 0.5.to_r, 3.14.to_r == 3.14
