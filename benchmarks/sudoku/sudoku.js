// SPDX-License-Identifier: MIT
// Hard Sudoku puzzles by backtracking at the cell with the fewest candidates: loops over arrays of
// small integers, and bit operations on sets of digits.
"use strict";
const { benchmark } = require("../harness.js");

// Puzzles with one solution, and how many cells the search has to fill for each, counted by all
// translations of this program alike.
const PUZZLES = [
  ["67......2.1...58....93.......3....1......42..19.7......6.....57..79.........3.6.8", 6679],
  ["....938....31.745....5......1.3.9.78...76............94..9.5.........29..25.36...", 6778],
  ["..............952.3..87....7...........9.52....4....6.25.73.....1.5....8..31..9..", 6839],
  ["8..26....46..1.83.................4..3...1.791.4.9.6..2..1.9.......82....4.....6.", 7719],
  ["4..8....2...4...9..95....3....1...69..3......56..4.......71.3.8.....67.......8.2.", 7849],
  ["158....7.3...7....4.....6.3.....6.......1.7...37...2.8..........9.3.24..7.....38.", 8843],
  ["......9.7...9..65.4...85...3..75........2.1...2.....9...5.........5...83..2.91...", 8896],
  ["4...5.2..2.3..8...97.........7.........382..4.....45..7.......3.5..4.........612.", 9258],
];

// The set of all nine digits: bit d stands for the digit d + 1.
const ALL = 0x1ff;
// The number of digits in each set, and the digit of each set that has one.
const SET_SIZES = [0];
for (let set = 1; set <= ALL; set++) SET_SIZES.push(SET_SIZES[set >> 1] + (set & 1));
const DIGITS = Array.from({ length: ALL + 1 }, (_, set) => 32 - Math.clz32(set));
// Where each cell lies.
const CELLS = Array.from({ length: 81 }, (_, cell) => cell);
const ROWS = CELLS.map((cell) => Math.floor(cell / 9));
const COLUMNS = CELLS.map((cell) => cell % 9);
const BOXES = CELLS.map((cell) => Math.floor(cell / 27) * 3 + Math.floor((cell % 9) / 3));

class Sudoku {
  constructor(text) {
    // The 81 digits, row by row; 0 where none is known.
    this.cells = new Array(81).fill(0);
    // The digits that each row, column and box has.
    this.rows = new Array(9).fill(0);
    this.columns = new Array(9).fill(0);
    this.boxes = new Array(9).fill(0);
    // How many cells the search has filled, those included that it emptied again.
    this.steps = 0;
    for (const cell of CELLS) {
      if (text[cell] !== ".") this.fill(cell, 1 << (Number(text[cell]) - 1));
    }
  }

  // Fill the empty cells; tell whether that is possible.
  solve() {
    const cell = this.mostConstrained();
    if (cell === null) return true;
    let choices = this.candidates(cell);
    while (choices !== 0) {
      const digit = choices & -choices;
      choices ^= digit;
      this.steps += 1;
      this.fill(cell, digit);
      if (this.solve()) return true;
      this.empty(cell, digit);
    }
    return false;
  }

  // Find the empty cell with the fewest candidates.
  mostConstrained() {
    let best = null;
    let fewest = 10;
    for (let cell = 0; cell < 81; cell++) {
      if (this.cells[cell] === 0) {
        const count = SET_SIZES[this.candidates(cell)];
        if (count < fewest) {
          best = cell;
          fewest = count;
        }
      }
    }
    return best;
  }

  candidates(cell) {
    return ALL & ~(this.rows[ROWS[cell]] | this.columns[COLUMNS[cell]] | this.boxes[BOXES[cell]]);
  }

  fill(cell, digit) {
    this.cells[cell] = DIGITS[digit];
    this.toggle(cell, digit);
  }

  empty(cell, digit) {
    this.cells[cell] = 0;
    this.toggle(cell, digit);
  }

  toggle(cell, digit) {
    this.rows[ROWS[cell]] ^= digit;
    this.columns[COLUMNS[cell]] ^= digit;
    this.boxes[BOXES[cell]] ^= digit;
  }
}

function puzzle(number) {
  return PUZZLES[number % PUZZLES.length];
}

// Solve so many puzzles, beginning again when the list ends.
function solve(count) {
  return Array.from({ length: count }, (_, number) => {
    const sudoku = new Sudoku(puzzle(number)[0]);
    sudoku.solve();
    return sudoku;
  });
}

// Tell whether every row, column and box has all digits, and the given ones are where they were.
function isSolved(cells, text) {
  const complete = [ROWS, COLUMNS, BOXES].every(
    (groupOf) => new Set(CELLS.map((cell) => groupOf[cell] * 10 + cells[cell])).size === 81,
  );
  const kept = CELLS.every((cell) => text[cell] === "." || Number(text[cell]) === cells[cell]);
  return complete && kept && !cells.includes(0);
}

function isRight(_, solutions) {
  return solutions.every((sudoku, number) => {
    const [text, steps] = puzzle(number);
    return sudoku.steps === steps && isSolved(sudoku.cells, text);
  });
}

benchmark(8, solve, isRight);
