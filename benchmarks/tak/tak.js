// SPDX-License-Identifier: MIT
// McCarthy's variant of Takeuchi's function: deep recursion with three arguments, hardly any work.
"use strict";
const { benchmark } = require("../harness.js");

function tak(x, y, z) {
  if (y >= x) return z;
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

// The same with every result kept, so that each is computed once.
function takWithMemory(x, y, z, memory = new Map()) {
  if (y >= x) return z;
  const key = `${x},${y},${z}`;
  if (!memory.has(key)) {
    const a = takWithMemory(x - 1, y, z, memory);
    const b = takWithMemory(y - 1, z, x, memory);
    const c = takWithMemory(z - 1, x, y, memory);
    memory.set(key, takWithMemory(a, b, c, memory));
  }
  return memory.get(key);
}

function argumentsFor(size) {
  return [size, Math.floor((size * 2) / 3), Math.floor(size / 3)];
}

benchmark(
  26,
  (size) => tak(...argumentsFor(size)),
  (size, result) => result === takWithMemory(...argumentsFor(size)),
);
