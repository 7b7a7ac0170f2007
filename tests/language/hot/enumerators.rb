# SPDX-License-Identifier: MIT
# Enumerators with a block behind them, in hot loops.
A = [1, 2, 3, 4]
H = { a: 1, b: 2 }
class Own
  include Enumerable
  def each
    yield 1
    yield 2, 3
    yield [4, 5]
    self
  end
  def pairs(&block)
    return to_enum(:pairs) unless block
    block.call(:x, 1)
    block.call(:y, 2)
  end
end
def all(n)
  t = 0
  i = 0
  own = Own.new
  while i < n
    t += A.each_with_index.map { |x, j| x * j }.sum
    A.map.with_index { |x, j| t += x * j }
    A.each.with_index(1) { |x, j| t += x * j }
    t += A.each_slice(2).map { |a, b| a * b }.sum
    t += A.each_cons(2).map { |a, b| a - b }.sum
    t += A.each_with_index.select { |x, j| x > j + (i & 1) }.size
    t += A.each_with_index.to_a.size
    t += A.each_index.map { |j| j + 1 }.sum
    t += A.each_with_object([]).map { |x, m| m << x; x }.sum
    t += A.select.with_index { |x, j| j.odd? }.sum
    t += A.each_with_index.max_by { |x, j| -x * j }[0]
    t += H.each_with_index.map { |(k, v), j| v * j }.sum
    t += H.map.with_index { |(k, v), j| v + j }.sum
    t += own.each_with_index.map { |x, j| j }.sum
    t += own.each_entry.map { |x| x.is_a?(Array) ? x.sum : x }.sum
    t += own.pairs.map { |k, v| v }.sum
    t += own.pairs.with_index.map { |(k, v), j| v * j }.sum
    t += "ab".each_char.map { |c| c.ord }.sum
    t += 3.times.map { |x| x + i % 2 }.sum
    t += (1..3).each_with_index.map { |x, j| x * j }.sum
    t += 1.step(7, 3).map { |x| x }.sum
    i += 1
  end
  t
end
p all(40)
def leaves(n)
  out = []
  n.times do |i|
    out << A.each_with_index.map { |x, j| break x * 10 if j == i % 5; x }
    out << A.each_slice(2).each { |a, b| break [a, b] if i % 3 == 1 }.class
    out << A.map.with_index { |x, j| next 0 if j == i % 4; x }
  end
  out.uniq
end
p leaves(30)
def returns(k)
  A.each_with_index.map { |x, j| return [x, j] if j == k }
  :none
end
def called(n)
  out = []
  n.times { |i| out << returns(i % 6) }
  out.tally
end
p called(40)
def raising(n)
  out = []
  i = 0
  while i < n
    begin
      A.each_with_index.map { |x, j| raise "no #{x}" if i % 9 == 8 && j == 2; x }
    rescue => e
      out << e.message
      puts e.backtrace.map { |l| l[/\d+:in.*/] } if i == 26
    end
    i += 1
  end
  out
end
p raising(30)
def kinds(n)
  out = []
  n.times do |i|
    own = Own.new
    out << own.each_with_index.to_a << own.to_enum(:pairs).map { |*a| a }
    out << own.each_slice(2).map { |*a| a }
    e = A.each_with_index
    out << [e.next, e.next, e.size, e.inspect]
    out << A.each.with_index(i % 2).to_a.last
    out << A.to_enum(:each_slice, 3).map(&:sum)
    out << A.map.with_index(&:+)
    l = lambda { |x, j| [j, x] }
    out << A.each_with_index.map(&l)
  end
  out.uniq
end
kinds(30).each { |x| p x }
def redefined(n)
  out = []
  n.times do |i|
    out << A.each_with_index.map { |x, j| x + j }
    if i == 15
      Array.class_eval { alias_method :old_ewi, :each_with_index; def each_with_index(&b) = b ? 2.times { |q| b.call(q, 5) } : to_enum(:each_with_index) }
    elsif i == 20
      Array.class_eval { alias_method :each_with_index, :old_ewi }
    elsif i == 25
      Enumerator.class_eval { def map = [:own] }
    end
  end
  out.tally
ensure
  Enumerator.class_eval { remove_method :map }
end
p redefined(30)
f = Fiber.new { A.each_with_index.map { |x, j| Fiber.yield(x * j) } }
p 4.times.map { f.resume }
g = Enumerator.new { |y| 3.times { |k| y << k; y.yield k, 1 } }
def gen(g, n) = n.times.map { g.map { |a, b| [a, b] } }.uniq
p gen(g, 20)
p g.next, g.peek, g.each_slice(4).map { |s| s.size }
