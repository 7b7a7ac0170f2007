// SPDX-License-Identifier: MIT
// The spectral norm of an infinite matrix, cut to size x size, by power iteration: float arithmetic
// in a small function that nested loops call.
#include "benchmarks/harness.h"

#include <math.h>

// Return an element of the matrix.
static double element(long row, long column) {
  long before = (row + column) * (row + column + 1) / 2; // elements on earlier diagonals
  return 1.0 / (double)(before + row + 1);
}

// Store the matrix times the vector in `result`.
static void times_matrix(long size, const double *vector, double *result) {
  for (long row = 0; row < size; row++) {
    double sum = 0.0;
    for (long column = 0; column < size; column++) sum += element(row, column) * vector[column];
    result[row] = sum;
  }
}

// Store the transposed matrix times the vector in `result`.
static void times_transposed(long size, const double *vector, double *result) {
  for (long column = 0; column < size; column++) {
    double sum = 0.0;
    for (long row = 0; row < size; row++) sum += element(row, column) * vector[row];
    result[column] = sum;
  }
}

// Return the norm after ten steps.
static double spectral_norm(long size) {
  double *u = malloc((size_t)size * 3 * sizeof *u);
  double *v = u + size, *between = v + size;
  for (long i = 0; i < size; i++) u[i] = 1.0;
  for (int i = 0; i < 10; i++) {
    times_matrix(size, u, between);
    times_transposed(size, between, v);
    times_matrix(size, v, between);
    times_transposed(size, between, u);
  }
  double uv = 0.0, vv = 0.0;
  for (long i = 0; i < size; i++) {
    uv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  free(u);
  return sqrt(uv / vv);
}

// Check the norm, which grows with the size up to what the whole matrix would give.
static bool plausible(long size, double norm) {
  switch (size) {
  case 1: return fabs(norm - 1.0) < 1e-9;
  case 100: return fabs(norm - 1.274219991) < 1e-9;
  case 240: return fabs(norm - 1.274223830) < 1e-9;
  default: return norm > 1.0 && norm < 1.274224153;
  }
}

int main(int argc, char **argv) { return benchmark(argc, argv, 240, spectral_norm, plausible); }
