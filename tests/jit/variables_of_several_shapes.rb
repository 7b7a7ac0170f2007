# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log --jit-stats
# stderr: method at line 17: compiled
# stderr-count: 0 guard.shape
# stderr-count: 0 left too soon
# Objects of one class that set their variables in different orders: their attributes are read and
# set in one region, whose code is not left for a shape that it has not met.
class Node
  attr_accessor :left, :right, :sum
  def initialize = @sum = 0
end
class Tree
  def initialize
    @root = Node.new
  end
  def visit(n)
    n.left.sum = n.sum + 1 if n.left
    n.right.sum += n.sum if n.right
    n.sum
  end
end

def node(i)
  n = Node.new
  n.left = Node.new if i & 1 == 1
  n.right = Node.new if i & 2 == 2
  n.left = Node.new if i & 4 == 4
  n
end
tree = Tree.new
total = 0
total += eval("tree.visit(node(0)) + tree.visit(node(1))\n" * 40)
total += eval("tree.visit(node(7)) + tree.visit(node(6))\n" * 2000)
p total # => 0
