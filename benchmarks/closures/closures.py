# SPDX-License-Identifier: MIT
"""Closures: functions that are made, kept and called after their scope has ended; variables that
two of them share; functions that call functions."""

from functools import reduce
import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def adder(amount):
    """Return a function that adds the amount."""
    return lambda x: x + amount


def compose(f, g):
    """Return a function that calls f, then g."""
    return lambda x: g(f(x))


def counter(start):
    """Return two functions over one variable: one counts up, one reads."""
    count = start

    def increment():
        nonlocal count
        count += 1

    return increment, lambda: count


def chain():
    """Return a function that adds 0 + 1 + ... + 5."""
    return reduce(compose, (adder(amount) for amount in range(1, 6)), adder(0))


def sum_of_calls(size):
    """Call each kind of closure `size` times."""
    increment, read = counter(0)
    add_fifteen = chain()
    total = 0
    for i in range(size):
        increment()
        total += add_fifteen(i) + adder(i)(1)
        up, current = counter(i)
        up()
        total -= current()
    return total + read()


def expected_sum(size):
    """Return the same sum: each step adds i + 15, then i + 1, and takes i + 1 away; the counter has
    counted the steps."""
    return size * (size - 1) // 2 + 15 * size + size


benchmark(200000, sum_of_calls, lambda size, result: result == expected_sum(size))
