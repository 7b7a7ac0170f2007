// SPDX-License-Identifier: MIT
// The sieve of Eratosthenes: nested loops that store to an array.
"use strict";
const { benchmark } = require("../harness.js");

// Return the number of primes up to the limit.
function sieve(limit) {
  const prime = new Array(limit + 1).fill(true);
  let count = 0;
  for (let i = 2; i <= limit; i++) {
    if (!prime[i]) continue;
    count++;
    for (let k = i * i; k <= limit; k += i) prime[k] = false;
  }
  return count;
}

// Return the same number without a sieve: small[v] and large[k] count what is left of the numbers
// from 2 to v, and from 2 to limit / k, once the multiples of each prime have been taken out.
function countPrimes(limit) {
  const root = Math.floor(Math.sqrt(limit));
  const small = Array.from({ length: root + 1 }, (_, v) => v - 1);
  const large = small.map((_, k) => Math.floor(limit / k) - 1);
  for (let p = 2; p <= root; p++) {
    const smaller = small[p - 1];
    if (small[p] === smaller) continue;
    for (let k = 1; k <= Math.min(root, Math.floor(limit / (p * p))); k++) {
      const multiple = k * p;
      const left = multiple <= root ? large[multiple] : small[Math.floor(limit / multiple)];
      large[k] -= left - smaller;
    }
    for (let v = root; v >= p * p; v--) small[v] -= small[Math.floor(v / p)] - smaller;
  }
  return large[1];
}

benchmark(2000000, sieve, (limit, result) => result === countPrimes(limit));
