# SPDX-License-Identifier: MIT
# Finds the loops of a large control-flow graph as Paul Havlak described ("Nesting of Reducible and
# Irreducible Loops", 1997). Measures depth-first search, sets, union-find and many small objects.
require_relative "../harness"

# A basic block, its number, and the blocks before and after it.
class Block
  attr_reader :number, :predecessors, :successors

  def initialize(number)
    @number = number
    @predecessors = []
    @successors = []
  end
end

class FlowGraph
  attr_reader :blocks

  def initialize
    @blocks = []
  end

  def add_block
    block = Block.new(@blocks.size)
    @blocks << block
    block
  end

  def connect(from, to)
    from.successors << to
    to.predecessors << from
  end

  # Append a block after another.
  def extend(from)
    block = add_block
    connect(from, block)
    block
  end

  # Append two blocks that meet in a third; return that one.
  def add_diamond(from)
    left = extend(from)
    right = extend(from)
    join = extend(left)
    connect(right, join)
    join
  end

  # Append a loop around whatever the block builds, from its head to its end; return the block
  # where the loop is left.
  def add_loop(from)
    head = extend(from)
    last = yield head
    connect(last, head)
    extend(last)
  end

  # Append a cycle of two blocks that can be entered at either; return the block after it.
  def add_irreducible(from)
    first = extend(from)
    second = extend(from)
    connect(first, second)
    connect(second, first)
    extend(second)
  end
end

# A loop that was found: its head and the loop around it.
class Loop
  attr_reader :irreducible
  attr_accessor :parent
  # How many blocks belong to this loop and to none inside it.
  attr_accessor :blocks

  def initialize(irreducible)
    @irreducible = irreducible
    @parent = nil
    @blocks = 1
  end

  def depth
    @parent ? @parent.depth + 1 : 1
  end
end

# What the search knows of a block that it has reached, and the set of union-find that the block is
# in: a loop that has been found is one set, represented by its head.
class Node
  attr_reader :block, :order, :back, :entries
  # The last order number among the blocks below this one in the tree of the search.
  attr_accessor :last
  # The loop of which the block is the head.
  attr_accessor :loop
  attr_writer :parent

  def initialize(block, order)
    @block = block
    @order = order
    @last = order
    # Nodes with an edge to this one: from below in the tree, and from elsewhere.
    @back = []
    @entries = []
    @loop = nil
    @parent = self
  end

  # Return the representative of the set, and shorten the way to it for the next time.
  def find
    root = self
    root = root.up until root.up.equal?(root)
    node = self
    until node.equal?(root)
      above = node.up
      node.parent = root
      node = above
    end
    root
  end

  def up
    @parent
  end

  # Tell whether a node is this one or below it in the tree of the search.
  def ancestor_of?(node)
    @order <= node.order && node.order <= @last
  end
end

class LoopFinder
  def initialize(graph)
    @graph = graph
    # The nodes by order number and by block number.
    @nodes = []
    @node_of = Array.new(graph.blocks.size)
  end

  # Return all loops, inner ones before outer ones.
  def run
    number_nodes
    @nodes.each { |node| classify_edges(node) }
    @nodes.reverse_each.filter_map { |node| find_loop(node) }
  end

  private

  # Number the blocks in the order of a depth-first search; without recursion, which would go as
  # deep as the graph is long.
  def number_nodes
    stack = [[reach(@graph.blocks.first), 0]]
    until stack.empty?
      node, position = stack.last
      if position == node.block.successors.size
        node.last = @nodes.size - 1
        stack.pop
      else
        stack.last[1] += 1
        block = node.block.successors[position]
        stack << [reach(block), 0] unless @node_of[block.number]
      end
    end
  end

  def reach(block)
    node = Node.new(block, @nodes.size)
    @nodes << node
    @node_of[block.number] = node
  end

  def classify_edges(node)
    node.block.predecessors.each do |block|
      before = @node_of[block.number]
      next unless before

      (node.ancestor_of?(before) ? node.back : node.entries) << before
    end
  end

  # Find the loop whose head a node is, if it is one.
  def find_loop(head)
    return if head.back.empty?

    body = {}
    head.back.each { |node| body[node.find] = true unless node.equal?(head) }
    irreducible = collect(head, body)
    found = Loop.new(irreducible)
    body.each_key { |node| absorb(head, found, node) }
    head.loop = found
  end

  # Add to the body of a loop all that lies between it and its head; tell whether it can be entered
  # from elsewhere.
  def collect(head, body)
    irreducible = false
    todo = body.keys
    while (node = todo.pop)
      node.entries.each do |entry|
        before = entry.find
        if !head.ancestor_of?(before)
          irreducible = true
          head.entries << before
        elsif !before.equal?(head) && !body.key?(before)
          body[before] = true
          todo << before
        end
      end
    end
    irreducible
  end

  # Make a node or the loop that it heads a part of a loop.
  def absorb(head, found, node)
    node.parent = head
    if node.loop
      node.loop.parent = found
    else
      found.blocks += 1
    end
  end
end

# One part of the graph: a loop with two in it, which hold a diamond and a loop of one block each,
# then an irreducible cycle.
def add_section(graph, from)
  after = graph.add_loop(from) do |head|
    2.times.inject(head) do |block, _|
      graph.add_loop(block) do |inner|
        graph.add_diamond(graph.add_loop(graph.add_diamond(inner)) { |single| single })
      end
    end
  end
  graph.add_irreducible(after)
end

# So many sections in one loop.
def build_graph(sections)
  graph = FlowGraph.new
  graph.add_loop(graph.add_block) do |head|
    sections.times.inject(head) { |block, _| add_section(graph, block) }
  end
  graph
end

# Count the loops, the irreducible ones, the blocks in loops, and add up how deep the loops lie.
def summary(loops)
  [
    loops.size,
    loops.count(&:irreducible),
    loops.sum(&:blocks),
    loops.sum(&:depth)
  ]
end

# A section has one loop of depth 2, two of depth 3 and two of depth 4, and an irreducible one of
# depth 2. All blocks but the first and the last are in a loop.
def expected(sections, graph)
  [6 * sections + 1, sections, graph.blocks.size - 2, 18 * sections + 1]
end

def work(sections)
  graph = build_graph(sections)
  [graph, summary(LoopFinder.new(graph).run)]
end

benchmark(1200, ->(sections) { work(sections) },
          ->(sections, (graph, found)) { found == expected(sections, graph) })
