# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log --jit-optimize=100000
# stderr: method at line 17: its loop yields
# stderr: method at line 25: its loop yields
# stderr: for line 30: compiled
# stderr: for line 31: compiled
# A method that yields in a loop of its own, or of what it passes its block on to, has no machine code
# for calls with any block: its loop has a region for each block, in which that is in place.
class List
  include Enumerable

  def initialize(items) = @items = items

  def size = @items.size

  def each
    i = 0
    while i < @items.size
      yield @items[i]
      i += 1
    end
  end

  def each_of(&block)
    @items.each(&block)
  end
end

LIST = List.new((1..40).to_a)
def product = LIST.each { |x| $product = $product * x & 0xffff }
def sum = LIST.each { |x| $sum += x }
$product = 1
$sum = 0
# Each round is evaluated, so that no loop around is compiled.
600.times { eval("product\nsum\nLIST.each_of { |x| $last = x }") }
p $product, $sum, $last # => 0
# => 492000
# => 40
