// SPDX-License-Identifier: MIT
// Points of the Mandelbrot set: a tight loop of float arithmetic without calls or allocation.
#include "benchmarks/harness.h"

#include <math.h>

enum { ITERATIONS = 50 };

// Tell whether the point stays within the circle of radius 2.
static bool stays(double cr, double ci) {
  double zr = 0.0, zi = 0.0;
  for (int i = 0; i < ITERATIONS; i++) {
    double zr2 = zr * zr, zi2 = zi * zi;
    if (zr2 + zi2 > 4.0) return false;
    zi = 2.0 * zr * zi + ci;
    zr = zr2 - zi2 + cr;
  }
  return true;
}

// Count the points of the square from -1.5 - i to 0.5 + i that stay.
static double mandelbrot(long size) {
  long inside = 0;
  for (long row = 0; row < size; row++) {
    double ci = 2.0 * (double)row / (double)size - 1.0;
    for (long column = 0; column < size; column++)
      inside += stays(2.0 * (double)column / (double)size - 1.5, ci);
  }
  return (double)inside;
}

// Check the number. After 50 iterations an area of 1.59 is left; a grid misses that by what its
// border cells make.
static bool plausible(long size, double inside) {
  switch (size) {
  case 10: return inside == 45;
  case 100: return inside == 3963;
  case 250: return inside == 24820;
  default: return fabs(4.0 * inside / (double)(size * size) - 1.59) < 4.0 / (double)size;
  }
}

int main(int argc, char **argv) { return benchmark(argc, argv, 250, mandelbrot, plausible); }
