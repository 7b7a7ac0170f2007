# SPDX-License-Identifier: MIT
"""The spectral norm of an infinite matrix, cut to size x size, by power iteration: float arithmetic
in a small function that nested loops call."""

import math
import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

# Norms of cut matrices, and the norm of the whole matrix.
KNOWN = {1: 1.0, 100: 1.274219991, 240: 1.274223830}
LIMIT = 1.274224153


def element(row, column):
    """Return an element of the matrix."""
    return 1.0 / ((row + column) * (row + column + 1) // 2 + row + 1)


def times_matrix(vector):
    """Return the matrix times the vector."""
    result = []
    for row in range(len(vector)):
        total = 0.0
        for column, x in enumerate(vector):
            total += element(row, column) * x
        result.append(total)
    return result


def times_transposed(vector):
    """Return the transposed matrix times the vector."""
    result = []
    for column in range(len(vector)):
        total = 0.0
        for row, x in enumerate(vector):
            total += element(row, column) * x
        result.append(total)
    return result


def spectral_norm(size):
    """Return the norm after ten steps."""
    u = [1.0] * size
    for _ in range(10):
        v = times_transposed(times_matrix(u))
        u = times_transposed(times_matrix(v))
    uv = sum(a * b for a, b in zip(u, v))
    vv = sum(b * b for b in v)
    return math.sqrt(uv / vv)


def plausible(size, norm):
    """Check the norm, which grows with the size."""
    if size in KNOWN:
        return abs(norm - KNOWN[size]) < 1e-9
    return 1.0 < norm < LIMIT


benchmark(240, spectral_norm, plausible)
