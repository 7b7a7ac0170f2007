# SPDX-License-Identifier: MIT
"""Naive Fibonacci numbers: a call with one argument, a comparison and small additions."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def fib(n):
    """Return the nth Fibonacci number, the slow way."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fib_by_addition(n):
    """Return the same number in n additions."""
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


benchmark(33, fib, lambda n, result: result == fib_by_addition(n))
