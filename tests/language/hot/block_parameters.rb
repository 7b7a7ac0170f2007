# SPDX-License-Identifier: MIT
# Blocks that hot code takes as &b, calls, keeps and passes on: what they share with their scope, how
# they are left, and that one block is one Proc.
class Box
  include Enumerable

  def initialize(list) = @list = list

  def each(&block)
    @list.each(&block)
    self
  end

  def thrice(&b) = b.call(1) + b.(2) + yield(3)
  def wrap(&b) = each { |x| b.call(x) }
  def keep(&b) = @kept = b
  def kept = @kept
  def same(&b) = [b, b].map { |x| pass(&x) }.uniq.length
  def pass(&b) = b
  def maybe(&b) = b ? b.call(5) : :none
  def inner(x, y = 2, &b) = b[x, y]
end

def sum(n)
  box = Box.new([1, 2, 3])
  t = 0
  i = 0
  while i < n
    box.each { |x| t += x * i }
    t += box.thrice { |x| x + i }
    box.wrap { |x| t -= x }
    t += box.inner(i) { |a, b| a * b } + box.inner(1, i) { |a, b| a - b }
    i += 1
  end
  t
end
p sum(300) # => 448800

def kept(n)
  box = Box.new([1])
  all = []
  n.times do |i|
    c = i
    box.keep { c += 1 }
    c += 10
    box.kept.call
    all << c << box.same { c }
    all << [box.maybe, box.maybe { |x| x + c }] if i == n - 1
  end
  all.last(3)
end
p kept(60) # => [70, 1, [:none, 75]]

def first_above(box, least)
  box.each { |x| return x if x > least }
  nil
end

def broken(box, least)
  box.wrap { |x| break x * 10 if x > least }
end

def left(n)
  box = Box.new([3, 6, 9])
  r = []
  n.times { |i| r = [first_above(box, i % 10), broken(box, i % 8), box.wrap { |x| next x if x > 3 }.class] }
  r
end
p left(100) # => [nil, 60, Box]

def gone(n)
  box = Box.new([])
  r = nil
  n.times do |i|
    box.keep { break i }
    r = begin
      box.kept.call
    rescue LocalJumpError => e
      e.message
    end
  end
  r
end
p gone(50) # => "break from proc-closure"

def raised(n)
  box = Box.new([1, 2])
  seen = 0
  n.times do |i|
    box.wrap { |x| raise IndexError, "at #{x}" if i % 9 == 8 && x == 2 }
  rescue IndexError => e
    seen += e.message.length
  end
  seen
end
p raised(90) # => 40

def bound(n)
  box = Box.new([1, 2])
  last = nil
  n.times do |i|
    y = i
    box.each { |x| last = binding if x == 2 && i == n - 1; y += x }
    last.local_variable_set(:y, 77) if i == n - 1
    return y if i == n - 1
  end
end
p bound(50) # => 77

def deep(n, &b)
  return b.call(n) if n == 0
  deep(n - 1) { |x| b.call(x + n) }
end
r = 0
60.times { |i| r = deep(4) { |x| x + i } }
p r # => 69

class Upper
  def m(&b) = b ? b.call(1) : :none
  def k(x) = yield(x)
end

class Lower < Upper
  def m = super
  def k(x) = super(x + 1)
end

def supers(n)
  lower = Lower.new
  t = 0
  i = 0
  while i < n
    t += lower.m { |x| x + i } + lower.k(i) { |x| x }
    t += 1 if lower.m == :none
    i += 1
  end
  t
end
p supers(200) # => 40400
