// SPDX-License-Identifier: MIT
// Method calls: one call site with four receiver classes, calls on this, inherited methods, super,
// and an optional argument.
"use strict";
const { benchmark } = require("../harness.js");

class Plain {
  constructor(weight) {
    this.weight = weight;
  }

  value(x) {
    return this.combine(x, this.weight);
  }

  combine(x, weight) {
    return x + weight;
  }
}

class Doubled extends Plain {
  value(x) {
    return super.value(x) * 2;
  }
}

class Product extends Plain {
  combine(x, weight) {
    return x * weight;
  }
}

class Stranger {
  value(x, factor = 5) {
    return this.same(x) * factor;
  }

  same(x) {
    return x;
  }
}

function sumOfValues(size) {
  const receivers = [new Plain(1), new Doubled(2), new Product(3), new Stranger()];
  let sum = 0;
  for (let i = 0; i < size; i++) sum += receivers[i % 4].value(i % 16);
  return sum;
}

// The same sum without a method call: the terms repeat after 16.
function sumByResidues(size) {
  let sum = 0;
  for (let x = 0; x < 16; x++) {
    const term = [x + 1, (x + 2) * 2, x * 3, x * 5][x % 4];
    sum += term * Math.floor((size - x + 15) / 16);
  }
  return sum;
}

benchmark(2500000, sumOfValues, (size, result) => result === sumByResidues(size));
