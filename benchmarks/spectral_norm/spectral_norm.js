// SPDX-License-Identifier: MIT
// The spectral norm of an infinite matrix, cut to size x size, by power iteration: float arithmetic
// in a small function that nested loops call.
"use strict";
const { benchmark } = require("../harness.js");

// Norms of cut matrices, and the norm of the whole matrix.
const KNOWN = new Map([[1, 1.0], [100, 1.274219991], [240, 1.274223830]]);
const LIMIT = 1.274224153;

function element(row, column) {
  return 1.0 / (((row + column) * (row + column + 1)) / 2 + row + 1);
}

function timesMatrix(vector) {
  return vector.map((_, row) => {
    let sum = 0.0;
    vector.forEach((x, column) => {
      sum += element(row, column) * x;
    });
    return sum;
  });
}

function timesTransposed(vector) {
  return vector.map((_, column) => {
    let sum = 0.0;
    vector.forEach((x, row) => {
      sum += element(row, column) * x;
    });
    return sum;
  });
}

function spectralNorm(size) {
  let u = new Array(size).fill(1.0);
  let v;
  for (let i = 0; i < 10; i++) {
    v = timesTransposed(timesMatrix(u));
    u = timesTransposed(timesMatrix(v));
  }
  let uv = 0.0;
  let vv = 0.0;
  for (let i = 0; i < size; i++) {
    uv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return Math.sqrt(uv / vv);
}

// The norm grows with the size.
function plausible(size, norm) {
  if (KNOWN.has(size)) return Math.abs(norm - KNOWN.get(size)) < 1e-9;
  return norm > 1.0 && norm < LIMIT;
}

benchmark(240, spectralNorm, plausible);
