// SPDX-License-Identifier: MIT
// The product of two square matrices of floats, as arrays of arrays: nested loops over two of them.
"use strict";
const { benchmark } = require("../harness.js");

// Return a matrix whose element in row i and column k is value(i, k) / size.
function matrix(size, value) {
  const indices = Array.from({ length: size }, (_, i) => i);
  return indices.map((i) => indices.map((k) => value(i, k) / size));
}

const left = (size) => matrix(size, (i, k) => i - k);
const right = (size) => matrix(size, (i, k) => i + k + 1);

function transpose(rows) {
  return rows.map((_, k) => rows.map((row) => row[k]));
}

// Both factors are made anew each round; the second is transposed first, so that rows meet rows.
function matmul(size) {
  const columns = transpose(right(size));
  return left(size).map((row) =>
    columns.map((column) => {
      let sum = 0.0;
      for (let i = 0; i < size; i++) sum += row[i] * column[i];
      return sum;
    }),
  );
}

function timesVector(rows, vector) {
  return rows.map((row) => row.reduce((sum, x, i) => sum + x * vector[i], 0.0));
}

// The product does to a vector what its factors do one after the other.
function productOfBoth(size, product) {
  const vector = Array.from({ length: size }, (_, i) => (i % 7) + 1.0);
  const expected = timesVector(left(size), timesVector(right(size), vector));
  const found = timesVector(product, vector);
  return expected.every((x, i) => Math.abs(x - found[i]) < 1e-9 * size * size);
}

benchmark(200, matmul, productOfBoth);
