# SPDX-License-Identifier: MIT
"""Method calls: one call site with four receiver classes, calls on self, inherited methods, super,
and an optional argument."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


class Plain:
    """Adds its weight."""

    def __init__(self, weight):
        self.weight = weight

    def value(self, x):
        """Return what this makes of x."""
        return self.combine(x, self.weight)

    def combine(self, x, weight):
        """Return x and the weight together."""
        return x + weight


class Doubled(Plain):
    """Doubles what its parent returns."""

    def value(self, x):
        return super().value(x) * 2


class Product(Plain):
    """Multiplies by its weight."""

    def combine(self, x, weight):
        return x * weight


class Stranger:
    """Shares no parent with the others."""

    def value(self, x, factor=5):
        """Return what this makes of x."""
        return self.same(x) * factor

    def same(self, x):
        """Return x."""
        return x


def sum_of_values(size):
    """Call `value` size times, on each class in turn."""
    receivers = [Plain(1), Doubled(2), Product(3), Stranger()]
    total = 0
    for i in range(size):
        total += receivers[i % 4].value(i % 16)
    return total


def sum_by_residues(size):
    """Return the same sum without a method call: the terms repeat after 16."""
    terms = ([x + 1, (x + 2) * 2, x * 3, x * 5][x % 4] for x in range(16))
    return sum(term * ((size - x + 15) // 16) for x, term in enumerate(terms))


benchmark(2500000, sum_of_values, lambda size, result: result == sum_by_residues(size))
