# Sums, products, quotients and rounding of small and large Rationals, as one number, and their errors.
def error; yield; rescue => e; "#{e.class}: #{e.message}"; end
h = 0
vals = []
[-7, -2, 0, 1, 5].each { |n| [1, 2, 6].each { |d| vals << Rational(n, d) } }
vals.concat([Rational(10**30 + 1, 3**40), Rational(-7**40, 10**29), Rational(2**64, 3), Rational(1, 2**70)])
vals.each { |a| vals.each { |b|
  [a + b, a - b, a * b, (a / b rescue 0), a <=> b, a == b, (a.divmod(b) rescue 0), (a % b rescue 0), (a.quo(b) rescue 0)].each { |v| v = v.is_a?(Array) ? v[0].to_i * 31 + v[1].numerator * 7 + v[1].denominator : v == true ? 1 : v == false ? 2 : v.numerator * 37 + v.denominator * 3; h = (h * 131 + v) % (2**61 - 1) } 
  raise "x" unless (a + b).denominator.gcd((a + b).numerator) == 1 && (a * b).denominator > 0
} 
 [0, 1, -1, 2, 5].each { |d| [a.floor(d), a.ceil(d), a.truncate(d), a.round(d), a.round(d, half: :even), a.round(-1, half: :down), a.floor, a.ceil, a.truncate, a.round, a.to_i].each { |v| h = (h * 131 + v.numerator * 37 + v.denominator) % (2**61 - 1) } }
 [1, 0, -3, 2**65].each { |i| [a + i, i + a, a - i, i - a, a * i, i * a, (a / i rescue 0), (i / a rescue 0)].each { |v| h = (h * 131 + v.numerator * 37 + v.denominator) % (2**61 - 1) } } }
p h
p error { 1r / 0 }, error { 1r / 0r }, error { 0r / 0 }, error { 1r.floor(nil) }, error { 1r.floor("1") }, error { 1r.floor(1, 2) }, error { 1r.floor(1.5) }, error { 1r.to_i(1) }, error { Rational(1, 0) }, error { Rational(1, 0, exception: false) }, error { Rational(1, 2, exception: nil) }
p error { 1r.round(1, 2) }, error { 1r.round(nil) }, error { 1r.round("1") }
p Rational(4, 6), Rational(2, -4), Rational(5), Rational(3, 1.5), (1/3r) - (1/3r), (1/3r) + (-1/3r), 0r * (5/7r), (1/2r).method(:floor).arity, (7/2r).floor(**{})
