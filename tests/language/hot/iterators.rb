# SPDX-License-Identifier: MIT
# Iterators of the core library and calls of every form in hot loops.
class A
  include Enumerable
  def initialize(*v) = @v = v
  def each(&b) = (@v.each(&b); self)
end
a = A.new(*1..12)
p a.map { |x| x * 2 }, a.select(&:even?), a.inject(:+), a.each_slice(5).to_a, a.min_by { |x| -x }, a.sort_by { |x| -x }
p a.each_with_object([]) { |x, acc| acc << x if x % 3 == 0 }, a.partition { |x| x > 4 }, a.find { |x| x > 7 }, a.first(3), a.lazy.map { |x| x + 1 }.first(2)
class B1; def go(x, y = x + 1, *r, k: 2, **o, &b) = b ? b.call(x, y, k) : [x, y, r, k, o]; end
class C1 < B1; def go(x, y = 5, *, **, &b) = super; end
c = C1.new
r = []
20.times { |i| r << c.go(i) << c.go(i, i, i, k: i, z: i) { |*q| q } }
p r.last(2), r.size
def yielder(n)
  return enum_for(:yielder, n) unless block_given?
  i = 0
  while i < n
    yield i, i * 2
    i += 1
  end
  i
end
p yielder(10) { |a, b| a + b }, yielder(10).to_a.sum { |a, b| a * b }
t = 0
yielder(20) { |a| t += a }
yielder(20) { |a, (b, c), *d| t += b; t += 1 if c.nil? && d.empty? }
yielder(20) { |a, b, c = 3, d| t += c + (d || 1) }
p t
def opt(a, b = a * 2, c = b + 1) = a + b + c
t = 0
20.times { |i| t += opt(i) + opt(i, 1) + opt(i, 1, 1) }
p t
begin
  20.times { |i| opt(*([1] * (i > 15 ? 4 : 2))) }
rescue ArgumentError => e
  p e.message, e.backtrace.first(2).map { |l| l[/in .*/] }
end
begin
  20.times { |i| i > 15 ? opt : opt(i) }
rescue ArgumentError => e
  p e.message, e.backtrace.first(2).map { |l| l[/in .*/] }
end
def rp(n)
  yield n
  rp(n - 1) { |x| yield x + 1 } if n > 0
end
20.times { s = 0; rp(6) { |x| s += x }; t += s }
p t
def redo_it
  n = 0
  10.times { |i| n += 1; redo if n % 4 == 0 }
  n
end
p redo_it
x = 10
l = (1..30).each_with_index.map { |v, i| next 0 if v == 3; x += v if i.even?; x }
p l.last, x
def w
  i = 0
  r = while true
        i += 1
        next if i < 5
        break i * 3 if i > 20
      end
  begin i += 1 end while i < 30
  [r, (until i == 0 do i -= 1 end), i]
end
3.times { p w }
using(Module.new { refine(Integer) { def dbl = self * 3 } })
p 20.times.map { |i| i.dbl }.sum
z = 0
20.times { |i| z += i&.succ.to_i; z += (i == 7 ? nil : i)&.pred.to_i }
p z
st = Class.new { def ===(o) = o > 5 }.new
p 20.times.map { |i| case i; when 0..2 then :a; when st then :b; when Integer then :c; end }.tally
p 20.times.map { |i| case [i, i.to_s]; in [0..3 => q, String] then q; in [Integer => q, "7"] then -q; in [q, _] if q > 10 then q * 2; else 0 end }.sum
g = 0
20.times { |i| $gl = i; g += $gl }
p g, $gl
p 20.times.map { |i| format("%d-%s", i, i.to_f) }.join.size, 20.times.sum { |i| "x#{i}y".length + "abc"[i % 3].ord }
p 20.times.map { |i| [i, -i].max }.sum, 20.times.map { |i| i.clamp(3, 8) }.sum, 20.times.each_with_object({}) { |i, h| (h[i % 3] ||= []) << i }
o = Object.new
def o.each = 5.times { |i| yield i }
o.extend(Enumerable)
3.times { p o.to_a, o.include?(3), o.reduce(:*), o.sum, o.zip(o) }
i = 0
begin
  i += 1
  loop { i += 1; raise StopIteration if i > 20 }
end
p i
p (1..Float::INFINITY).each { |q| break q if q * q > 200 }
1.step(20, 3) { |q| z += q }
1.0.step(2.0, 0.25) { |q| z += q }
20.downto(5) { |q| z -= q }
3.upto(9) { |q| z += q }
p z
ary = (1..20).to_a
ary.each_with_index { |q, k| ary.delete_at(k) if q % 5 == 0 }
ary.map!.with_index { |q, k| q * k }
ary.reject!(&:even?)
p ary, ary.each_cons(2).to_a.size
str = "hello world"
cnt = Hash.new { |h, k| h[k] = 0 }
str.each_char { |q| cnt[q] += 1 }
p cnt
def kw(a:, b: 2) = a * b
p 20.times.sum { |i| kw(a: i) + kw(b: i, a: 1) }
def binding_in(i) = binding
s = 0
20.times { |i| bb = binding_in(i); s += bb.local_variable_get(:i) }
p s
f = 0
20.times { |i| define_method(:dm) { i } rescue f += 1; self.class.define_method(:"dm#{i % 2}") { i }; f += send(:"dm#{i % 2}") }
p f
