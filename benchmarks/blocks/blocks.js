// SPDX-License-Identifier: MIT
// Functions passed down, which is what a block is here: with one and two values, one inside another,
// handed on, with an early return, and one that ends the iteration.
"use strict";
const { benchmark } = require("../harness.js");

// Call the function for 0 to count - 1; a result of it ends the iteration and is returned.
function repeat(count, visit) {
  for (let i = 0; i < count; i++) {
    const result = visit(i);
    if (result !== undefined) return result;
  }
  return undefined;
}

function eachNeighbours(count, visit) {
  repeat(count, (i) => {
    visit(i, i + 1);
  });
}

function handOn(count, ...visitors) {
  repeat(count, ...visitors);
}

// Return the first multiple of `step` from `start` on.
function firstMultiple(start, step) {
  return repeat(step, (i) => ((start + i) % step === 0 ? start + i : undefined));
}

function sumOfBlocks(size) {
  let sum = 0;
  repeat(size, (i) => {
    sum += i;
  });
  eachNeighbours(size, (a, b) => {
    sum += b - a;
  });
  handOn(size, (i) => {
    if (i % 2 === 1) return;
    sum += 2;
  });
  for (let i = 0; i < size; i++) sum += firstMultiple(i, 4) - i;
  for (let i = 1; i <= size; i++) {
    [i, 1].forEach((x) => {
      sum -= x;
    });
  }
  return sum;
}

function expectedSum(size) {
  const toMultiple = Math.floor(size / 4) * 6 + [0, 0, 3, 5][size % 4];
  const triangles = (size * (size - 1)) / 2 - (size * (size + 1)) / 2;
  return triangles + Math.floor((size + 1) / 2) * 2 + toMultiple;
}

benchmark(500000, sumOfBlocks, (size, result) => result === expectedSum(size));
