// SPDX-License-Identifier: MIT
// Points of the Mandelbrot set: a tight loop of float arithmetic without calls or allocation.
"use strict";
const { benchmark } = require("../harness.js");

const ITERATIONS = 50;
// How many points of a grid of size x size are still inside after the iterations.
const KNOWN = new Map([[10, 45], [100, 3963], [250, 24820]]);

function stays(cr, ci) {
  let zr = 0.0;
  let zi = 0.0;
  for (let i = 0; i < ITERATIONS; i++) {
    const zr2 = zr * zr;
    const zi2 = zi * zi;
    if (zr2 + zi2 > 4.0) return false;
    zi = 2.0 * zr * zi + ci;
    zr = zr2 - zi2 + cr;
  }
  return true;
}

// Count the points of the square from -1.5 - i to 0.5 + i that stay within the circle of radius 2.
function mandelbrot(size) {
  let inside = 0;
  for (let row = 0; row < size; row++) {
    const ci = (2.0 * row) / size - 1.0;
    for (let column = 0; column < size; column++) {
      if (stays((2.0 * column) / size - 1.5, ci)) inside++;
    }
  }
  return inside;
}

// After 50 iterations an area of 1.59 is left; a grid misses that by what its border cells make.
function plausible(size, inside) {
  if (KNOWN.has(size)) return inside === KNOWN.get(size);
  return Math.abs((4.0 * inside) / (size * size) - 1.59) < 4.0 / size;
}

benchmark(250, mandelbrot, plausible);
