# SPDX-License-Identifier: MIT
"""All ways to place queens on boards of size 1 to N.

Measures backtracking over attributes that hold lists of flags.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


class Board:
    """What is still free."""

    def __init__(self, size):
        self.size = size
        self.columns = [True] * size
        self.rising = [True] * (2 * size)
        self.falling = [True] * (2 * size)

    def solutions(self, row=0):
        """Count the ways to place a queen in `row` and in each row below it."""
        if row == self.size:
            return 1
        count = 0
        for column in range(self.size):
            if self.free(row, column):
                self.mark(row, column, False)
                count += self.solutions(row + 1)
                self.mark(row, column, True)
        return count

    def free(self, row, column):
        """Tell whether no queen attacks a square."""
        return (
            self.columns[column]
            and self.rising[row + column]
            and self.falling[row - column + self.size]
        )

    def mark(self, row, column, free):
        """Place a queen or take it away."""
        self.columns[column] = free
        self.rising[row + column] = free
        self.falling[row - column + self.size] = free


# The number of solutions for boards of size 1, 2, ... (sequence A000170 of the OEIS).
SOLUTIONS = [1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712]

benchmark(
    11,
    lambda largest: [Board(size).solutions() for size in range(1, largest + 1)],
    lambda largest, result: result == SOLUTIONS[:largest],
)
