# SPDX-License-Identifier: MIT
"""The product of two square matrices of floats, as lists of lists: nested loops over two of them."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def matrix(size, value):
    """Return a matrix whose element in row i and column k is value(i, k) / size."""
    return [[value(i, k) / size for k in range(size)] for i in range(size)]


def left(size):
    """Return the first factor."""
    return matrix(size, lambda i, k: i - k)


def right(size):
    """Return the second factor."""
    return matrix(size, lambda i, k: i + k + 1)


def matmul(size):
    """Return the product of both factors, made anew each round.

    The second is transposed first, so that rows meet rows.
    """
    columns = list(zip(*right(size)))
    product = []
    for row in left(size):
        sums = []
        for column in columns:
            total = 0.0
            for i in range(size):
                total += row[i] * column[i]
            sums.append(total)
        product.append(sums)
    return product


def times_vector(rows, vector):
    """Return the matrix times the vector."""
    return [sum(a * b for a, b in zip(row, vector)) for row in rows]


def product_of_both(size, product):
    """Check that the product does to a vector what its factors do one after the other."""
    vector = [i % 7 + 1.0 for i in range(size)]
    expected = times_vector(left(size), times_vector(right(size), vector))
    found = times_vector(product, vector)
    return all(abs(a - b) < 1e-9 * size * size for a, b in zip(found, expected))


benchmark(200, matmul, product_of_both)
