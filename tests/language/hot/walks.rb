# SPDX-License-Identifier: MIT
# Walks: methods that get a block, pass it on to themselves, and yield to it.
class Node
  include Enumerable
  attr_accessor :left, :value, :right

  def initialize(value, left = nil, right = nil)
    @value = value
    @left = left
    @right = right
  end

  def each(&block)
    @left.each(&block) if @left
    yield @value
    @right.each(&block) if @right
    self
  end

  def each_pair_down(depth = 0, &block)
    block.call(depth, @value)
    @left&.each_pair_down(depth + 1, &block)
    @right&.each_pair_down(depth + 1, &block)
  end

  def maybe(&block)
    @left.maybe(&block) if @left
    @right.maybe(&block) if @right
    block_given? ? yield(@value) : @value
  end

  def literal
    yield @value
    [@left, @right].each { |node| node.literal { |value| yield value } if node }
  end

  def guarded(log, &block)
    @left&.guarded(log, &block)
    begin
      yield @value
    ensure
      log << @value
    end
    @right&.guarded(log, &block)
  end
end

def build(low, high)
  return if low > high
  middle = (low + high) / 2
  Node.new(middle, build(low, middle - 1), build(middle + 1, high))
end

def first_above(tree, limit) = tree.each { |value| return value if value > limit }

TREE = build(1, 31)

def round(i)
  sum = 0
  TREE.each { |value| sum += value * i }
  depths = 0
  TREE.each_pair_down { |depth, value| depths += depth * value }
  seen = TREE.each { |value| break value if value > 10 + i % 5 }
  [sum, depths, seen, first_above(TREE, i % 31), TREE.maybe, TREE.maybe { |value| value + i },
   TREE.map { |value| value % 3 }.sum, TREE.select(&:even?).size, TREE.inject { |a, b| a ^ b },
   TREE.each_with_index.map { |value, at| value * at }.sum, TREE.each_slice(4).to_a.size]
end

60.times do |i|
  result = round(i)
  p result if i % 20 == 19
end

# what a block is: literal, lambda, Symbol, Method, a Proc from elsewhere, and each keeps its identity
class Node
  def same?(proc, &block) = (@left ? @left.same?(proc, &block) : true) && block.equal?(proc)
end
LOG = []
def note(value) = LOG << value
lambda_of_one = ->(value) { LOG << value * 2 }
proc_of_two = proc { |value, other| LOG << [value, other] }
30.times do |i|
  LOG.clear
  TREE.each(&lambda_of_one)
  TREE.each(&proc_of_two)
  TREE.each(&method(:note))
  TREE.each(&:succ)
  TREE.literal { |value| LOG << -value }
  p LOG.size, LOG.sum { |value| value.is_a?(Array) ? value[0] : value } if i == 29
  raise unless TREE.same?(proc_of_two, &proc_of_two)
end

# one literal that is a lambda in some rounds and a proc in others
def made(kind) = send(kind) { |value, other = 0| value.is_a?(Array) ? value.size : value + other }
PAIRS = [[1, 2], [3, 4]]
def pairs_of(block) = PAIRS.map(&block)
40.times do |i|
  result = pairs_of(made(i % 10 == 9 ? :lambda : :proc))
  p result if i >= 38
end

# what goes through a walk: exceptions with their backtraces, throw, next, ensure
def fails(limit)
  TREE.each { |value| raise ArgumentError, "at #{value}" if value > limit }
rescue ArgumentError => error
  [error.message, error.backtrace.map { |line| line[/in .*/] }.tally]
end
40.times do |i|
  result = fails(i % 31)
  p result if [7, 38].include?(i)
end
40.times do |i|
  log = []
  thrown = catch(:found) { TREE.guarded(log) { |value| throw :found, value if value == 20 } }
  TREE.guarded(log) { |value| next if value.odd? }
  p thrown, log.size if i == 39
end

# a lambda of two does not take one; a walk of a block of many values
wrong = ->(_a, _b) {}
5.times { |i| TREE.each(&wrong) rescue (puts $!.message if i == 4) }
class Node
  def each_three(&block)
    @left&.each_three(&block)
    yield @value, @value + 1, @value + 2
    yield(*[@value] * 2)
    yield [@value, 0]
    @right&.each_three(&block)
  end
end
20.times do |i|
  got = []
  TREE.each_three { |a, b| got << (b || -1) - a }
  TREE.each_three { |a, *rest| got << rest.size }
  TREE.each_three { |*all| got << all.size }
  TREE.each_three { |a, b = 7, c:  3| got << b + c }
  p got.size, got.sum if i == 19
end

# methods and blocks that change while walked
class Counter
  def up(value) = value + 1
end
COUNTER = Counter.new
30.times do |i|
  total = 0
  TREE.each do |value|
    total += COUNTER.up(value)
    if i == 20 && value == 16
      class Counter
        def up(value) = value + 2
      end
    end
  end
  p total if [19, 20, 21].include?(i)
end
25.times do |i|
  got = []
  TREE.each do |value|
    got << value
    if i == 20 && value == 16
      class Node
        def each(&block)
          yield @value
          [@left, @right].compact.each { |node| node.each(&block) }
        end
      end
    end
  end
  p got if i >= 20 && i < 22
end

# in fibers, and too deep
pull = TREE.to_enum(:each)
p Array.new(40) { |i| i < 31 ? pull.next : (pull.next rescue :over) }.tally[:over]
chain = nil
20_000.times { |i| chain = Node.new(i, chain) }
class Node
  def down(&block) = @left ? @left.down(&block) + yield(1) : 0
end
3.times do
  chain.down { |value| value }
rescue SystemStackError => error
  puts error.class
end
