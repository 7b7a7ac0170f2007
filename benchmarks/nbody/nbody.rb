# SPDX-License-Identifier: MIT
# The sun and the large planets attract each other: float arithmetic on instance variables, read and
# written from outside, over pairs of objects.
require_relative "../harness"

SUN_MASS = 4 * Math::PI**2
DAYS = 365.24 # in a year
STEP = 0.01 # years

# Place (in astronomical units), speed (in units a day) and mass (in suns) of the planets.
PLANETS = [
  # Jupiter
  [4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
   1.66007664274403694e-3, 7.69901118419740425e-3, -6.90460016972063023e-5,
   9.54791938424326609e-4],
  # Saturn
  [8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
   -2.76742510726411899e-3, 4.99852801234917238e-3, 2.30417297573763929e-5,
   2.85885980666130812e-4],
  # Uranus
  [12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
   2.96460137564761618e-3, 2.37847173959480950e-3, -2.96589568540237556e-5,
   4.36624404335156298e-5],
  # Neptune
  [15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
   2.68067772490389322e-3, 1.62824170038242295e-3, -9.51592254519715870e-5,
   5.15138902046611451e-5],
].freeze
# The energy at the start, and after some numbers of steps.
START_ENERGY = -0.169075164
KNOWN = { 1000 => -0.169087605, 30000 => -0.169020695 }.freeze

class Body
  attr_accessor :x, :y, :z, :vx, :vy, :vz
  attr_reader :mass

  def initialize(x, y, z, vx, vy, vz, mass)
    @x = x
    @y = y
    @z = z
    @vx = vx * DAYS
    @vy = vy * DAYS
    @vz = vz * DAYS
    @mass = mass * SUN_MASS
  end

  # Move on, straight ahead.
  def drift
    @x += @vx * STEP
    @y += @vy * STEP
    @z += @vz * STEP
  end
end

# Return the bodies; the sun moves so that the momentum of all is zero.
def solar_system
  planets = PLANETS.map { |figures| Body.new(*figures) }
  sun = Body.new(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
  planets.each do |planet|
    sun.vx -= planet.vx * planet.mass / SUN_MASS
    sun.vy -= planet.vy * planet.mass / SUN_MASS
    sun.vz -= planet.vz * planet.mass / SUN_MASS
  end
  [sun, *planets]
end

# Let two bodies change each other's speed.
def attract(a, b)
  dx = a.x - b.x
  dy = a.y - b.y
  dz = a.z - b.z
  square = dx * dx + dy * dy + dz * dz
  pull = STEP / (square * Math.sqrt(square))
  pull_a = b.mass * pull
  a.vx -= dx * pull_a
  a.vy -= dy * pull_a
  a.vz -= dz * pull_a
  pull_b = a.mass * pull
  b.vx += dx * pull_b
  b.vy += dy * pull_b
  b.vz += dz * pull_b
end

def advance(bodies)
  i = 0
  while i < bodies.size
    body = bodies[i]
    k = i += 1
    while k < bodies.size
      attract(body, bodies[k])
      k += 1
    end
  end
  bodies.each(&:drift)
end

def energy(bodies)
  bodies.sum(0.0) do |b|
    0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
  end - bodies.combination(2).sum(0.0) do |a, b|
    a.mass * b.mass / Math.sqrt((a.x - b.x)**2 + (a.y - b.y)**2 + (a.z - b.z)**2)
  end
end

# Return the energy after the steps.
def nbody(steps)
  bodies = solar_system
  steps.times { advance(bodies) }
  energy(bodies)
end

# The energy is conserved, but for what the length of a step costs.
def conserved?(steps, energy)
  return (energy - KNOWN[steps]).abs < 1e-9 if KNOWN.key?(steps)

  (energy - START_ENERGY).abs < 2e-4
end

benchmark(30000, ->(steps) { nbody(steps) }, ->(steps, result) { conserved?(steps, result) })
