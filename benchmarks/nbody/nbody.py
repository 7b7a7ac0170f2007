# SPDX-License-Identifier: MIT
"""The sun and the large planets attract each other: float arithmetic on attributes over pairs of
objects."""

import math
import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

SUN_MASS = 4 * math.pi**2
DAYS = 365.24  # in a year
STEP = 0.01  # years

# Place (in astronomical units), speed (in units a day) and mass (in suns) of the planets.
PLANETS = [
    # Jupiter
    (4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
     1.66007664274403694e-3, 7.69901118419740425e-3, -6.90460016972063023e-5,
     9.54791938424326609e-4),
    # Saturn
    (8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
     -2.76742510726411899e-3, 4.99852801234917238e-3, 2.30417297573763929e-5,
     2.85885980666130812e-4),
    # Uranus
    (12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
     2.96460137564761618e-3, 2.37847173959480950e-3, -2.96589568540237556e-5,
     4.36624404335156298e-5),
    # Neptune
    (15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
     2.68067772490389322e-3, 1.62824170038242295e-3, -9.51592254519715870e-5,
     5.15138902046611451e-5),
]
# The energy at the start, and after some numbers of steps.
START_ENERGY = -0.169075164
KNOWN = {1000: -0.169087605, 30000: -0.169020695}


class Body:
    """Has a place, a speed and a mass."""

    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx * DAYS
        self.vy = vy * DAYS
        self.vz = vz * DAYS
        self.mass = mass * SUN_MASS

    def drift(self):
        """Move on, straight ahead."""
        self.x += self.vx * STEP
        self.y += self.vy * STEP
        self.z += self.vz * STEP


def solar_system():
    """Return the bodies; the sun moves so that the momentum of all is zero."""
    planets = [Body(*figures) for figures in PLANETS]
    sun = Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    for planet in planets:
        sun.vx -= planet.vx * planet.mass / SUN_MASS
        sun.vy -= planet.vy * planet.mass / SUN_MASS
        sun.vz -= planet.vz * planet.mass / SUN_MASS
    return [sun, *planets]


def attract(a, b):
    """Let two bodies change each other's speed."""
    dx = a.x - b.x
    dy = a.y - b.y
    dz = a.z - b.z
    square = dx * dx + dy * dy + dz * dz
    pull = STEP / (square * math.sqrt(square))
    pull_a = b.mass * pull
    a.vx -= dx * pull_a
    a.vy -= dy * pull_a
    a.vz -= dz * pull_a
    pull_b = a.mass * pull
    b.vx += dx * pull_b
    b.vy += dy * pull_b
    b.vz += dz * pull_b


def advance(bodies):
    """Go on by one step."""
    for i, body in enumerate(bodies):
        for k in range(i + 1, len(bodies)):
            attract(body, bodies[k])
    for body in bodies:
        body.drift()


def energy(bodies):
    """Return the energy of motion less that of attraction."""
    total = 0.0
    for i, a in enumerate(bodies):
        total += 0.5 * a.mass * (a.vx**2 + a.vy**2 + a.vz**2)
        for b in bodies[i + 1 :]:
            distance = math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)
            total -= a.mass * b.mass / distance
    return total


def nbody(steps):
    """Return the energy after the steps."""
    bodies = solar_system()
    for _ in range(steps):
        advance(bodies)
    return energy(bodies)


def conserved(steps, result):
    """Check the energy, which is conserved, but for what the length of a step costs."""
    if steps in KNOWN:
        return abs(result - KNOWN[steps]) < 1e-9
    return abs(result - START_ENERGY) < 2e-4


benchmark(30000, nbody, conserved)
