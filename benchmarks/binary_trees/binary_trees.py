# SPDX-License-Identifier: MIT
"""Many short-lived binary trees beside one that stays.

Measures the cost of allocating small objects, of recursion over them, and of collecting them.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

MIN_DEPTH = 4


class Tree:
    """A node; a leaf has no children."""

    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    @classmethod
    def of_depth(cls, depth):
        """Build a complete tree."""
        if depth == 0:
            return cls(None, None)
        return cls(cls.of_depth(depth - 1), cls.of_depth(depth - 1))

    def count(self):
        """Count the nodes."""
        return self.left.count() + self.right.count() + 1 if self.left else 1


def trees_of(depth, max_depth):
    """How many trees of a depth are built: as many as make all depths cost the same."""
    return 1 << (max_depth - depth + MIN_DEPTH)


def nodes_seen(max_depth):
    """Build and count the trees of all depths; return the number of nodes seen."""
    stays = Tree.of_depth(max_depth)
    seen = 0
    for depth in range(MIN_DEPTH, max_depth + 1, 2):
        for _ in range(trees_of(depth, max_depth)):
            seen += Tree.of_depth(depth).count()
    return seen + stays.count()


def nodes_expected(max_depth):
    """Return the same number without trees."""
    depths = range(MIN_DEPTH, max_depth + 1, 2)
    nodes = sum(trees_of(depth, max_depth) * (2 ** (depth + 1) - 1) for depth in depths)
    return nodes + 2 ** (max_depth + 1) - 1


benchmark(13, nodes_seen, lambda depth, result: result == nodes_expected(depth))
