# SPDX-License-Identifier: MIT
"""The timing loop of the benchmark programs in Python; benchmarks/README.md says how to use it."""

import sys
import time


def arguments(default_size):
    """Read SIZE and ROUNDS from the command line; SIZE may be a percentage of the default."""
    size, rounds = (sys.argv[1:] + ["100%", "5"][len(sys.argv) - 1 :])[:2]
    if size.endswith("%"):
        size = default_size * int(size[:-1]) // 100
    return max(int(size), 1), int(rounds)


def benchmark(default_size, work, check):
    """Time each round of work(size).

    Prints the seconds of each round whose result check(size, result) accepts, and ends the program
    at the first that it doesn't.
    """
    size, rounds = arguments(default_size)
    for number in range(1, rounds + 1):
        start = time.perf_counter()
        result = work(size)
        seconds = time.perf_counter() - start
        if not check(size, result):
            sys.exit(f"{sys.argv[0]}: wrong result for size {size}: {result}")
        print(f"round {number} {seconds:.9f}", flush=True)
