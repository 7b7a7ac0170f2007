# SPDX-License-Identifier: MIT
# Literal lists with splats and keys that are no constants, assignments from the end, in hot loops.
A = [1, 2, 3]
H = { a: 1, "s" => 2 }
class Key
  attr_reader :k
  def initialize(k) = @k = k
  def hash = $asked = $asked.to_i + 1
  def eql?(o) = true
end
def lists(n)
  t = 0
  i = 0
  var = [5]
  while i < n
    x = [*A]
    x << 9
    y = [i, *A, *var, i + 1]
    z = [*1..3, *A, i]
    w = [*nil, *"s", *var]
    t += x.size + y.sum + z.sum + w.size + A.size
    var += [i] if i % 10 == 3
    var = A.dup.freeze if i == 25
    i += 1
  end
  t
end
p lists(40)
def hashes(n)
  out = []
  i = 0
  key = "k"
  objs = [Key.new(1), :sym, 1.5, 2**70, nil, [1], "str"]
  while i < n
    h = { i => 1, key => 2, "lit" => 3 }
    g = { a: 0, **H, b: i }
    k = { objs[i % 7] => i, i => 2 }
    m = { **H, **h }
    e = { **nil, c: 1 } rescue :err
    key << "x" if i == 20
    out << [h.size, h.key?(key), g[:a], g[:b], g["s"], k.size, m.size, e, h.keys[1].frozen?] 
    i += 1
  end
  out.map { |r| r.values_at(0, 1, 2, 4, 5, 6, 7, 8) }.tally
end
hashes(60).each { |x| p x }
p $asked > 5
def many(n)
  t = 0
  i = 0
  l = [[1, 2, 3], [1], [], [1, 2], [1, 2, 3, 4, 5]]
  while i < n
    *a, b = l[i % 5]
    c, *d, e = l[i % 5]
    f, g, *h, j, k = l[i % 5]
    t += a.sum + b.to_i * 10 + c.to_i + d.sum * 100 + e.to_i * 7 + f.to_i + g.to_i * 3 + h.sum + j.to_i * 5 + k.to_i * 11
    i += 1
  end
  t
end
p many(50)
def kw(a:, b: 2, **o) = a + b + o.size
def opt(*r, **o) = [r, o]
def passes(n)
  t = 0
  i = 0
  o = { b: 5 }
  while i < n
    t += kw(a: i, **o)
    t += kw(**o, a: 1, c: 2)
    t += opt(*A, i, **o)[0].size
    t += opt(*A, **{})[1].size
    o = { b: 6, z: 1 } if i == 20
    i += 1
  end
  t
end
p passes(40)
def packed(n)
  out = []
  i = 0
  while i < n
    out << A.each_with_index.to_a << A.each_with_index.max << H.each_with_index.to_a
    out << A.each_with_index.select { |x, j| x > j + i % 2 }
    out << A.map.with_index(1).to_a << A.each_with_index.sort_by { |x, j| -j }.first
    i += 1
  end
  out.uniq
end
p packed(30)
def name(n)
  s = nil
  n.times { s = __method__ }
  s
end
alias other name
p name(30), other(30)
define_method(:dm) { |n| s = nil; n.times { s = __method__ }; s } rescue self.class.send(:define_method, :dm) { |n| s = nil; n.times { s = __method__ }; s }
p dm(30)
i = 0
while i < 30
  m = __method__
  i += 1
end
p m
p (0...30).map { |q| "hello".rindex("l", -(q % 6)) }.tally
