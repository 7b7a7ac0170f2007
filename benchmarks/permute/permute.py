# SPDX-License-Identifier: MIT
"""All permutations of a list by swapping in place: recursion, list reads and list writes."""

import math
import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


class Permuter:
    """Visits permutations.

    count: those seen so far; first_sum: the sum, over them, of the number in the first place.
    """

    def __init__(self, size):
        self.numbers = list(range(1, size + 1))
        self.count = 0
        self.first_sum = 0

    def permute(self, length):
        """Bring the first `length` numbers into every order; they end as they were."""
        if length <= 1:
            self.visit()
            return
        last = length - 1
        self.permute(last)
        for i in range(last - 1, -1, -1):
            self.swap(i, last)
            self.permute(last)
            self.swap(i, last)

    def visit(self):
        """Take note of a permutation."""
        self.count += 1
        self.first_sum += self.numbers[0]

    def swap(self, i, j):
        """Exchange two numbers."""
        numbers = self.numbers
        numbers[i], numbers[j] = numbers[j], numbers[i]


# How often everything is done: one more number would take too much time, one less too little.
REPEATS = 3


def permute(size):
    """Visit all permutations of the numbers up to size."""
    permuter = Permuter(size)
    for _ in range(REPEATS):
        permuter.permute(size)
    return permuter


def right(size, result):
    """Tell whether each number came first in the same number of the permutations."""
    count = REPEATS * math.factorial(size)
    return (
        result.count == count
        and result.first_sum * 2 == count * (size + 1)
        and result.numbers == sorted(result.numbers)
    )


benchmark(9, permute, right)
