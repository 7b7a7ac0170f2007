// SPDX-License-Identifier: MIT
// All permutations of an array by swapping in place: recursion, array reads and array writes.
"use strict";
const { benchmark } = require("../harness.js");

class Permuter {
  constructor(size) {
    this.numbers = Array.from({ length: size }, (_, i) => i + 1);
    // The permutations seen so far.
    this.count = 0;
    // The sum, over the permutations, of the number in the first place.
    this.firstSum = 0;
  }

  // Bring the first `length` numbers into every order; they end as they were.
  permute(length) {
    if (length <= 1) {
      this.visit();
      return;
    }
    const last = length - 1;
    this.permute(last);
    for (let i = last - 1; i >= 0; i--) {
      this.swap(i, last);
      this.permute(last);
      this.swap(i, last);
    }
  }

  isInOrder() {
    return this.numbers.every((number, i) => number === i + 1);
  }

  visit() {
    this.count += 1;
    this.firstSum += this.numbers[0];
  }

  swap(i, j) {
    const kept = this.numbers[i];
    this.numbers[i] = this.numbers[j];
    this.numbers[j] = kept;
  }
}

// How often everything is done: one more number would take too much time, one less too little.
const REPEATS = 3;

function permute(size) {
  const permuter = new Permuter(size);
  for (let i = 0; i < REPEATS; i++) permuter.permute(size);
  return permuter;
}

// Each number comes first in the same number of the permutations.
function isRight(size, result) {
  let count = REPEATS;
  for (let i = 2; i <= size; i++) count *= i;
  return (
    result.count === count && result.firstSum * 2 === count * (size + 1) && result.isInOrder()
  );
}

benchmark(9, permute, isRight);
