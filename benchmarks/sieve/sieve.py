# SPDX-License-Identifier: MIT
"""The sieve of Eratosthenes: nested loops that store to a list."""

import math
import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def sieve(limit):
    """Return the number of primes up to the limit."""
    prime = [True] * (limit + 1)
    count = 0
    for i in range(2, limit + 1):
        if prime[i]:
            count += 1
            for k in range(i * i, limit + 1, i):
                prime[k] = False
    return count


def count_primes(limit):
    """Return the same number without a sieve.

    small[v] and large[k] count what is left of the numbers from 2 to v, and from 2 to limit / k,
    once the multiples of each prime have been taken out.
    """
    root = math.isqrt(limit)
    small = [v - 1 for v in range(root + 1)]
    large = [0] + [limit // k - 1 for k in range(1, root + 1)]
    for p in range(2, root + 1):
        smaller = small[p - 1]
        if small[p] == smaller:
            continue
        for k in range(1, min(root, limit // (p * p)) + 1):
            multiple = k * p
            left = large[multiple] if multiple <= root else small[limit // multiple]
            large[k] -= left - smaller
        for v in range(root, p * p - 1, -1):
            small[v] -= small[v // p] - smaller
    return large[1]


benchmark(2000000, sieve, lambda limit, result: result == count_primes(limit))
