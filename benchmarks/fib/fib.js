// SPDX-License-Identifier: MIT
// Naive Fibonacci numbers: the cost of a call with one argument, a comparison and small additions.
"use strict";
const { benchmark } = require("../harness.js");

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

// The same number in n additions.
function fibByAddition(n) {
  let [a, b] = [0, 1];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}

benchmark(33, fib, (n, result) => result === fibByAddition(n));
