# SPDX-License-Identifier: MIT
# Objects that change their shape, class or frozenness while a hot loop uses them.
class P
  attr_accessor :x, :y
  def initialize(x, y); @x = x; @y = y; end
  def +(o) = P.new(@x + o.x, @y + o.y)
  def ==(o) = o.is_a?(P) && @x == o.x
  def set(n); @z = n if n > 5; @w = 1.5 * n; self; end
  def sum = (@x || 0) + (@z || 0) + (@w || 0)
end
a = P.new(0, 0)
20.times { |i| a = a + P.new(i, i * 0.5) }
p a.x, a.y
o = P.new(1, 2)
r = []
20.times { |i| r << P.new(i, i).set(i).sum }
p r
arr = []
20.times { |i| q = P.new(i, i.to_s); q.x = "s" if i == 15; arr << q.x }
p arr
fz = P.new(1, 1)
log = []
20.times { |i| fz.freeze if i == 10; begin; fz.x = i; rescue => e; log << e.class; end }
p fz.x, log
objs = [P.new(1, 2), P.new(3, 4)]
20.times do |i|
  def (objs[1]).x = 77 if i == 10
  log << objs[i % 2].x
end
p log.size, log.last(12)
module M; def x = super * 10; end
t = 0
20.times { |i| P.prepend(M) if i == 10; t += objs[0].x }
p t
class Dyn
  def method_missing(n, *a) = n.end_with?("?") ? a.sum : super
  def respond_to_missing?(*) = true
end
d = Dyn.new
u = 0
20.times { |i| u += d.foo?(i, 1) }
p u
s = 0
20.times { |i| s += [1, 2, 3].send(i.even? ? :sum : :size) }
p s
class Sub < P
  def initialize(x) = super(x, x)
  def x = super + 1
end
p 20.times.map { |i| Sub.new(i).x }.sum
W = Struct.new(:a, :b)
ws = 20.times.map { |i| W.new(i, i * 2) }
p ws.sum { |w| w.a + w.b }
class Cnt
  @@n = 0
  def hit = @@n += 1
  def self.n = @@n
end
c = Cnt.new
20.times { c.hit }
p Cnt.n
class Vari
  def go(n)
    n.times { |i| instance_variable_set("@v#{i}", i); @a = i; @b = i.to_f; @c = i > 15 ? nil : i }
    instance_variables.size
  end
  attr_reader :a, :b, :c
end
v = Vari.new
p v.go(40), v.a, v.b, v.c
class Al; attr_accessor :f; end
as = 10.times.map { Al.new }
as.each_with_index { |q, i| q.f = i * 1.5 }
as.each_with_index { |q, i| q.f = i == 8 ? "x" : q.f * 2 }
p as.map(&:f)
