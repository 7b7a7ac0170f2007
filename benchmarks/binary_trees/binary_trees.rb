# SPDX-License-Identifier: MIT
# Many short-lived binary trees beside one that stays: the cost of allocating small objects, of
# recursion over them, and of collecting them.
require_relative "../harness"

# A node; a leaf has no children.
class Tree
  def self.of_depth(depth)
    depth.zero? ? new(nil, nil) : new(of_depth(depth - 1), of_depth(depth - 1))
  end

  def initialize(left, right)
    @left = left
    @right = right
  end

  def count
    @left ? @left.count + @right.count + 1 : 1
  end
end

MIN_DEPTH = 4

# How many trees of a depth are built: as many as make all depths cost the same.
def trees_of(depth, max_depth)
  1 << (max_depth - depth + MIN_DEPTH)
end

# Build and count the trees of all depths; return the number of nodes seen.
def nodes_seen(max_depth)
  stays = Tree.of_depth(max_depth)
  seen = 0
  MIN_DEPTH.step(max_depth, 2) do |depth|
    trees_of(depth, max_depth).times { seen += Tree.of_depth(depth).count }
  end
  seen + stays.count
end

# The same number without trees.
def nodes_expected(max_depth)
  depths = MIN_DEPTH.step(max_depth, 2)
  nodes = depths.sum { |depth| trees_of(depth, max_depth) * (2**(depth + 1) - 1) }
  nodes + 2**(max_depth + 1) - 1
end

benchmark(13, ->(depth) { nodes_seen(depth) },
          ->(depth, result) { result == nodes_expected(depth) })
