# SPDX-License-Identifier: MIT
"""McCarthy's variant of Takeuchi's function: deep recursion with three arguments, hardly any work."""

from functools import lru_cache
import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


def tak(x, y, z):
    """Return the function's value, computing everything again and again."""
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


@lru_cache(maxsize=None)
def tak_with_memory(x, y, z):
    """Return the same with every result kept, so that each is computed once."""
    if y >= x:
        return z
    a = tak_with_memory(x - 1, y, z)
    b = tak_with_memory(y - 1, z, x)
    c = tak_with_memory(z - 1, x, y)
    return tak_with_memory(a, b, c)


def arguments(size):
    """Return the three arguments that make the size."""
    return size, size * 2 // 3, size // 3


benchmark(
    26,
    lambda size: tak(*arguments(size)),
    lambda size, result: result == tak_with_memory(*arguments(size)),
)
