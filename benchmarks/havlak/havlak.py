# SPDX-License-Identifier: MIT
"""Finds the loops of a large control-flow graph as Paul Havlak described.

See "Nesting of Reducible and Irreducible Loops", 1997. Measures depth-first search, sets,
union-find and many small objects.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


class Block:
    """A basic block, its number, and the blocks before and after it."""

    def __init__(self, number):
        self.number = number
        self.predecessors = []
        self.successors = []


class FlowGraph:
    """Blocks and the edges between them."""

    def __init__(self):
        self.blocks = []

    def add_block(self):
        """Add a block without edges."""
        block = Block(len(self.blocks))
        self.blocks.append(block)
        return block

    def connect(self, before, after):
        """Add an edge."""
        before.successors.append(after)
        after.predecessors.append(before)

    def extend(self, before):
        """Append a block after another."""
        block = self.add_block()
        self.connect(before, block)
        return block

    def add_diamond(self, before):
        """Append two blocks that meet in a third; return that one."""
        left = self.extend(before)
        right = self.extend(before)
        join = self.extend(left)
        self.connect(right, join)
        return join

    def add_loop(self, before, build):
        """Append a loop around whatever build(head) builds, up to the block that it returns.

        Returns the block where the loop is left.
        """
        head = self.extend(before)
        last = build(head)
        self.connect(last, head)
        return self.extend(last)

    def add_irreducible(self, before):
        """Append a cycle of two blocks that can be entered at either; return the one after it."""
        first = self.extend(before)
        second = self.extend(before)
        self.connect(first, second)
        self.connect(second, first)
        return self.extend(second)


class Loop:
    """A loop that was found.

    parent: the loop around it; blocks: how many belong to this loop and to none inside it.
    """

    def __init__(self, irreducible):
        self.irreducible = irreducible
        self.parent = None
        self.blocks = 1

    def depth(self):
        """Return how many loops this one lies in, itself included."""
        return self.parent.depth() + 1 if self.parent else 1


class Node:
    """What the search knows of a block that it has reached.

    It is also the set of union-find that the block is in: a loop that has been found is one set,
    represented by its head. last: the last order number among the blocks below this one in the
    tree of the search; back, entries: nodes with an edge to this one, from below in the tree and
    from elsewhere; loop: the loop of which the block is the head.
    """

    def __init__(self, block, order):
        self.block = block
        self.order = order
        self.last = order
        self.back = []
        self.entries = []
        self.loop = None
        self.parent = self

    def find(self):
        """Return the representative of the set, and shorten the way to it for the next time."""
        root = self
        while root.parent is not root:
            root = root.parent
        node = self
        while node is not root:
            node.parent, node = root, node.parent
        return root

    def is_ancestor_of(self, node):
        """Tell whether a node is this one or below it in the tree of the search."""
        return self.order <= node.order <= self.last


class LoopFinder:
    """One search; nodes has them by order number, node_of by block number."""

    def __init__(self, graph):
        self.graph = graph
        self.nodes = []
        self.node_of = [None] * len(graph.blocks)

    def run(self):
        """Return all loops, inner ones before outer ones."""
        self.number_nodes()
        for node in self.nodes:
            self.classify_edges(node)
        return [self.find_loop(node) for node in reversed(self.nodes) if node.back]

    def number_nodes(self):
        """Number the blocks in the order of a depth-first search.

        Without recursion, which would go as deep as the graph is long.
        """
        first = self.graph.blocks[0]
        stack = [(self.reach(first), iter(first.successors))]
        while stack:
            node, successors = stack[-1]
            block = next(successors, None)
            if block is None:
                node.last = len(self.nodes) - 1
                stack.pop()
            elif self.node_of[block.number] is None:
                stack.append((self.reach(block), iter(block.successors)))

    def reach(self, block):
        """Give a block its number."""
        node = Node(block, len(self.nodes))
        self.nodes.append(node)
        self.node_of[block.number] = node
        return node

    def classify_edges(self, node):
        """Tell the edges that close a cycle from the others."""
        for block in node.block.predecessors:
            before = self.node_of[block.number]
            if before:
                (node.back if node.is_ancestor_of(before) else node.entries).append(before)

    def find_loop(self, head):
        """Find the loop of a head."""
        body = {node.find(): True for node in head.back if node is not head}
        found = Loop(self.collect(head, body))
        for node in body:
            self.absorb(head, found, node)
        head.loop = found
        return found

    def collect(self, head, body):
        """Add to the body of a loop all that lies between it and its head.

        Tells whether it can be entered from elsewhere. The body is a dictionary, which keeps the
        order in which its keys came.
        """
        irreducible = False
        todo = list(body)
        while todo:
            for entry in todo.pop().entries:
                before = entry.find()
                if not head.is_ancestor_of(before):
                    irreducible = True
                    head.entries.append(before)
                elif before is not head and before not in body:
                    body[before] = True
                    todo.append(before)
        return irreducible

    def absorb(self, head, found, node):
        """Make a node or the loop that it heads a part of a loop."""
        node.parent = head
        if node.loop:
            node.loop.parent = found
        else:
            found.blocks += 1


def add_section(graph, before):
    """Add one part of the graph.

    A loop with two in it, which hold a diamond and a loop of one block each, then an irreducible
    cycle.
    """

    def build_inner(head):
        single = graph.add_loop(graph.add_diamond(head), lambda block: block)
        return graph.add_diamond(single)

    def build_outer(head):
        return graph.add_loop(graph.add_loop(head, build_inner), build_inner)

    return graph.add_irreducible(graph.add_loop(before, build_outer))


def build_graph(sections):
    """Build so many sections in one loop."""
    graph = FlowGraph()

    def build_sections(block):
        for _ in range(sections):
            block = add_section(graph, block)
        return block

    graph.add_loop(graph.add_block(), build_sections)
    return graph


def summary(loops):
    """Count the loops, the irreducible ones, the blocks in loops, and add up their depths."""
    return (
        len(loops),
        sum(loop.irreducible for loop in loops),
        sum(loop.blocks for loop in loops),
        sum(loop.depth() for loop in loops),
    )


def work(sections):
    """Build a graph and find its loops."""
    graph = build_graph(sections)
    return graph, summary(LoopFinder(graph).run())


def right(sections, result):
    """Tell whether all loops were found.

    A section has one loop of depth 2, two of depth 3 and two of depth 4, and an irreducible one of
    depth 2. All blocks but the first and the last are in a loop.
    """
    graph, found = result
    return found == (6 * sections + 1, sections, len(graph.blocks) - 2, 18 * sections + 1)


benchmark(1200, work, right)
