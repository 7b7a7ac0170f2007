# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --jit-optimize=100000
# stderr-count: 1 method at line 21: compiled
# stderr-count: 1 for line 41: compiled
# stderr-count: 0 cannot be compiled
# stderr-count: 0 does not come round
# stderr-count: 0 is not compiled
# A walk that passes its block on to itself is machine code, and calls itself at its machine code.
# A block that it was seen to have is built in place, others are called at theirs. While what calls it
# is recorded, the part of the walk that is not followed runs in machine code.
class Node
  include Enumerable

  def initialize(value, left, right)
    @value = value
    @left = left
    @right = right
  end

  def each(&block)
    @left.each(&block) if @left
    yield @value
    @right.each(&block) if @right
  end
end

def build(low, high)
  return if low > high
  middle = (low + high) / 2
  Node.new(middle, build(low, middle - 1), build(middle + 1, high))
end

def sums(tree)
  sum = 0
  tree.each { |value| sum += value }
  tree.each { |value| sum += 2 * value }
  sum
end

tree = build(1, 63)
400.times { sums(tree) }
p [sums(tree), tree.map { |value| value + 1 }.size] # => [6048, 63]
