# SPDX-License-Identifier: MIT
"""Pancake flips over all permutations: element reads and writes in small lists, integer loops."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

# The checksum and the largest number of flips, for each size.
KNOWN = {
    1: (0, 0),
    2: (-1, 1),
    3: (2, 2),
    4: (4, 4),
    5: (11, 7),
    6: (49, 10),
    7: (228, 16),
    8: (1616, 22),
    9: (8629, 30),
    10: (73196, 38),
}


def count_flips(pancakes):
    """Reverse the first `first` + 1 elements until 0 comes up; return how often."""
    flips = 0
    while (first := pancakes[0]) != 0:
        low, high = 0, first
        while low < high:
            pancakes[low], pancakes[high] = pancakes[high], pancakes[low]
            low += 1
            high -= 1
        flips += 1
    return flips


def next_permutation(permutation, turns):
    """Make the next permutation by rotating ever longer prefixes; return False after the last.

    turns[i] counts how often the prefix of i + 1 elements was rotated.
    """
    for i in range(1, len(permutation)):
        first = permutation[0]
        for k in range(i):
            permutation[k] = permutation[k + 1]
        permutation[i] = first
        turns[i] += 1
        if turns[i] <= i:
            return True
        turns[i] = 0
    return False


def fannkuch(size):
    """Return the checksum and the largest number of flips."""
    permutation = list(range(size))
    turns = [0] * size
    checksum = most = 0
    sign = 1
    while True:
        flips = count_flips(permutation.copy())
        most = max(most, flips)
        checksum += sign * flips
        sign = -sign
        if not next_permutation(permutation, turns):
            return checksum, most


benchmark(9, fannkuch, lambda size, result: result == KNOWN.get(size))
