// SPDX-License-Identifier: MIT
// The sieve of Eratosthenes: nested loops that store to an array.
#include "benchmarks/harness.h"

#include <math.h>
#include <stdint.h>

// Return the number of primes up to the limit.
static double sieve(long limit) {
  int64_t *prime = malloc(((size_t)limit + 1) * sizeof *prime);
  for (long i = 0; i <= limit; i++) prime[i] = 1;
  long count = 0;
  for (long i = 2; i <= limit; i++) {
    if (!prime[i]) continue;
    count++;
    for (long k = i * i; k <= limit; k += i) prime[k] = 0;
  }
  free(prime);
  return (double)count;
}

// Take the multiples of p out of both tables of count_primes.
static void remove_multiples(long limit, long root, long p, long *small, long *large) {
  long smaller = small[p - 1];
  for (long k = 1; k <= root && k <= limit / (p * p); k++) {
    long multiple = k * p;
    long left = multiple <= root ? large[multiple] : small[limit / multiple];
    large[k] -= left - smaller;
  }
  for (long v = root; v >= p * p; v--) small[v] -= small[v / p] - smaller;
}

// Compute the number of primes without a sieve: small[v] and large[k] count what is left of the
// numbers from 2 to v, and from 2 to limit / k, once the multiples of each prime have been taken
// out.
static bool check(long limit, double result) {
  long root = (long)sqrt((double)limit);
  long *small = malloc(((size_t)root + 1) * 2 * sizeof *small);
  long *large = small + root + 1;
  for (long v = 0; v <= root; v++) {
    small[v] = v - 1;
    large[v] = v ? limit / v - 1 : 0;
  }
  for (long p = 2; p <= root; p++) {
    if (small[p] != small[p - 1]) remove_multiples(limit, root, p, small, large);
  }
  long count = large[1];
  free(small);
  return result == (double)count;
}

int main(int argc, char **argv) { return benchmark(argc, argv, 2000000, sieve, check); }
