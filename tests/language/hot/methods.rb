# SPDX-License-Identifier: MIT
# Methods that are called often, and what happens in the midst of them: exceptions with their
# backtraces, redefinition, bindings, jumps, other threads and fibers, too many calls.

# ---- exceptions pass through them, with every frame in the backtrace
def thrower(n) = n == 0 ? raise(ArgumentError, "at the end") : passer(n - 1)
def passer(n)
  thrower(n) + 0
end
def rescuer(n)
  thrower(n)
rescue ArgumentError => e
  [e.message, e.backtrace.size, e.backtrace.first(3).map { |line| line[/\d+:.*/] }]
end
def cleaner(n, log)
  thrower(n)
ensure
  log << n
end
def catching(n) = n == 0 ? throw(:done, [:thrown, caller.size]) : catching(n - 1) + 1
results = 30.times.map { |i| rescuer(i % 4) }
p results.uniq
log = []
30.times { |i| cleaner(i % 3, log) rescue log << :rescued }
p log.size, log.last(4)
p 20.times.map { |i| catch(:done) { catching(i % 3) } }.uniq

# ---- a method that is redefined while it recurses: who runs goes on, who is called is new
def shrinking(n)
  return 0 if n == 0
  if n == 7 && $now
    eval("def shrinking(n) = n * 1000")
  end
  1 + shrinking(n - 1)
end
20.times { shrinking(12) }
$now = true
p shrinking(12), shrinking(3)

# An operator that is redefined by a callee holds from there on.
def adds(n) = n == 0 ? 0 : deeper(n) + 1
def deeper(n)
  Integer.class_eval { def *(other) = 42 } if n == 3 && $redefine
  adds(n - 1) * 2
end
30.times { adds(6) }
$redefine = true
p adds(6), 2 * 3
class Integer
  undef_method :*
  def *(other) = other.zero? ? 0 : (1..other).inject(0) { |sum, _| sum + self }
end
p 6 * 7

# ---- callees that look at frames
def names(a) = [inner_names(a), a, local_variables]
def inner_names(b)
  c = b
  [binding.local_variables.sort, eval("b + c"), __method__, block_given?]
end
p 20.times.map { names(1) }.uniq
def lines(n) = n == 0 ? caller(0).map { |line| line[/\d+(?=:)/].to_i } : lines(n - 1).push(n)
p 20.times.map { lines(2).size }.uniq
def matches(s) = [searches(s), $~]
def searches(s) = s =~ /b(.)/ ? $1 : nil
p 20.times.map { matches("abc") }.uniq
def escaping(n)
  x = n
  get = -> { x }
  x += 1
  [get.call, doubled(x)]
end
def doubled(n) = n + n
p 20.times.map { escaping(3) }.uniq

# ---- jumps out of blocks through them
def each_deep(n, &block) = n == 0 ? block.call(7) : each_deep(n - 1, &block)
def first_deep(n)
  each_deep(n) { |x| return x + n }
  :never
end
def breaking(n) = each_deep(n) { |x| break x }
p 20.times.map { |i| [first_deep(i % 3), breaking(i % 3)] }.uniq

# ---- fibers and threads that switch in deep calls
def deep_yield(n) = n == 0 ? Fiber.yield(1) : deep_yield(n - 1) + 1
20.times { Fiber.new { deep_yield(5) }.resume }
fibers = 5.times.map { |i| Fiber.new { deep_yield(20 + i) } }
p fibers.map(&:resume), fibers.map { |f| f.resume(100) }
def deep_pass(n) = n == 0 ? (Thread.pass; 0) : deep_pass(n - 1) + 1
p 4.times.map { |i| Thread.new { 20.times.map { deep_pass(10 + i) }.uniq } }.map(&:value)

# ---- arguments, visibility, missing methods
class Host
  def visible(n) = hidden(n) + guarded(Host.new, n)
  def method_missing(name, *args) = [name, args]
  def respond_to_missing?(*) = true
  def guarded(other, n) = other.shielded(n)
  protected def shielded(n) = n
  private def hidden(n) = n * 1
end
host = Host.new
p 20.times.map { |i| host.visible(i % 2) }.uniq, 20.times.map { |i| host.nothing(1) }.uniq
p 20.times.map { |i| (host.shielded(1) rescue $!.class) }.uniq
def two(a, b) = a - b
p 20.times.map { |i| (i < 15 ? two(1, 2) : two(1)) rescue $!.message }.uniq
def five(a, b, c, d, e) = [a, b, c, d, e]
def five_deep(n, *rest) = n == 0 ? five(*rest) : five(n, 2, 3, 4, five_deep(n - 1, *rest))
p 20.times.map { five_deep(1, 1, 2, 3, 4, 5) }.uniq
module Shouting
  refine(String) { def shout = upcase + "!" }
end
using Shouting
def shouts(s) = s.shout
p 20.times.map { shouts("a") }.uniq

# ---- numbers that outgrow words, Floats that come late
def factorial(n) = n < 2 ? 1 : factorial(n - 1).then { |rest| rest * n }
def power(n, k) = k == 0 ? 1 : n + power(n, k - 1)
20.times { power(3, 5) }
p power(1 << 61, 3), power(0.5, 4), power(1, 4)

# ---- too many calls
def endless(n) = endless(n + 1) + 1
def counted(n)
  $deepest = n
  counted(n + 1)
end
def too_deep
  yield
rescue SystemStackError => e
  e.class
end
p 3.times.map { too_deep { endless(0) } }, too_deep { counted(1) }, $deepest
fiber = Fiber.new { 2.times.map { too_deep { endless(0) } } }
p fiber.resume
