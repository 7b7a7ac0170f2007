# SPDX-License-Identifier: MIT
# Loops of iterators whose blocks change the locals around, left in every way there is.
def early(n, stop)
  sum = 0
  got = n.times do |i|
    next if i.odd?
    break i * 10 if i == stop
    sum += i
  end
  [got, sum]
end
p early(200, 150), early(200, 151), early(3, 0)
# => [1500, 5550]
# => [200, 9900]
# => [0, 0]

def found(list, what)
  steps = 0
  list.each { |x| steps += 1; return [x, steps] if x == what }
  [nil, steps]
end
p found((1..300).to_a, 250), found([1, 2.5], 2.5), found([], 1)
# => [250, 250]
# => [2.5, 2]
# => [nil, 0]

def ensured(n)
  log = 0
  n.times do |i|
    begin
      next if i % 3 == 0
      break if i == 90
      log += 1
    ensure
      log += 1000
    end
  end
  log
end
p ensured(80), ensured(100) # => 80053
# => 100066

def raised(n)
  done = 0
  n.times { |i| done += 1; raise IndexError, "at #{i}" if i == 120 }
  done
rescue IndexError => e
  [e.message, done, e.backtrace.size > 1]
end
p raised(100), raised(200) # => 100
# => ["at 120", 121, true]

def thrown(n)
  done = 0
  got = catch(:out) { n.times { |i| done += 1; throw :out, i if i == 130 } }
  [got, done]
end
p thrown(100), thrown(200) # => [100, 100]
# => [130, 131]

# Procs made in the loop share its locals.
def captured(n)
  kept = nil
  total = 0
  n.times do |i|
    total += i
    kept = -> { total += 1000 } if i == 50
    kept.call if i == 70
  end
  kept&.call
  total
end
p captured(40), captured(100) # => 780
# => 6950

def evaluated(n)
  i = 0
  sum = 0
  while i < n
    eval("sum += i") if i % 10 == 0
    binding.local_variable_set(:sum, sum + 1) if i % 25 == 0
    i += 1
  end
  sum
end
p evaluated(100) # => 454

# The block of the scope around, called from C.
def sorted(n)
  compared = 0
  k = 0
  while k < n
    compared = 0
    [3, 1, 2].sort { |a, b| compared += 1; a <=> b }
    k += 1
  end
  compared > 1
end
p sorted(80) # => true

# An iterator of the program's own, and one over another.
class Twice
  def initialize(list) = @list = list
  def each
    @list.each { |x| yield x; yield x }
    self
  end
  include Enumerable
end
def twice(n)
  sum = 0
  Twice.new((1..n).to_a).each { |x| sum += x }
  [sum, Twice.new([1, 2]).inject { |a, b| a * 10 + b }, Twice.new([n]).map { |x| x + sum }]
end
p twice(100) # => [10100, 1122, [10200, 10200]]

def again(n)
  tries = 0
  seen = 0
  n.times do |i|
    tries += 1
    redo if tries % 7 == 0
    seen += i
  end
  [tries, seen]
end
p again(100) # => [116, 4950]

# Other types than the loop was compiled for, after it was.
def adds(list)
  sum = list[0]
  list.each_with_index { |x, i| sum += x if i > 0 }
  sum
end
p adds((1..200).to_a), adds([1, 2.5]), adds(["a", "b"]), adds([1 << 62, 1])
# => 20100
# => 3.5
# => "ab"
# => 4611686018427387905

def nested(n)
  rows = n.times.map { |i| n.times.map { |k| i * k } }
  total = 0
  rows.each { |row| row.each { |x| break if x > 50; total += x } }
  count = 0
  1.step(n, 2) { |a| a.upto(n) { |b| count += 1 if (a + b).even? } }
  n.downto(1) { |a| count -= a }
  [total, count]
end
p nested(20) # => [3170, -155]

loops = 0
result = loop do
  loops += 1
  next if loops < 100
  break loops
end
p result, loop { loops += 1; raise StopIteration if loops > 180 }, loops
# => 100
# => nil
# => 181
