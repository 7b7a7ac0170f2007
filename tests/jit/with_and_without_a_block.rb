# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --jit-optimize=100000
# stderr-count: 2 method at line 11: hot
# stderr: method at line 11: compiled
# stderr-count: 0 is not compiled
# A method has machine code for calls with a block and for those without, whichever come in between.
class Node
  def initialize(value, left, right) = (@value = value; @left = left; @right = right)

  def sum(&block)
    rest = (@left ? @left.sum(&block) : 0) + (@right ? @right.sum(&block) : 0)
    rest + (block_given? ? yield(@value) : @value)
  end
end

def build(depth) = Node.new(depth, depth > 0 ? build(depth - 1) : nil, depth > 0 ? build(depth - 1) : nil)

tree = build(5)
total = 0
300.times do |i|
  total += tree.sum
  total += tree.sum { |value| value * i }
end
p total # => 2573550
