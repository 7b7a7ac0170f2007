# SPDX-License-Identifier: MIT
"""Attributes, read and written inside methods and from outside, on objects whose attributes were
set in two different orders."""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark


class Particle:
    """Has a place, and changes it."""

    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.speed = 3
        self.lift = 0

    def move(self):
        """Go on by one step."""
        self.x += self.speed
        self.y += self.lift


class Backward(Particle):
    """Sets its attributes in another order."""

    def __init__(self, x, y):
        self.lift = 0
        self.speed = 3
        super().__init__(x, y)


def move_all(size):
    """Move eight particles `size` times, half the state from inside, half from outside."""
    particles = [Backward(i, 0) if i % 2 else Particle(i, 0) for i in range(8)]
    for _ in range(size):
        for particle in particles:
            particle.move()
            particle.lift += 1
            particle.x -= 1
            particle.speed = 10 - particle.speed
    return sum(particle.x + particle.y for particle in particles)


def final_sum(size):
    """Return the same sum: the speed alternates between 3 and 7, the lift counts up from 0."""
    moved = size // 2 * 10 + size % 2 * 3 - size
    return sum(range(8)) + 8 * (moved + size * (size - 1) // 2)


benchmark(150000, move_all, lambda size, result: result == final_sum(size))
