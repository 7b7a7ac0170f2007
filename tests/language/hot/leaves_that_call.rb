# SPDX-License-Identifier: MIT
# Methods of C that call the program's methods, in hot code: what they call may raise, throw, change
# methods and variables, look at the stack, and be left by another context.
class Key
  attr_reader :n

  def initialize(n) = @n = n

  def ==(other)
    $calls += 1
    $hook&.call(self, other)
    n == other.n
  end
end

$calls = 0
$hook = nil
LIST = [Key.new(1), Key.new(2), Key.new(3)].freeze

def found(n)
  count = 0
  n.times do |i|
    count += 1 if LIST.include?(Key.new(i % 5))
  end
  count
end

puts found(200), $calls # => 120
# => 480

# It raises: the backtrace has the method of C in its place.
$hook = ->(one, other) { raise ArgumentError, "#{one.n} #{other.n}" if other.n == 3 }
def raised(n)
  messages = []
  n.times do |i|
    LIST.include?(Key.new(i % 4))
  rescue ArgumentError => e
    lines = e.backtrace.map { |line| line[/([\w?]+|==)'$/, 1] }
    messages << [e.message, lines.values_at(1, 2, 3)].inspect
  end
  messages.tally
end
raised(200).each { |text, times| puts "#{times} #{text}" }
# => 50 ["1 3", ["==", "include?", "raised"]]

# It throws, over frames that are built in place.
$hook = ->(one, other) { throw :over, one.n * 10 + other.n if other.n > 2 }
def inner(i) = LIST.include?(Key.new(i)) ? 1 : 0

def thrown(n)
  sum = 0
  n.times { |i| sum += catch(:over) { inner(i % 4) } }
  sum
end
puts thrown(200) # => 750

# It changes what the code relies on.
class Key
  def weight = 1
end

$hook = lambda do |_one, other|
  next unless other.n == 77

  Key.class_eval { def weight = 100 }
end
def changed(n)
  sum = 0
  n.times do |i|
    key = Key.new(i)
    LIST.include?(key)
    sum += key.weight
  end
  sum
end
puts changed(100) # => 2377

# It sees the frames and the variables of the program.
$hook = lambda do |_one, other|
  $seen = caller(0).map { |line| line[/([\w?]+|==)'$/, 1] } if other.n == 99
end
def seen(n)
  i = 0
  while i < n
    LIST.include?(Key.new(i))
    i += 1
  end
end
seen(100)
p $seen.values_at(1, 2, 3) # => ["==", "include?", "seen"]

# A block of the loop's method is called below the method of C.
def captured(n)
  total = 0
  $hook = ->(one, _other) { total += one.n }
  n.times { |i| LIST.include?(Key.new(i % 3 + 1)) }
  total
end
puts captured(300) # => 1000

# A fiber is left and resumed below it.
$hook = ->(_one, other) { Fiber.yield other.n if other.n % 10 == 3 }
fiber = Fiber.new do
  i = found = 0
  while i < 60
    found += 1 if LIST.include?(Key.new(i))
    i += 1
  end
  [:over, found]
end
steps = []
loop do
  step = fiber.resume
  steps << step
  break if step.is_a?(Array)
end
p steps.tally.sort_by(&:inspect)
# => [[13, 3], [23, 3], [3, 3], [33, 3], [43, 3], [53, 3], [[:over, 3], 1]]

# Conversions and comparisons by the program.
class Money
  include Comparable
  attr_reader :cents

  def initialize(cents) = @cents = cents
  def <=>(other) = cents <=> other.cents
  def coerce(other) = [Money.new(other), self]
  def +(other) = Money.new(cents + (other.is_a?(Money) ? other.cents : other))
  def to_str = "#{cents}c"
  def hash = cents.hash
  def eql?(other) = cents == other.cents
end

def converted(n)
  text = +""
  sum = count = 0
  n.times do |i|
    a = Money.new(i % 7)
    b = Money.new(3)
    sum += (1 + a).cents
    count += 1 if a > b
    count += 10 if [a, b] == [b, b]
    count += [a, b, Money.new(3)].uniq.size
    text = "x" + a
    sum += [b, a].max.cents
    sum += [b, a].sort[0].cents
  end
  [text, sum, count]
end
p converted(210) # => ["x6c", 2100, 780]
