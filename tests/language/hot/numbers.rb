# SPDX-License-Identifier: MIT
# Integers beyond 63 bits, rare Floats, division and shifts in hot loops.
def sum(n, by)
  s = 1
  i = 0
  while i < n
    s *= by
    i += 1
  end
  s
end
p sum(100, 3), sum(70, 2), sum(10, -7)
x = 4611686018427387900
20.times { x += 1; p x if x > 4611686018427387902 and x < 4611686018427387906 }
y = -4611686018427387900
20.times { y -= 1 }
p y
def fl
  r = []
  a = [0.0, -0.0, 1.5, Float::NAN, Float::INFINITY, -1.0, 1e-320, 5e300]
  40.times { |i| f = a[i % 8]; r << (f + 0.0) << -f << (f * -1) << (f == f) << (f < 1) << (f <=> 0) << (1 / f rescue "z") }
  r
end
p fl.map(&:to_s).tally.sort
big = 9007199254740993
fb = 9007199254740992.0
10.times { |i| p [big == fb, big > fb, fb < big, big >= fb, (big - 1) == fb] if i > 7 }
def mods
  r = []
  (-6..6).each { |a| [-4, -3, -1, 1, 3, 4].each { |b| r << a / b << a % b << a.divmod(b).sum << (a.fdiv(b) * 100).to_i } }
  r.each_slice(24).map(&:sum)
end
p mods
p (0..80).map { |i| 1 << i }.last(3), (0..70).map { |i| (1 << 61) >> i }.last(12), (-3..3).map { |i| 5 << i }, (-3..70).map { |i| -5 >> i }.last(4)
z = 0
30.times { |i| z = z ^ (i << 3) | i & ~2 }
p z
v = 0
20.times { |i| v += i.odd? ? 1 : 0.5 }
p v
m = 4611686018427387903
20.times { |i| m = -m; m -= 1 if i == 10 }
p m
d = -4611686018427387904
r = []
10.times { |i| r << d / -1 << d * -1 << -d << d % -1 }
p r.uniq
w = 2 ** 61
t = 0
12.times { t += w }
p t
p (1..20).inject { |a, b| a * b }, (1..25).inject(:*)
a = 1.0
100.times { a = a * 1.5 + 1 }
p a
n = 0
20.times { |i| n += 1 if i.to_f == i && i != 0.5 && !(i > 1e300) }
p n
