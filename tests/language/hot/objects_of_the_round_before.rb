# SPDX-License-Identifier: MIT
# Objects that each round of a loop makes of the one of the round before: sums, pairs, what is
# frozen, stored to under another name, of another class or shape, left by return and exceptions.
class V
  attr_accessor :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end

  def +(o) = V.new(@x + o.x, @y + o.y)
  def to_s = "#{x},#{y}"
end

class W < V; def +(o) = W.new(@x - o.x, @y); end
$k = []

def sum(n, a, d)
  n.times { |i| a = a + d; $k << a if i == 700 }
  a.to_s
end
p sum(1000, V.new(0, 0), V.new(1, 2)), sum(1000, V.new(0.0, 1), V.new(1, 2.5))
p sum(1000, W.new(0, 1), V.new(1, 2)), sum(1000, V.new(0, 1).freeze, V.new(1, 2))
x = V.new(0, 0)
def x.+(o) = V.new(100, 100)
p sum(1000, x, V.new(1, 1)), sum(10, x, V.new(1, 1)), x.to_s
p $k.map(&:to_s)

def mid(n)
  a = V.new(0, 0)
  d = V.new(1, 1)
  i = 0
  while i < n
    a = a + d
    a.freeze if i == 500
    d.x = 5 if i == 600
    d = a if i == 700
    i += 1
    a = a + d if i % 7 == 0
  end
  [a.to_s, a.frozen?, d.to_s]
end
p mid(1500).map { |q| q.to_s[0, 40] }

def alias1(n)
  a = V.new(0, 0)
  b = a
  i = 0
  while i < n
    b.x = i
    c = a.x
    a = V.new(c + 1, i) if i > 500
    i += 1
  end
  [a.to_s, b.to_s]
end
p alias1(1000)

def alias2(n)
  a = V.new(1, 1)
  b = a
  i = 0
  t = 0
  while i < n
    t += a.x
    b.x = t & 7
    a = V.new(t & 3, b.x)
    b = a if i % 100 == 0
    i += 1
  end
  [t, a.to_s, b.to_s, a.equal?(b)]
end
p alias2(3000)

def two(n)
  a = V.new(1, 1)
  b = V.new(2, 2)
  i = 0
  while i < n
    a, b = b, V.new(a.x + b.x & 1023, i)
    i += 1
  end
  [a.to_s, b.to_s]
end
p two(3000)

def fibv(n)
  a = V.new(0, 1)
  n.times { a = V.new(a.y, (a.x + a.y) & 0xffff) }
  a.to_s
end
p fibv(3000)

def cond(n)
  a = V.new(0, 1)
  n.times { |i| a = V.new(a.y + 1, a.x) if i.odd?; $k << a if i % 999 == 0 }
  a.to_s
end
$k.clear; p cond(3000), $k.map(&:to_s)

def leavesit(n)
  a = V.new(0, 1)
  n.times { |i| a = V.new(a.x + 1, nil); return [a, a.x] if a.x == 2500 }
end
p leavesit(3000).last

def exc(n)
  a = V.new(0, 1)
  n.times { |i| a = V.new(a.x + 1, i); raise "x" if i == 2500 }
rescue => e
  [a&.to_s, e.message]
end
p exc(3000)

def typech(n)
  a = V.new(0, 1)
  n.times { |i| a = V.new(i == 1500 ? 2**64 : a.x + 1, a.y * 2 & 0xff) }
  a.to_s
end
p typech(3000)

def nilin(n)
  a = nil
  n.times { |i| a = a ? V.new(a.x + 1, i) : V.new(0, 0); a = nil if i % 1000 == 999 }
  a.to_s
end
p nilin(2500)

def inner(n)
  t = 0
  n.times { |i| a = V.new(i, 0); 10.times { |j| a = V.new(a.x + j, a.y + 1) }; t += a.x + a.y }
  t
end
p inner(500)

def rev(a)
  l = nil
  a.each { |v| l = V.new(v, l) }
  r = []
  while l
    r << l.x
    l = l.y
  end
  r
end
p rev((1..2000).to_a).sum
S = Struct.new(:a, :b)

def st(n)
  s = S.new(0, 1)
  n.times { |i| s = S.new(s.b, s.a + 1); s.a += 1 if i % 5 == 0 }
  s.to_a
end
p st(3000)

def st2(n)
  s = [0, 1]
  n.times { |i| s = [s[1], s[0] + 1] }
  s
end
p st2(3000)

def cl(n)
  f = ->(x) { x }
  n.times { |i| g = f; f = ->(x) { x + i } if i % 1000 == 5 }
  f.call(1)
end
p cl(3000)

def bind(n)
  a = V.new(0, 0)
  n.times do |i|
    a = V.new(a.x + 1, 0)
    b = binding if i == 1000
    b.local_variable_set(:a, V.new(50, 50)) if b
  end
  a.to_s
end
p bind(2000)
