# SPDX-License-Identifier: MIT
# C leaves that machine code calls at their address: values, effects, exceptions in the middle.
def strings(n)
  text = +""
  n.times { |i| text << "ab" << 99 if i.even? }
  [text.length, text.getbyte(4), text.index("ca", 2), text[1, 4], text[-1], text.include?("zz"),
   text.upcase[0, 3], text == text.dup]
end
p strings(200)

def stack(n)
  list = []
  sum = 0
  n.times do |i|
    list.push(i, i * 2)
    sum += list.pop
    sum += list.shift if list.length > 10
    sum += list.first + list.last
    list.unshift(1) if i % 7 == 0
    sum += 1 if list.empty?
  end
  [sum, list]
end
p stack(300)

def keys(n)
  counts = {}
  n.times do |i|
    counts[i % 5] = i
    counts["k#{i % 3}"] = i
    counts[:sym] = i unless counts.key?(:sym)
  end
  counts
end
p keys(300)

def numbers(n)
  list = []
  n.times { |i| list = [i.succ, i.pred, ~i, i.zero?, i.odd?, i.even?, -i.abs, (i - 50).abs, i.to_s, i.fdiv(7), i.divmod(-7)] }
  list
end
p numbers(101)
p 300.times.map { |i| (i - 150).positive? }.count(true)

def floats(n)
  x = 0.0
  n.times { |i| x += (i - 0.5).abs + (i * 0.7).floor + Math.sin(x) + (i + 0.5) % 3.25 }
  x.round(6)
end
p floats(300)

# A leaf that raises shows itself, its line, and what called it.
def raise_late(list, n)
  i = 0
  while i < n
    list.push(i)
    i += 1
    list.freeze if i == n - 5
  end
end

def late(n)
  raise_late([], n)
rescue => e
  [e.class, e.message[0, 30], e.backtrace[0, 3].map { |line| line[/:\d+:in .*/] }]
end
p late(200)
p late(200)

def deep(n) = n.times { |i| inner(i) }
def inner(i) = [1, 2].fetch_values(0).first.gcd(i < 150 ? 4 : 4.5)

def deeper(n)
  deep(n)
rescue TypeError => e
  [e.message, e.backtrace[0, 4].map { |line| line[/:\d+:in .*/] }]
end
p deeper(200)

# In a handler of the same activation.
def handled(n)
  caught = 0
  n.times do |i|
    begin
      "abc".getbyte(0).chr.ord.gcd(i % 10 == 0 ? nil : i)
    rescue TypeError
      caught += 1
    end
  end
  caught
end
p handled(300)

# Redefinition while it runs.
def even_calls(n)
  seen = []
  n.times do |i|
    Integer.define_method(:odd?) { :mine } if i == 150
    seen << i.odd?
  end
  seen.tally
end
p even_calls(200)

# What is one object, and what is not.
def identity(n)
  a = Object.new
  b = Object.new
  r = nil
  n.times { |i| r = [a.equal?(a), a.equal?(b), a == a, a != b, a.nil?, !a, nil.nil?, i.equal?(i), 1e300.equal?(1e300)] }
  r
end
p identity(200)
