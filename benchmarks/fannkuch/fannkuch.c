// SPDX-License-Identifier: MIT
// Pancake flips over all permutations: element reads and writes in small arrays, integer loops.
#include "benchmarks/harness.h"

#include <stdint.h>

enum { LARGEST = 10 };

// The checksum and the largest number of flips, for each size from 1 on.
static const long KNOWN[LARGEST + 1][2] = {
    {0, 0},   {0, 0},    {-1, 1},    {2, 2},     {4, 4},      {11, 7},
    {49, 10}, {228, 16}, {1616, 22}, {8629, 30}, {73196, 38},
};

// Reverse the first `first` + 1 elements until 0 comes up; return how often.
static long count_flips(int64_t *pancakes) {
  long flips = 0;
  for (int64_t first = pancakes[0]; first != 0; first = pancakes[0]) {
    for (int64_t low = 0, high = first; low < high; low++, high--) {
      int64_t kept = pancakes[low];
      pancakes[low] = pancakes[high];
      pancakes[high] = kept;
    }
    flips++;
  }
  return flips;
}

// Make the next permutation by rotating ever longer prefixes; turns[i] counts how often the prefix
// of i + 1 elements was rotated. Return false after the last.
static bool next_permutation(long size, int64_t *permutation, int64_t *turns) {
  for (long i = 1; i < size; i++) {
    int64_t first = permutation[0];
    for (long k = 0; k < i; k++) permutation[k] = permutation[k + 1];
    permutation[i] = first;
    if (++turns[i] <= i) return true;
    turns[i] = 0;
  }
  return false;
}

// Return the checksum times 100, plus the largest number of flips; a negative checksum is no
// problem, as the number of flips is below 100.
static double fannkuch(long size) {
  int64_t permutation[LARGEST], turns[LARGEST] = {0}, pancakes[LARGEST];
  if (size > LARGEST) return -1;
  for (long i = 0; i < size; i++) permutation[i] = i;
  long checksum = 0, most = 0, sign = 1;
  do {
    memcpy(pancakes, permutation, sizeof pancakes);
    long flips = count_flips(pancakes);
    most = flips > most ? flips : most;
    checksum += sign * flips;
    sign = -sign;
  } while (next_permutation(size, permutation, turns));
  return (double)(checksum * 100 + most);
}

// Compare with what is known; a size beyond that is wrong.
static bool check(long size, double result) {
  return size <= LARGEST && result == (double)(KNOWN[size][0] * 100 + KNOWN[size][1]);
}

int main(int argc, char **argv) { return benchmark(argc, argv, 9, fannkuch, check); }
