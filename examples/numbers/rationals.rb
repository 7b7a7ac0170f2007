# Exact fractions and complex numbers.
half = Rational(1, 2)
third = 1/3r
puts half + third, half * third, half / third, half - third, half**3
puts half.to_f, third.round(3), Rational("0.75"), 0.75.to_r, 3.to_r
puts [half, third, 0.4].max, half == 0.5, half > third
harmonic = (1..10).sum { |n| Rational(1, n) }
puts harmonic, harmonic.numerator, harmonic.ceil
z = Complex(3, 4)
puts z.abs, z * z, z + 1, z.conjugate, z == Complex("3+4i"), 2i * 2i
puts Complex.polar(2, 0).real, z.rectangular.inspect
