# SPDX-License-Identifier: MIT
# Methods that call themselves from blocks of iterators, and what happens in the midst of them: every
# activation stands in backtraces with its line, whichever of them share a frame of machine code.
def lines(trace) = trace.map { |line| line[/:(\d+:in .*)/, 1] }

class Tree
  def initialize(limit) = @limit = limit

  def visit(depth = 0)
    return seen(depth) if depth == 3
    2.times do |i|
      [i].each { |k| visit(depth + 1) if k >= 0 }
    end
    depth
  end

  def seen(depth)
    @count = (@count || 0) + 1
    raise "enough" if @count == @limit
    $callers = caller if $look && @count == 2
    $bound = binding.local_variables if $look
    depth
  end
end

50.times { Tree.new(100).visit }
$look = true
Tree.new(100).visit
p lines($callers).first(8)
p $bound
begin
  Tree.new(5).visit
rescue => e
  p e.message, e.backtrace.size, lines(e.backtrace).first(3), lines(e.backtrace)[-2..]
end

# The depth at which the stack ends is what it is without machine code.
def deep(n = 0)
  $deepest = n
  1.times { deep(n + 1) }
end
def deep_stop(n = 0) = 1.times { n < 20 ? deep_stop(n + 1) : throw(:stop) }
50.times { |i| catch(:stop) { deep_stop(i % 5) } }
sizes = 3.times.map do
  deep
rescue SystemStackError => e
  [e.message, $deepest]
end
p sizes.uniq.size, sizes[0][0]
p $deepest > 1000

# A method that is redefined meanwhile: activations go on, calls find the new one.
def down(n)
  return 0 if n == 0
  eval("def down(n) = n * 1000") if n == 4 && $change
  sum = 0
  1.upto(2) { |i| sum += i * down(n - 1) }
  sum
end
50.times { down(5) }
$change = true
p down(5), down(2)

# throw and break leave them, fibers run in between.
def search(n, wanted)
  3.times do |i|
    throw :found, [n, i] if n * 3 + i == wanted
    search(n - 1, wanted) if n > 0
  end
  nil
end
50.times { search(3, 100) }
p catch(:found) { search(5, 7) }
def stops(n) = 5.times { |i| break n * 10 + i if i == 2 && (n == 0 || stops(n - 1) >= 0) }
50.times { stops(3) }
p stops(4)
def walk(n, out)
  2.times { |i| n == 0 ? (Fiber.yield out << i) : walk(n - 1, out) }
  out
end
fibers = 2.times.map { Fiber.new { 20.times { walk(2, []) } } }
60.times { fibers.each(&:resume) }
p fibers.map(&:alive?)
