# SPDX-License-Identifier: MIT
# Objects in local variables that a loop sets anew in each round: nobody else sees them, so hot code
# does not make them, but whoever looks at the variable does: the one of this round, the one of the
# round before, or what was there before the loop.
class Vector
  attr_accessor :x, :y

  def initialize(x, y)
    @x = x
    @y = y
  end

  def +(other) = Vector.new(@x + other.x, @y + other.y)
  def to_s = "#{x},#{y}"
end

$kept = []

def keep(value, now)
  $kept << value if now
end

def kept
  texts = $kept.map { |v| v.is_a?(Array) ? v.inspect : v.to_s }.join(" ")
  texts << " of " << $kept.map(&:object_id).uniq.size.to_s
  $kept.clear
  texts
end

def last_round(n)
  v = nil
  i = sum = 0
  while i < n
    keep(v, i % 70 == 69)
    v = Vector.new(i, 1)
    sum += v.x + v.y
    i += 1
  end
  "#{sum} #{v}"
end
puts last_round(300), kept

def one_behind(n)
  v = w = nil
  i = sum = 0
  while i < n
    w = v
    v = Vector.new(i, 1)
    sum += v.x
    sum += w.x if w
    i += 1
    next unless i % 50 == 0

    keep(v, true)
    keep(w, true)
  end
  "#{sum} #{v} #{w}"
end
puts one_behind(300), kept

def same_in_both(n)
  v = w = nil
  i = sum = 0
  while i < n
    v = Vector.new(i, 1) if i % 3 == 0
    w = v
    sum += v.x
    i += 1
    next unless i % 50 == 0

    keep(v, true)
    keep(w, true)
  end
  "#{sum} #{v.equal?(w)}"
end
puts same_in_both(300), kept

def made_before(n)
  v = Vector.new(0, 0)
  first = v
  i = same = 0
  while i < n
    v = Vector.new(i, 1) if i > 100
    same += 1 if v.equal?(first)
    i += 1
  end
  "#{same} #{v} #{v.equal?(first)}"
end
puts made_before(300)

def in_one_of_two(n)
  a = b = v = nil
  i = 0
  while i < n
    v = Vector.new(i, 2)
    if i.odd?
      a = v
    else
      b = v
    end
    i += 1
    next unless i % 51 == 0

    keep(a, true)
    keep(b, true)
    keep(v, true)
  end
  "#{a} #{b} #{v.equal?(a)} #{v.equal?(b)}"
end
puts in_one_of_two(301), kept

def other_kinds(n)
  i = 0
  while i < n
    range = (i..i + 2)
    list = [i, 2]
    pair = { a: i }
    half = i * 0.5
    add = ->(q) { q + 1 }
    i += add.(range.first - list[0]) + pair[:a] - range.first
    keep([range, list, pair[:a], half, add.(1)], i % 51 == 0)
  end
  [range, list, pair[:a], half, add.(2)].inspect
end
puts other_kinds(301), kept

def sums(n)
  sum = Vector.new(0, 0)
  one = Vector.new(1, 2)
  i = 0
  while i < n
    sum = sum + one
    i += 1
    keep(sum, i % 90 == 0)
  end
  sum.to_s
end
puts sums(300), kept

def sums_of_other_shapes(n)
  sum = Vector.new(0.0, 0.0)
  one = Vector.new(1.0, 2.0)
  n.times do |i|
    sum = sum + one
    sum = Vector.new(1, 2) if i == 200
    one = one + one if i == 250
  end
  sum.to_s
end
puts sums_of_other_shapes(300)

def left_by_an_exception(n)
  i = 0
  begin
    while i < n
      v = Vector.new(i, 1)
      raise "over" if i == 250

      i += 1
    end
  rescue => e
    "#{v} #{e.message}"
  ensure
    keep(v, true)
  end
end
puts left_by_an_exception(300), kept

def nested(n)
  i = sum = 0
  while i < n
    j = 0
    outer = Vector.new(i, i)
    while j < 5
      inner = Vector.new(j, outer.x)
      sum += inner.y
      j += 1
    end
    i += 1
    keep(inner, i % 50 == 0)
    keep(outer, i % 50 == 0)
  end
  "#{sum} #{inner} #{outer}"
end
puts nested(200), kept

def chained(n)
  list = nil
  i = count = 0
  while i < n
    list = Vector.new(i, list)
    list = nil if i % 100 == 99
    i += 1
  end
  while list
    count += 1
    list = list.y
  end
  count
end
puts chained(250)

def optional(n, v = (n > 60 ? Vector.new(3, 3) : nil))
  i = 0
  before = nil
  while i < n
    before = v
    v = Vector.new(i, i)
    i += 1
  end
  "#{before} #{v}"
end
60.times { optional(50) }
puts optional(200), optional(100, Vector.new(5, 6)), optional(1)

def stored_to(n)
  v = Vector.new(0, 0)
  i = 0
  before = nil
  while i < n
    before = v
    v = Vector.new(i, before.x)
    v.x += 1
    before.y = 7
    i += 1
    v.y = 3 if i % 2 == 0
  end
  "#{v} #{before}"
end
puts stored_to(300)

def stored_where_ways_meet(n)
  i = sum = 0
  while i < n
    v = i % 2 == 0 ? Vector.new(i, 1) : Vector.new(1, i)
    sum += v.x
    i += 1
    v.x = 5 if i % 3 == 0
    sum += v.x
    keep(v, i % 51 == 0)
  end
  "#{sum} #{v}"
end
puts stored_where_ways_meet(300), kept

def seen_by_a_binding(n)
  i = 0
  while i < n
    v = Vector.new(i, 1)
    seen = binding if i == 150
    seen.local_variable_set(:v, 5) if seen && i == 160
    i += 1
  end
  "#{v} #{seen.local_variable_get(:v)}"
end
puts seen_by_a_binding(300)
