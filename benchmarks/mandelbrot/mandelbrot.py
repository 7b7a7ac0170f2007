# SPDX-License-Identifier: MIT
"""Points of the Mandelbrot set: a tight loop of float arithmetic without calls or allocation."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

ITERATIONS = 50
# How many points of a grid of size x size are still inside after the iterations.
KNOWN = {10: 45, 100: 3963, 250: 24820}


def stays(cr, ci):
    """Tell whether the point stays within the circle of radius 2."""
    zr = zi = 0.0
    for _ in range(ITERATIONS):
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            return False
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return True


def mandelbrot(size):
    """Count the points of the square from -1.5 - i to 0.5 + i that stay."""
    inside = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            if stays(2.0 * column / size - 1.5, ci):
                inside += 1
    return inside


def plausible(size, inside):
    """Check the number; after 50 iterations an area of 1.59 is left, and a grid misses that by what
    its border cells make."""
    if size in KNOWN:
        return inside == KNOWN[size]
    return abs(4.0 * inside / (size * size) - 1.59) < 4.0 / size


benchmark(250, mandelbrot, plausible)
