// SPDX-License-Identifier: MIT
// Arrays and maps in everyday use: literals, map, filter, reduce, a stack, a queue, reading and
// writing elements, counting in a map and walking over it.
"use strict";
const { benchmark } = require("../harness.js");

// Reduce what is left of squares after two passes.
function pipeline(size) {
  return Array.from({ length: size }, (_, i) => i % 1000)
    .map((x) => x * x)
    .filter((x) => x % 3 === 1)
    .reduce((sum, x) => sum + x, 0);
}

// Push 0 to size - 1, reverse them in place by hand, and weigh what comes off again.
function stack(size) {
  const items = [];
  for (let i = 0; i < size; i++) items.push(i);
  for (let left = 0, right = size - 1; left < right; left++, right--) {
    [items[left], items[right]] = [items[right], items[left]];
  }
  let sum = 0;
  while (items.length > 0) sum += items.pop();
  return sum;
}

// Let four players hand pairs around in a queue; return the points that they made.
function queue(size) {
  const waiting = [[0, 0], [1, 0], [2, 0], [3, 0]];
  for (let i = 0; i < size; i++) {
    const [player, points] = waiting.shift();
    waiting.push([player, points + player]);
  }
  return waiting.reduce((sum, [, points]) => sum + points, 0);
}

// Count remainders in a map, then add up each key times its count.
function count(size) {
  const counts = new Map();
  for (let i = 0; i < size; i++) counts.set(i % 777, (counts.get(i % 777) || 0) + 1);
  let sum = 0;
  counts.forEach((times, key) => {
    sum += key * times;
  });
  return sum;
}

function collect(size) {
  return [pipeline(size), stack(size), queue(size), count(size)];
}

// Add up value(i % cycle) over all i below size.
function sumOfCycles(size, cycle, value) {
  let sum = 0;
  for (let x = 0; x < cycle; x++) sum += value(x) * Math.floor((size - x + cycle - 1) / cycle);
  return sum;
}

function check(size, result) {
  const expected = [
    sumOfCycles(size, 1000, (x) => (x % 3 === 0 ? 0 : x * x)),
    (size * (size - 1)) / 2,
    sumOfCycles(size, 4, (x) => x),
    sumOfCycles(size, 777, (x) => x),
  ];
  return expected.every((sum, i) => sum === result[i]);
}

benchmark(600000, collect, check);
