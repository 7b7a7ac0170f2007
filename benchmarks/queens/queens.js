// SPDX-License-Identifier: MIT
// All ways to place queens on boards of size 1 to N: backtracking over properties that hold arrays
// of flags.
"use strict";
const { benchmark } = require("../harness.js");

class Board {
  constructor(size) {
    this.size = size;
    this.columns = new Array(size).fill(true);
    this.rising = new Array(2 * size).fill(true);
    this.falling = new Array(2 * size).fill(true);
  }

  // Count the ways to place a queen in `row` and in each row below it.
  solutions(row = 0) {
    if (row === this.size) return 1;
    let count = 0;
    for (let column = 0; column < this.size; column++) {
      if (this.isFree(row, column)) {
        this.mark(row, column, false);
        count += this.solutions(row + 1);
        this.mark(row, column, true);
      }
    }
    return count;
  }

  isFree(row, column) {
    return (
      this.columns[column] &&
      this.rising[row + column] &&
      this.falling[row - column + this.size]
    );
  }

  mark(row, column, free) {
    this.columns[column] = free;
    this.rising[row + column] = free;
    this.falling[row - column + this.size] = free;
  }
}

// The number of solutions for boards of size 1, 2, ... (sequence A000170 of the OEIS).
const SOLUTIONS = [1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712];

function solutionsUpTo(max) {
  const result = [];
  for (let size = 1; size <= max; size++) result.push(new Board(size).solutions());
  return result;
}

benchmark(11, solutionsUpTo, (max, result) =>
  result.every((solutions, i) => solutions === SOLUTIONS[i]),
);
