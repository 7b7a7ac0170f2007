# SPDX-License-Identifier: MIT
"""Lists and dicts in everyday use: literals, comprehensions, a stack, a queue, reading and writing
elements, counting in a dict and walking over it."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def pipeline(size):
    """Add up what is left of squares after two passes."""
    numbers = [i % 1000 for i in range(size)]
    squares = [x * x for x in numbers]
    return sum([x for x in squares if x % 3 == 1])


def stack(size):
    """Push 0 to size - 1, reverse them in place by hand, and weigh what comes off again."""
    items = []
    for i in range(size):
        items.append(i)
    left, right = 0, size - 1
    while left < right:
        items[left], items[right] = items[right], items[left]
        left += 1
        right -= 1
    total = 0
    while items:
        total += items.pop()
    return total


def queue(size):
    """Let four players hand pairs around in a queue; return the points that they made."""
    waiting = [(0, 0), (1, 0), (2, 0), (3, 0)]
    for _ in range(size):
        player, points = waiting.pop(0)
        waiting.append((player, points + player))
    return sum(points for _, points in waiting)


def count(size):
    """Count remainders in a dict, then add up each key times its count."""
    counts = {}
    for i in range(size):
        counts[i % 777] = counts.get(i % 777, 0) + 1
    return sum(key * times for key, times in counts.items())


def collect(size):
    """Use the collections in all four ways."""
    return [pipeline(size), stack(size), queue(size), count(size)]


def sum_of_cycles(size, cycle, value):
    """Add up value(i % cycle) over all i below size."""
    return sum(value(x) * ((size - x + cycle - 1) // cycle) for x in range(cycle))


def expected(size):
    """Return the same sums from formulas."""
    return [
        sum_of_cycles(size, 1000, lambda x: x * x if x % 3 else 0),
        size * (size - 1) // 2,
        sum_of_cycles(size, 4, lambda x: x),
        sum_of_cycles(size, 777, lambda x: x),
    ]


benchmark(600000, collect, lambda size, result: result == expected(size))
