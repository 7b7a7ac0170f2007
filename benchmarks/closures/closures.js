// SPDX-License-Identifier: MIT
// Closures: functions that are made, kept and called after their scope has ended; variables that two
// of them share; functions that call functions.
"use strict";
const { benchmark } = require("../harness.js");

const adder = (amount) => (x) => x + amount;

const compose = (f, g) => (x) => g(f(x));

// Return two functions over one variable: one counts up, one reads.
function counter(start) {
  let count = start;
  return [() => (count += 1), () => count];
}

// Return a function that adds 0 + 1 + ... + 5.
function chain() {
  return [1, 2, 3, 4, 5].map(adder).reduce(compose, adder(0));
}

function sumOfCalls(size) {
  const [increment, read] = counter(0);
  const addFifteen = chain();
  let sum = 0;
  for (let i = 0; i < size; i++) {
    increment();
    sum += addFifteen(i) + adder(i)(1);
    const [up, current] = counter(i);
    up();
    sum -= current();
  }
  return sum + read();
}

// Each step adds i + 15, then i + 1, and takes i + 1 away; the counter has counted the steps.
function expectedSum(size) {
  return (size * (size - 1)) / 2 + 15 * size + size;
}

benchmark(200000, sumOfCalls, (size, result) => result === expectedSum(size));
