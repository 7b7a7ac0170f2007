# SPDX-License-Identifier: MIT
# tail_calls: true
# Calls in tail position run in constant space; what must run after a call keeps its frame.
DEPTH = 30_000
def with_if(n)
  if n.zero? then :if
  else with_if(n - 1)
  end
end
def with_unless(n)
  unless n.zero?
    return with_unless(n - 1)
  else
    return :unless
  end
end
def with_case(n)
  case n
  when 0 then :case
  when Integer then with_case(n - 1)
  end
end
def with_and(n) = n.zero? ? :and : (true && with_and(n - 1))
def with_or(n) = n.zero? ? :or : (false || with_or(n - 1))
def with_parens(n) = ((n.zero? ? :parens : (nil; with_parens(n - 1))))
def with_args(n, *rest, k: 0, **opts) = n.zero? ? [rest, k, opts] : with_args(n - 1, *rest, k: k + 1, **opts)
def with_defaults(n, acc = n, last = acc) = n.zero? ? [acc, last] : with_defaults(n - 1, acc)
def ping(n) = n.zero? ? :ping : pong(n - 1)
def pong(n) = n.zero? ? :pong : ping(n - 1)
p with_if(DEPTH), with_unless(DEPTH), with_case(DEPTH), with_and(DEPTH), with_or(DEPTH)
# => :if
# => :unless
# => :case
# => :and
# => :or
p with_parens(DEPTH), with_args(DEPTH, 1, 2, z: 3), with_defaults(DEPTH), ping(DEPTH), pong(DEPTH)
# => :parens
# => [[1, 2], 30000, {z: 3}]
# => [30000, 30000]
# => :ping
# => :pong

# Methods of other objects and class methods.
class Node
  attr_accessor :next, :value
  def initialize(value, rest) = (@value, @next = value, rest)
  def length(acc = 0) = @next ? @next.length(acc + 1) : acc + 1
  def self.down(n) = n.zero? ? self : down(n - 1)
end
list = nil
DEPTH.times { |i| list = Node.new(i, list) }
p list.length, Node.down(DEPTH)
# => 30000
# => Node

# Not in tail position: the frame stays and what follows runs.
$log = []
def ensured(n)
  return :end if n.zero?
  ensured(n - 1)
ensure
  $log << n
end
def rescued(n)
  n.zero? ? raise("bottom") : rescued(n - 1)
rescue => e
  n == 3 ? [:at_three, e.message] : raise
end
def added(n) = n.zero? ? 0 : 1 + added(n - 1)
def listed(n) = n.zero? ? [] : [*listed(n - 1), n]
def assigned(n)
  x = n.zero? ? [0] : assigned(n - 1)
  x << n
  x
end
def through_block(n) = n.zero? ? :block : [1].each { |_| return through_block(n - 1) }
p ensured(3), $log, rescued(5), added(500), listed(4), assigned(3), through_block(100)
# => :end
# => [0, 1, 2, 3]
# => [:at_three, "bottom"]
# => 500
# => [1, 2, 3, 4]
# => [0, 0, 1, 2, 3]
# => :block
def capturing(n, fs)
  m = n
  fs << -> { m }
  n.zero? ? fs : capturing(n - 1, fs)
end
p capturing(5, []).map(&:call) # => [5, 4, 3, 2, 1, 0]
def yields(n) = n.zero? ? yield : yields(n - 1) { yield + 1 }
p yields(50) { 0 } # => 50
count = ->(n) { n.zero? ? :lambda : count.(n - 1) }
p count.(100) # => :lambda
def endless(n) = 1 + endless(n + 1)
begin
  endless(0)
rescue SystemStackError => e
  puts e.message # => stack level too deep
end

# Safe navigation: nil answers at once, anything else is called in place of the caller.
class Chain
  attr_reader :left
  def me = self
  def safe(n) = n.zero? ? :safe : me&.safe(n - 1)
  def safe_pass(n, &b) = n.zero? ? b.call : self&.safe_pass(n - 1, &b)
  def safe_or(n) = n.zero? ? :or : nil&.missing(raise) || self&.safe_or(n - 1)
  def none(n) = n.zero? ? left&.none(raise) : self&.none(n - 1)
end
p Chain.new.safe(DEPTH), Chain.new.safe_pass(DEPTH) { :pass }, Chain.new.safe_or(DEPTH), Chain.new.none(DEPTH)
# => :safe
# => :pass
# => :or
# => nil
