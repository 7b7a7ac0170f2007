# SPDX-License-Identifier: MIT
# Appending in a hot loop: Arrays that grow, change how they keep their elements, share a buffer, are
# frozen meanwhile, or are read and shortened in the same loop.
def fill(list, values) = values.each { |v| list << v }

20.times { fill([], [1, 2, 3]) }
p fill([], [1, 2, 3, 4, 5, 6, 7, 8, 9]).length # => 9
list = []
fill(list, (1..1000).to_a)
p list.length, list.sum                     # => 1000
# => 500500
fill(list, [2**62, 2**70, 1.5, nil, "s", list.length])
p list.last(6)                              # => [4611686018427387904, 1180591620717411303424, 1.5, nil, "s", 1000]

def floats(n) = (0...n).map { |i| i * 0.5 }
20.times { floats(10) }
p floats(6), floats(100).sum                # => [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]
# => 2475.0
def mixed(n) = (0...n).map { |i| i < 50 ? i : i * 0.5 }
p mixed(53).last(4)                         # => [49, 25.0, 25.5, 26.0]
p (0...5).map { |i| i.zero? ? 0.0 / 0.0 : -0.0 }.map(&:to_s) # => ["NaN", "-0.0", "-0.0", "-0.0", "-0.0"]

# A copy shares the buffer until one of both is written to.
def copies(list, n)
  i = 0
  while i < n
    copy = list.dup
    copy << i
    list << copy.last if i % 100 == 0
    i += 1
  end
  [list.length, copy.length, list.last, copy.last]
end
p copies((0...40).to_a, 500)                # => [45, 46, 400, 499]

# The length is what the loop left, wherever it is looked at.
def lengths(list, n)
  seen = 0
  n.times do |i|
    list << i << i + 1
    seen += list.length
    list.pop if i % 3 == 0
    list.clear if i % 100 == 99
    seen ^= list.length
  end
  [seen, list.length, list.last]
end
p lengths([], 1050)                         # => [91670, 84, 1050]

def two(a, b, n)
  n.times do |i|
    a << b.length
    b << a.length
  end
  [a.last, b.last, a.length]
end
p two([], [], 200), two(same = [], same, 100) # => [199, 200, 200]
# => [199, 199, 200]

def until_frozen(list, n)
  n.times do |i|
    list.freeze if i == n - 2
    list << i
  end
rescue FrozenError => e
  [list.length, e.message[0, 26]]
end
p until_frozen([], 300)                     # => [298, "can't modify frozen Array:"]

class Stack
  def initialize = @items = []
  def run(n)
    n.times { |i| @items << i; @items << @items.pop + 1 if i.odd? }
    @items.sum
  end
end
p Stack.new.run(1000)                       # => 500000

# What a loop stores in a variable it finds there in the next round, and so does who looks on.
class Tally
  attr_reader :n
  def run(n)
    @n = 0
    i = 0
    while i < n
      @n += i
      seen(i) if i % 250 == 249
      @n -= 1 if i.even?
      i += 1
    end
    @n
  end
  def seen(i) = print(@n, " ")
end
puts Tally.new.run(1000) # => 31000 124500 280500 499000 499000
