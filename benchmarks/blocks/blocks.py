# SPDX-License-Identifier: MIT
"""Generators, which stand for blocks here: with one and two values, one inside another, handed on,
with continue, and one that is left early."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def repeat(count):
    """Yield 0 to count - 1."""
    i = 0
    while i < count:
        yield i
        i += 1


def each_neighbours(count):
    """Yield each number with the next."""
    for i in repeat(count):
        yield i, i + 1


def hand_on(count):
    """Yield what another generator yields."""
    yield from repeat(count)


def first_multiple(start, step):
    """Return the first multiple of `step` from `start` on."""
    for i in repeat(step):
        if (start + i) % step == 0:
            return start + i
    return None


def sum_of_blocks(size):
    """Add up over all kinds of iteration."""
    total = 0
    for i in repeat(size):
        total += i
    for a, b in each_neighbours(size):
        total += b - a
    for i in hand_on(size):
        if i % 2 == 1:
            continue
        total += 2
    for i in range(size):
        total += first_multiple(i, 4) - i
    for i in range(1, size + 1):
        for x in (i, 1):
            total -= x
    return total


def expected_sum(size):
    """Return the same sum in one formula."""
    to_multiple = size // 4 * 6 + [0, 0, 3, 5][size % 4]
    triangles = size * (size - 1) // 2 - size * (size + 1) // 2
    return triangles + (size + 1) // 2 * 2 + to_multiple


benchmark(500000, sum_of_blocks, lambda size, result: result == expected_sum(size))
