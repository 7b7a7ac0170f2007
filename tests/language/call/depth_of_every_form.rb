# SPDX-License-Identifier: MIT
# Recursion through every form of call ends at one limit, the same in each engine: it counts the
# calls of the program, whatever the core library does in between.
$n = 0

# How deep the block gets, as calls of the program and blocks: `each` is how many one round takes.
def deep(each)
  $n = 0
  yield
rescue SystemStackError => e
  all = $n * each
  puts "#{e.message} #{all > 11_900 && all <= 12_000 ? "at the limit" : "after #{all}"}"
end

class Forms
  def plain = ($n += 1; plain)
  def keywords(a:, b: 1) = ($n += 1; keywords(b: a, a: b))
  def optional(a, b = 1) = ($n += 1; optional(a))
  def splat(*a) = ($n += 1; splat(*a))
  def splats(*a, **k) = ($n += 1; splats(*a, **k))
  def forward(...) = ($n += 1; forward(...))
  def above(a, *) = above(a)
end

class Below < Forms
  def above(a, b = 1) = ($n += 1; super)
end

class Beneath < Forms
  def above(a, b = 1) = ($n += 1; super(a, b))
end

class Made
  def initialize(a, k:)
    $n += 1
    Made.new(a, k: k)
  end
end

f = Forms.new
deep(1) { f.plain } # => stack level too deep at the limit
deep(1) { f.keywords(a: 1) } # => stack level too deep at the limit
deep(1) { f.optional(1) } # => stack level too deep at the limit
deep(1) { f.splat(1, 2) } # => stack level too deep at the limit
deep(1) { f.splats(1, b: 2) } # => stack level too deep at the limit
deep(1) { f.forward(1, k: 2) } # => stack level too deep at the limit
deep(2) { Below.new.above(1) } # => stack level too deep at the limit
deep(2) { Beneath.new.above(1) } # => stack level too deep at the limit
deep(1) { Made.new(1, k: 2) } # => stack level too deep at the limit
