# SPDX-License-Identifier: MIT
# Primitives of core code that run methods of the program inside hot code: what they see of their
# callers, and what they change, is as it is in the interpreter. Methods of C that do so are in
# leaves_that_call.rb.
class Weight
  include Comparable
  attr_reader :grams

  def initialize(grams, &hook)
    @grams = grams
    @hook = hook
  end

  def <=>(other)
    @hook&.call(self, other)
    @grams <=> other.grams
  end

  def ==(other) = other.is_a?(Weight) && (self <=> other) == 0
  def hash = @grams.hash
  def eql?(other) = self == other
  def inspect = "#{@grams}g"
end

def heaviest(list, rounds)
  best = nil
  i = 0
  while i < rounds
    found = list.max
    best = found if best.nil? || found > best
    i += 1
  end
  best
end

plain = [Weight.new(3), Weight.new(9), Weight.new(4)]
p heaviest(plain, 300) # => 9g

# Raised inside: the backtrace has all frames, with their lines, and the loop goes on behind a rescue.
def raising(rounds)
  seen = []
  count = 0
  bad = Weight.new(1) { |_, _| raise "heavy" if (count += 1) % 100 == 0 }
  rounds.times do |i|
    [bad, bad].max
  rescue RuntimeError => e
    seen << [i, e.message, e.backtrace.map { |line| line[/\d+:in .*/] }.first(5)]
  end
  seen
end
first, second = raising(250)
p first[0], first[1], first[2].first(5), second[0]
# => 99
# => "heavy"
# => ["43:in 'block in Object#raising'", "15:in 'Weight#<=>'", "45:in 'Array#max'", "45:in 'block in Object#raising'", "44:in 'Integer#times'"]
# => 199

def thrown(rounds)
  count = 0
  odd = Weight.new(1) { |_, _| throw :done, count if (count += 1) == 220 }
  catch(:done) do
    rounds.times { [odd, odd].min }
    :never
  end
end
p thrown(1000) # => 220

# Redefined inside: the rest of the very round has the new meaning.
def redefining(rounds)
  count = 0
  changing = Weight.new(1) do |_, _|
    count += 1
    Weight.define_method(:grams) { 50 } if count == 200
    Weight.define_method(:grams) { @grams } if count == 230
  end
  total = 0
  i = 0
  while i < rounds
    [changing, changing].max
    total += changing.grams
    i += 1
  end
  total
end
p redefining(300) # => 1770

# Locals that blocks hold, written by what a comparison calls.
def writing(rounds)
  sum = 0
  writer = Weight.new(1) { |_, _| sum += 1 }
  i = 0
  while i < rounds
    before = sum
    [writer, writer] == [writer, Weight.new(2)]
    sum += 10 if sum == before
    i += 1
  end
  sum
end
p writing(300) # => 300

def caller_lines(rounds)
  lines = {}
  asking = Weight.new(1) { |_, _| lines[caller_locations(0, 8).map { |l| [l.lineno, l.label] }] = true }
  i = 0
  while i < rounds
    asking < asking
    i += 1
  end
  lines.size
end
p caller_lines(300) # => 1

def resumed(rounds)
  fiber = Fiber.new do
    yielding = Weight.new(1) { |_, _| Fiber.yield :inside }
    i = 0
    while i < rounds
      [yielding, yielding].max
      i += 1
    end
    i
  end
  count = 0
  count += 1 while fiber.resume == :inside
  count
end
p resumed(300) # => 300

def deep(n, list) = n == 0 ? list.max : deep(n - 1, list)
p deep(50, plain) # => 9g
def killed
  spinning = Weight.new(1)
  rounds = 0
  thread = Thread.new do
    while true
      [spinning, spinning].max
      rounds += 1
    end
  end
  Thread.pass until rounds > 60
  thread.kill
  thread.join
  thread.alive?
end
p killed # => false

def digging(rounds)
  tree = { a: [{ b: Struct.new(:c).new(7) }] }
  sum = 0
  rounds.times { sum += tree.dig(:a, 0, :b, :c) }
  sum
end
p digging(300) # => 2100

def tables(rounds)
  table = {}
  rounds.times { |i| table[Weight.new(i % 7)] = i }
  [table.size, table[Weight.new(3)]]
end
p tables(400) # => [7, 395]

def texts(rounds)
  odd = Object.new
  def odd.to_str = "b"
  text = +""
  rounds.times { text = text.size > 6 ? +"" : text + odd }
  rounds.times { |i| text + (i == 250 ? nil : odd) }
rescue TypeError => e
  [text, e.message, e.backtrace[0][/\d+:in .*/]]
end
p texts(300) # => ["bbbb", "no implicit conversion of nil into String", "168:in 'String#+'"]
