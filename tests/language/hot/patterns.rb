# SPDX-License-Identifier: MIT
# Patterns, ensure, super, copies and objects as keys in hot loops.
class Pair
  attr_reader :a, :b
  def initialize(a, b)
    @a = a
    @b = b
  end

  def deconstruct = [@a, @b]
  def deconstruct_keys(_keys) = { a: @a, b: @b }
end

def shape(v)
  case v
  in [] then :empty
  in [Integer => x, Integer => y] then x + y
  in [first, *rest] if rest.length > 2 then [first, rest]
  in [x, [y, *], *z] then [x, y, z]
  in { name: String => name, age: Integer => age, **rest } then [name, age, rest]
  in { kind: :circle, r: } then r * 3
  in { only: x, **nil } then [:only, x]
  in 5 | 6 then :five
  in nil then :nil
  in String | Symbol => s then s.to_s.length
  in Float => f if f > 1 then f
  in Pair(a:, b: 1..3 => b) then [a, b]
  in Pair[a, _] then a
  else :other
  end
end
SHAPES = [[], [1, 2], [1, 2, 3, 4], [1, [2, 3], 4], { name: "n", age: 3, x: 1 }, { kind: :circle, r: 2 },
          { only: 1 }, { only: 1, more: 2 }, 5, 6, 7, nil, "text", :sym, 1.5, 0.5, Pair.new(1, 2),
          Pair.new(1, 9), [1], Object]

def shapes(n)
  out = []
  n.times { |i| out[i % SHAPES.length] = shape(SHAPES[i % SHAPES.length]) }
  out
end
p shapes(600)

def arrays_only(n)
  s = 0
  n.times do |i|
    case [i, i * 2]
    in [a, b] if a > 100 then s += b
    in [Integer, x] then s += x + 1
    end
    case { v: i, w: nil }
    in { v: Integer => v, w: nil } then s -= v
    end
  end
  s
end
p arrays_only(300)

def fails(n)
  n.times do |i|
    case [i, i < 150 ? 1 : "x"]
    in [Integer, Integer] then i
    end
  end
rescue NoMatchingPatternError => e
  [e.message, e.backtrace.length > 1]
end
p fails(200)

def one_line(n)
  s = 0
  n.times do |i|
    { a: i, b: [i, 1] } => { a:, b: [x, y] }
    s += a + x + y
    s += 1 if (i in 10..20)
  end
  s
end
p one_line(300)

def ensured(n)
  log = 0
  done = 0
  n.times do |i|
    begin
      next if i % 7 == 0
      done += 1
      Integer("x") if i % 50 == 49
    rescue ArgumentError => e
      log += e.message.length
    ensure
      log += 1
    end
  end
  [log, done, $!]
end
p ensured(300)

def leaves_late(n)
  log = []
  i = 0
  while i < n
    begin
      i += 1
      return [log.sum, i] if i == n - 5
      break if i > n
    ensure
      log << i
    end
  end
  log.length
end
p leaves_late(200)

class Base
  attr_reader :made
  def initialize(x) = @made = x
  def area(k) = @made * k
  def each
    yield 1
    yield @made
  end
end

class Derived < Base
  def initialize(x)
    super
    @extra = 1
  end

  def area(k) = super(k + 1) + @extra
  def each
    super
    yield 100
  end
end

class Plain
  def initialize(v)
    super()
    @v = v
  end
  attr_reader :v
end

def supers(n)
  s = 0
  list = [Base.new(2), Derived.new(3)]
  n.times do |i|
    s += list[i % 2].area(i)
    s += Derived.new(i).made + Plain.new(i).v
    list[1].each { |x| s += x }
  end
  s
end
p supers(300)

def changes_super(n)
  s = 0
  d = Derived.new(1)
  n.times do |i|
    Base.class_eval { def area(k) = k * 1000 } if i == 150
    s += d.area(i)
  end
  s
end
p changes_super(200)

def copies(n)
  a = [3, 1, 2]
  t = "text"
  b = c = nil
  n.times do |i|
    b = a.dup
    b << i
    c = t.dup << "!"
  end
  [a, b, t, c]
end
p copies(200)

def sets(n)
  objects = Array.new(10) { Object.new }
  seen = {}
  hits = 0
  n.times do |i|
    o = objects[i % 10]
    hits += 1 if seen.key?(o)
    seen[o] = i
    hits += seen[o] if i < 5
  end
  [hits, seen.length]
end
p sets(300)

class Same
  def hash = 1
  def eql?(other) = true
end

def equals(n)
  seen = {}
  n.times { |i| seen[i < 100 ? Object.new : Same.new] = i }
  seen.length
end
p equals(200)

def sums(n)
  s = 0
  n.times do |i|
    s += [i, 1, 2.5].inject(:+) + [1, i].max + [4, i, 2].min + [3, 1, i].sort { |x, y| y <=> x }.first
    s += (1..4).inject(:*) + [i, 2].sum
  end
  s
end
p sums(300)
