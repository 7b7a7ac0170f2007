// SPDX-License-Identifier: MIT
// Pancake flips over all permutations: element reads and writes in small arrays, integer loops.
"use strict";
const { benchmark } = require("../harness.js");

// The checksum and the largest number of flips, for each size from 1 on.
const KNOWN = [
  [], [0, 0], [-1, 1], [2, 2], [4, 4], [11, 7],
  [49, 10], [228, 16], [1616, 22], [8629, 30], [73196, 38],
];

// Reverse the first `first` + 1 elements until 0 comes up; return how often.
function countFlips(pancakes) {
  let flips = 0;
  for (let first = pancakes[0]; first !== 0; first = pancakes[0]) {
    for (let low = 0, high = first; low < high; low++, high--) {
      const kept = pancakes[low];
      pancakes[low] = pancakes[high];
      pancakes[high] = kept;
    }
    flips++;
  }
  return flips;
}

// Make the next permutation by rotating ever longer prefixes; turns[i] counts how often the prefix
// of i + 1 elements was rotated. Return false after the last.
function nextPermutation(permutation, turns) {
  for (let i = 1; i < permutation.length; i++) {
    const first = permutation[0];
    for (let k = 0; k < i; k++) permutation[k] = permutation[k + 1];
    permutation[i] = first;
    turns[i]++;
    if (turns[i] <= i) return true;
    turns[i] = 0;
  }
  return false;
}

function fannkuch(size) {
  const permutation = Array.from({ length: size }, (_, i) => i);
  const turns = new Array(size).fill(0);
  let [checksum, most, sign] = [0, 0, 1];
  do {
    const flips = countFlips(permutation.slice());
    most = Math.max(most, flips);
    checksum += sign * flips;
    sign = -sign;
  } while (nextPermutation(permutation, turns));
  return [checksum, most];
}

benchmark(9, fannkuch, (size, [checksum, most]) => {
  const [knownChecksum, knownMost] = KNOWN[size] || [];
  return checksum === knownChecksum && most === knownMost;
});
