// SPDX-License-Identifier: MIT
// The timing loop of the benchmark programs in C; benchmarks/README.md says how to use it.
//
// Each program is one file that includes this one and defines main, so everything here is static.
#ifndef BENCHMARKS_HARNESS_H
#define BENCHMARKS_HARNESS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// What a round computes; whole numbers stay below 2^53.
typedef double BenchmarkWork(long size);
// Tells whether the result of a round is right.
typedef bool BenchmarkCheck(long size, double result);

// Return the monotonic clock in seconds.
static inline double benchmark_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// Read SIZE from the command line; it may be a percentage of the default.
static inline long benchmark_size(int argc, char **argv, long default_size) {
  const char *text = argc > 1 ? argv[1] : "100%";
  long number = strtol(text, NULL, 10);
  long size = strchr(text, '%') ? default_size * number / 100 : number;
  return size < 1 ? 1 : size;
}

// Call `work` several times; print the seconds of each round whose result `check` accepts. Return
// the exit code, which is 1 at the first that it doesn't.
static inline int benchmark(int argc, char **argv, long default_size, BenchmarkWork *work,
                            BenchmarkCheck *check) {
  long size = benchmark_size(argc, argv, default_size);
  long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 5;
  for (long round = 1; round <= rounds; round++) {
    double start = benchmark_clock();
    double result = work(size);
    double seconds = benchmark_clock() - start;
    if (!check(size, result)) {
      fprintf(stderr, "%s: wrong result for size %ld: %.17g\n", argv[0], size, result);
      return 1;
    }
    printf("round %ld %.9f\n", round, seconds);
    fflush(stdout);
  }
  return 0;
}

#endif
