# SPDX-License-Identifier: MIT
# Receivers of several shapes and kinds at one place, and fields in all places.
class Wide
  attr_accessor :a, :b, :c, :d, :e, :f, :g, :h
  def initialize(i)
    @a = i * 0.5
    @b = i
    @c = i * 1.25
    @d = nil
    @e = i * 0.25
    @f = i.to_s
    @g = i * 1e300
    @h = 0.0
  end

  def sum = @a + @b + @c + @e + @h
end

# The first objects of a class have few inline slots, later ones all.
def wide(n)
  list = Array.new(6) { |i| Wide.new(i) }
  total = 0.0
  n.times do |i|
    w = list[i % 6]
    w.a += 1.0
    w.e = w.e + w.c
    w.h += 0.5
    w.d = i.even? ? i : nil
    total += w.sum + w.e + w.a
    total += 1 if w.d.nil?
    total += w.d || 0
  end
  [total, list.map { |w| [w.a, w.e, w.h, w.d, w.f] }]
end
p wide(300)

class A
  def go(x) = x + 1
  def me = self
end

class B
  def go(x) = x * 2
  def me = self
end

class C < A
  def go(x) = super - 3
end

def several(n)
  list = [A.new, B.new, C.new, A.new]
  s = 0
  n.times do |i|
    o = list[i % 4]
    s += o.go(i)
    s += 1 if o.me.equal?(o)
    s -= 1 if o.is_a?(A)
  end
  s
end
p several(300)

def kinds(n)
  list = [nil, 1, true, false, :sym, "text", 2.5, [1], 10**30, A]
  seen = []
  n.times do |i|
    v = list[i % list.length]
    seen[i % list.length] = [v.nil?, v.to_s.length, !v, v == 1, v.class, v.equal?(v)]
  end
  seen
end
p kinds(400)

def maybe(n)
  list = [nil, A.new]
  s = 0
  n.times do |i|
    o = list[i % 2]
    s += o&.go(i) || 7
    s += o.go(1) if o
    s += (o.nil? ? 1 : 2)
  end
  s
end
p maybe(300)

# A shape that comes late, one that goes away, and a method that changes.
def late(n)
  s = 0
  o = A.new
  n.times do |i|
    o = B.new if i == 100
    o = C.new if i == 200
    o = Struct.new(:go) { def go(x) = x - 1 }.new if i == 250
    s += o.go(i)
  end
  s
end
p late(300)

def changed(n)
  list = [A.new, B.new]
  s = 0
  n.times do |i|
    B.define_method(:go) { |x| -x } if i == 150
    s += list[i % 2].go(i)
  end
  s
end
p changed(300)

# self of two shapes, narrowed on one way only.
class Node
  attr_reader :v
  def initialize(v, more)
    @v = v
    @more = 1 if more
  end

  def value(i)
    return @v if i % 3 == 0
    @more ? @v + @more : @v * 2
  end
end

def selves(n)
  list = [Node.new(1, true), Node.new(2, false)]
  n.times.sum { |i| list[i % 2].value(i) }
end
p selves(300)

# Mixed numbers.
def mixed(n)
  list = [1, 2.5, 2**70, -3, 0.0]
  s = 0
  r = nil
  n.times do |i|
    x = list[i % 5]
    y = list[(i / 5) % 5]
    r = [x + y, x - y, x * y, x <=> y, x == y, x < y, x != y]
    s += r[0] > 0 ? 1 : 0
    s += (x % y > 0 ? 1 : 0) + (x / y > 1 ? 1 : 0) unless y == 0
  end
  [s, r]
end
p mixed(300)

def grows(n)
  x = 1
  s = 0
  n.times do |i|
    x = x * 3 + 1
    s ^= x & 0xffff
    s += (x >> 3) & 7
    x = 1 if i % 60 == 59
  end
  [x, s]
end
p grows(500)

# Arrays of several kinds at one place, indices outside.
def arrays(n)
  list = [[1, 2, 3], [1.5, 2.5, 3.5], [nil, :a, "b"], [], [[1], [2], [3]]]
  out = []
  n.times do |i|
    a = list[i % 5]
    out[i % 35] = [a[i % 3], a[-1], a[5], a.length, a.first, a.last, a.empty?]
    a[i % 3] = a[(i + 1) % 3] unless a.empty?
  end
  out
end
p arrays(400)
