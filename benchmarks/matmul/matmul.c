// SPDX-License-Identifier: MIT
// The product of two square matrices of doubles, row by row in memory: nested loops over two of
// them.
#include "benchmarks/harness.h"

#include <math.h>

// The element of a factor in row i and column k, times the size.
typedef double MatrixValue(long i, long k);

static double left(long i, long k) { return (double)(i - k); }

static double right(long i, long k) { return (double)(i + k + 1); }

// The second factor, transposed, so that rows meet rows.
static double right_transposed(long i, long k) { return right(k, i); }

static double *allocate(long count) { return malloc((size_t)count * sizeof(double)); }

// Return a matrix whose element in row i and column k is value(i, k) / size.
static double *matrix(long size, MatrixValue *value) {
  double *elements = allocate(size * size);
  for (long i = 0; i < size; i++) {
    for (long k = 0; k < size; k++) elements[i * size + k] = value(i, k) / (double)size;
  }
  return elements;
}

// Return the product of both factors, made anew.
static double *multiply(long size) {
  double *rows = matrix(size, left), *columns = matrix(size, right_transposed);
  double *product = allocate(size * size);
  for (long i = 0; i < size; i++) {
    for (long k = 0; k < size; k++) {
      double sum = 0.0;
      for (long m = 0; m < size; m++) sum += rows[i * size + m] * columns[k * size + m];
      product[i * size + k] = sum;
    }
  }
  free(rows);
  free(columns);
  return product;
}

// Replace the vector by the matrix times the vector; frees the matrix.
static void apply(long size, double *rows, double *vector) {
  double *result = allocate(size);
  for (long i = 0; i < size; i++) {
    result[i] = 0.0;
    for (long k = 0; k < size; k++) result[i] += rows[i * size + k] * vector[k];
  }
  memcpy(vector, result, (size_t)size * sizeof *vector);
  free(result);
  free(rows);
}

// Fill the vector with small numbers.
static void fill(long size, double *vector) {
  for (long i = 0; i < size; i++) vector[i] = (double)(i % 7) + 1.0;
}

// Add up the elements with different weights; frees the vector.
static double weigh(long size, double *vector) {
  double sum = 0.0;
  for (long i = 0; i < size; i++) sum += (double)(i % 5 + 1) * vector[i];
  free(vector);
  return sum;
}

// Multiply; return what is left of a vector to which the product was applied. That looks at every
// element, once.
static double matmul(long size) {
  double *vector = allocate(size);
  fill(size, vector);
  apply(size, multiply(size), vector);
  return weigh(size, vector);
}

// The product does to a vector what its factors do one after the other.
static bool product_of_both(long size, double result) {
  double *vector = allocate(size);
  fill(size, vector);
  apply(size, matrix(size, right), vector);
  apply(size, matrix(size, left), vector);
  double expected = weigh(size, vector);
  return fabs(result - expected) < 1e-9 * (double)(size * size * size);
}

int main(int argc, char **argv) { return benchmark(argc, argv, 200, matmul, product_of_both); }
