# SPDX-License-Identifier: MIT
# Literals, interpolation, multiple assignment, globals and cases in hot loops.
def texts(n)
  out = nil
  n.times do |i|
    s = "fixed"
    s << "!" if i.odd?
    out = ["#{i} #{s} #{:sym} #{nil} #{true} #{1.5}", "a" "b", "x".frozen?, "lit".length]
  end
  out
end
p texts(200), texts(201)

class Shown
  def initialize(v) = @v = v
  def to_s = "<#{@v}>"
end

def shown(n)
  s = nil
  n.times { |i| s = "#{i.even? ? i : Shown.new(i)}-#{Shown.new(1)}" }
  s
end
p shown(200), shown(201)

def arrays(n)
  a = nil
  n.times do |i|
    a = [i, i * 2, [i, "s"], 0.5]
    a << a.length
    x, y = a
    f, *r = a
    (g, h), k = a[2], i
    y, x = x, y
    a = [x, y, f, r, g, h, k]
  end
  a
end
p arrays(200)

def swaps(n)
  a, b = 0, 1
  n.times { a, b = b, a + b }
  a
end
p swaps(60), swaps(200)

def hashes(n)
  h = nil
  n.times do |i|
    h = { a: i, b: [i], 3 => nil }
    h[:c] = h[:a] + 1
    h["k"] = h[:zz]
    h[:sum] = (h[:none] || 0) + h[3].to_i
  end
  h
end
p hashes(200)

def defaults(n)
  h = Hash.new(5)
  g = Hash.new { |hash, k| hash[k] = k * 2 }
  s = 0
  n.times do |i|
    s += h[i] + g[i % 10]
    h[i % 7] = i
  end
  [s, h.length, g.length]
end
p defaults(300)

def ranges(n)
  s = 0
  n.times do |i|
    (i..i + 3).each { |j| s += j }
    (0...3).each { |j| s += j }
    s += 1 if (10..20) === i
    s += (1..i).begin + (1..i).end
    s += 1 if (3..5).include?(i % 9)
  end
  s
end
p ranges(200)

$plain = 0
$other = nil
def globals(n)
  n.times do |i|
    $plain += i
    $other = $plain if i.odd?
  end
  [$plain, $other]
end
p globals(200)
traced = []
trace_var(:$plain) { |v| traced << v if traced.length < 3 }
p globals(5), traced
untrace_var(:$plain)
alias $renamed $plain
p globals(200), $renamed

def kinds(v)
  case v
  when Integer then :int
  when nil then :nil
  when :a, :b then :sym
  when "text" then :text
  when 1.0..2.0 then :range
  when Float, Array then :float_or_array
  when /re/ then :regexp
  when Comparable then :comparable
  else :other
  end
end
VALUES = [1, nil, :a, :b, "text", 1.5, 9.5, [], "a re", "zz", Object.new, 10**30, true]

def cases(n)
  out = []
  n.times { |i| out[i % VALUES.length] = kinds(VALUES[i % VALUES.length]) }
  out
end
p cases(400)

def numbers(n)
  out = Hash.new(0)
  n.times do |i|
    out[case i % 6
        when 0 then :zero
        when 1, 2 then :low
        when 3..4 then :high
        else :rest
        end] += 1
  end
  out
end
p numbers(600)

def pairs(n)
  s = []
  list = [[1, 2], [3, 4, 5], [6]]
  n.times do |i|
    list.each { |a, b| s[i % 4] = [a, b] }
    list.each_with_index { |(a, b), j| s[4 + i % 4] = [a, b, j] }
    { x: 1, y: i }.each { |k, v| s[8] = [k, v] }
  end
  s
end
p pairs(200)

def gives
  yield [1, 2]
  yield [3]
  yield 4
  yield nil
end

def taken(n)
  s = []
  n.times { |i| s = []; gives { |a, b| s << [a, b, i] } }
  s
end
p taken(100)

def folded(n)
  s = 0
  n.times { |i| s += 2 + 3; s += "ab".length; s += [1, 2, 3].include?(i % 5) ? 1 : 0 }
  s
end
p folded(200)

class Integer
  alias plain_plus +
  def +(other) = plain_plus(other).plain_plus(100)
end
x = folded(3)
class Integer
  alias + plain_plus
end
p x
