# SPDX-License-Identifier: MIT
# Lambdas, and blocks kept as Procs, made in methods that are given a block, which they yield to.
class Tree
  def initialize(value, kids) = (@value = value; @kids = kids)

  def walk(depth = 0)
    yield @value, depth
    step = ->(kid) { kid.walk(depth + 1) { |value, at| yield value, at } }
    @kids.each { |kid| step.(kid) }
  end

  def kept(list)
    list << -> { yield @value }
    @kids.each { |kid| kid.kept(list) { |value| yield value + 1 } }
    list
  end
end

$number = 0
def grow(depth) = Tree.new($number += 1, depth > 0 ? Array.new(2) { grow(depth - 1) } : [])

TREE = grow(4)
30.times do |i|
  sum = 0
  TREE.walk { |value, depth| sum += value * depth + i }
  seen = []
  TREE.kept([]) { |value| seen << value }.each(&:call)
  stopped = TREE.walk { |value, depth| break depth if value > 20 }
  p sum, seen.sum, seen.size, stopped if i > 27
end

def first_deep = TREE.walk { |value, depth| return value if depth == 3 }
20.times { |i| p first_deep if i == 19 }
