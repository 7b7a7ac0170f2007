# SPDX-License-Identifier: MIT
"""The Towers of Hanoi with piles of linked disks.

Measures recursion, attributes that change class (an object or None), and a check on each move that
never fails.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


class Disk:
    """A disk and what lies under it on its pile."""

    def __init__(self, size):
        self.size = size
        self.below = None


class Towers:
    """Three piles and the number of moves so far."""

    def __init__(self, disks):
        self.disks = disks
        self.tops = [None, None, None]
        self.moves = 0
        for size in range(disks, 0, -1):
            self.push(0, Disk(size))

    def move(self, count, source, target):
        """Move the upper `count` disks of a pile by way of the third one."""
        if count == 1:
            self.move_top(source, target)
            return
        other = 3 - source - target
        self.move(count - 1, source, other)
        self.move_top(source, target)
        self.move(count - 1, other, target)

    def all_on(self, pile):
        """Tell whether a pile holds every disk in order."""
        disk = self.tops[pile]
        for size in range(1, self.disks + 1):
            if not disk or disk.size != size:
                return False
            disk = disk.below
        return disk is None

    def move_top(self, source, target):
        """Move one disk."""
        self.push(target, self.pop(source))
        self.moves += 1

    def push(self, pile, disk):
        """Lay a disk on a pile."""
        top = self.tops[pile]
        if top and top.size <= disk.size:
            raise RuntimeError("a disk on a smaller one")
        disk.below = top
        self.tops[pile] = disk

    def pop(self, pile):
        """Take the upper disk from a pile."""
        disk = self.tops[pile]
        if not disk:
            raise RuntimeError("a disk from an empty pile")
        self.tops[pile] = disk.below
        disk.below = None
        return disk


def solve(disks):
    """Move all disks from the first pile to the third."""
    towers = Towers(disks)
    towers.move(disks, 0, 2)
    return towers


benchmark(20, solve, lambda disks, towers: towers.moves == 2**disks - 1 and towers.all_on(2))
