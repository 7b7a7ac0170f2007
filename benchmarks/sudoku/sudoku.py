# SPDX-License-Identifier: MIT
"""Hard Sudoku puzzles by backtracking at the cell with the fewest candidates.

Measures loops over lists of small integers, and bit operations on sets of digits.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

# Puzzles with one solution, and how many cells the search has to fill for each, counted by all
# translations of this program alike.
PUZZLES = [
    ("67......2.1...58....93.......3....1......42..19.7......6.....57..79.........3.6.8", 6679),
    ("....938....31.745....5......1.3.9.78...76............94..9.5.........29..25.36...", 6778),
    ("..............952.3..87....7...........9.52....4....6.25.73.....1.5....8..31..9..", 6839),
    ("8..26....46..1.83.................4..3...1.791.4.9.6..2..1.9.......82....4.....6.", 7719),
    ("4..8....2...4...9..95....3....1...69..3......56..4.......71.3.8.....67.......8.2.", 7849),
    ("158....7.3...7....4.....6.3.....6.......1.7...37...2.8..........9.3.24..7.....38.", 8843),
    ("......9.7...9..65.4...85...3..75........2.1...2.....9...5.........5...83..2.91...", 8896),
    ("4...5.2..2.3..8...97.........7.........382..4.....45..7.......3.5..4.........612.", 9258),
]

# The set of all nine digits: bit d stands for the digit d + 1.
ALL = 0x1FF
# The number of digits in each set, and the digit of each set that has one.
SET_SIZES = [bin(digits).count("1") for digits in range(ALL + 1)]
DIGITS = [digits.bit_length() for digits in range(ALL + 1)]
# Where each cell lies.
ROWS = [cell // 9 for cell in range(81)]
COLUMNS = [cell % 9 for cell in range(81)]
BOXES = [cell // 27 * 3 + cell % 9 // 3 for cell in range(81)]


class Sudoku:
    """A puzzle and the state of its search.

    cells: the 81 digits, row by row, 0 where none is known; steps: how many cells the search has
    filled, those included that it emptied again.
    """

    def __init__(self, text):
        self.cells = [0] * 81
        # The digits that each row, column and box has.
        self.rows = [0] * 9
        self.columns = [0] * 9
        self.boxes = [0] * 9
        self.steps = 0
        for cell, char in enumerate(text):
            if char != ".":
                self.fill(cell, 1 << (int(char) - 1))

    def solve(self):
        """Fill the empty cells; tell whether that is possible."""
        cell = self.most_constrained()
        if cell is None:
            return True
        choices = self.candidates(cell)
        while choices:
            digit = choices & -choices
            choices ^= digit
            self.steps += 1
            self.fill(cell, digit)
            if self.solve():
                return True
            self.empty(cell, digit)
        return False

    def most_constrained(self):
        """Find the empty cell with the fewest candidates."""
        best = None
        fewest = 10
        for cell in range(81):
            if self.cells[cell] == 0:
                count = SET_SIZES[self.candidates(cell)]
                if count < fewest:
                    best, fewest = cell, count
        return best

    def candidates(self, cell):
        """Return the set of digits that a cell may get."""
        used = self.rows[ROWS[cell]] | self.columns[COLUMNS[cell]] | self.boxes[BOXES[cell]]
        return ALL & ~used

    def fill(self, cell, digit):
        """Write a digit."""
        self.cells[cell] = DIGITS[digit]
        self.toggle(cell, digit)

    def empty(self, cell, digit):
        """Rub a digit out."""
        self.cells[cell] = 0
        self.toggle(cell, digit)

    def toggle(self, cell, digit):
        """Add a digit to the sets of its row, column and box, or take it away."""
        self.rows[ROWS[cell]] ^= digit
        self.columns[COLUMNS[cell]] ^= digit
        self.boxes[BOXES[cell]] ^= digit


def puzzle(number):
    """Return a text and its steps."""
    return PUZZLES[number % len(PUZZLES)]


def solve(count):
    """Solve so many puzzles, beginning again when the list ends."""
    solutions = [Sudoku(puzzle(number)[0]) for number in range(count)]
    for sudoku in solutions:
        sudoku.solve()
    return solutions


def solved(cells, text):
    """Tell whether every row, column and box has all digits, and the given ones are in place."""
    for group_of in (ROWS, COLUMNS, BOXES):
        if len({(group_of[cell], cells[cell]) for cell in range(81)}) < 81:
            return False
    return 0 not in cells and all(
        char == "." or int(char) == digit for digit, char in zip(cells, text)
    )


def right(_, solutions):
    """Tell whether all solutions are right and were found as they should be."""
    for number, sudoku in enumerate(solutions):
        text, steps = puzzle(number)
        if sudoku.steps != steps or not solved(sudoku.cells, text):
            return False
    return True


benchmark(8, solve, right)
