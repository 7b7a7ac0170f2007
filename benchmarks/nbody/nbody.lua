-- SPDX-License-Identifier: MIT
-- The sun and the large planets attract each other: float arithmetic on fields over pairs of tables.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local SUN_MASS = 4 * math.pi ^ 2
local DAYS = 365.24 -- in a year
local STEP = 0.01 -- years

-- Place (in astronomical units), speed (in units a day) and mass (in suns) of the planets.
local PLANETS = {
  -- Jupiter
  {4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
   1.66007664274403694e-3, 7.69901118419740425e-3, -6.90460016972063023e-5,
   9.54791938424326609e-4},
  -- Saturn
  {8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
   -2.76742510726411899e-3, 4.99852801234917238e-3, 2.30417297573763929e-5,
   2.85885980666130812e-4},
  -- Uranus
  {12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
   2.96460137564761618e-3, 2.37847173959480950e-3, -2.96589568540237556e-5,
   4.36624404335156298e-5},
  -- Neptune
  {15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
   2.68067772490389322e-3, 1.62824170038242295e-3, -9.51592254519715870e-5,
   5.15138902046611451e-5},
}
-- The energy at the start, and after some numbers of steps.
local START_ENERGY = -0.169075164
local KNOWN = { [1000] = -0.169087605, [30000] = -0.169020695 }

local function new_body(x, y, z, vx, vy, vz, mass)
  return {
    x = x,
    y = y,
    z = z,
    vx = vx * DAYS,
    vy = vy * DAYS,
    vz = vz * DAYS,
    mass = mass * SUN_MASS,
  }
end

-- Return the bodies; the sun moves so that the momentum of all is zero.
local function solar_system()
  local sun = new_body(0, 0, 0, 0, 0, 0, 1)
  local bodies = { sun }
  for i, figures in ipairs(PLANETS) do
    local planet = new_body(unpack(figures))
    sun.vx = sun.vx - planet.vx * planet.mass / SUN_MASS
    sun.vy = sun.vy - planet.vy * planet.mass / SUN_MASS
    sun.vz = sun.vz - planet.vz * planet.mass / SUN_MASS
    bodies[i + 1] = planet
  end
  return bodies
end

-- Let two bodies change each other's speed.
local function attract(a, b)
  local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
  local square = dx * dx + dy * dy + dz * dz
  local pull = STEP / (square * math.sqrt(square))
  local pull_a = b.mass * pull
  a.vx = a.vx - dx * pull_a
  a.vy = a.vy - dy * pull_a
  a.vz = a.vz - dz * pull_a
  local pull_b = a.mass * pull
  b.vx = b.vx + dx * pull_b
  b.vy = b.vy + dy * pull_b
  b.vz = b.vz + dz * pull_b
end

local function advance(bodies)
  for i = 1, #bodies do
    for k = i + 1, #bodies do
      attract(bodies[i], bodies[k])
    end
  end
  for _, body in ipairs(bodies) do
    body.x = body.x + body.vx * STEP
    body.y = body.y + body.vy * STEP
    body.z = body.z + body.vz * STEP
  end
end

local function energy(bodies)
  local sum = 0
  for i, a in ipairs(bodies) do
    sum = sum + 0.5 * a.mass * (a.vx ^ 2 + a.vy ^ 2 + a.vz ^ 2)
    for k = i + 1, #bodies do
      local b = bodies[k]
      local distance = math.sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 + (a.z - b.z) ^ 2)
      sum = sum - a.mass * b.mass / distance
    end
  end
  return sum
end

-- Return the energy after the steps.
local function nbody(steps)
  local bodies = solar_system()
  for _ = 1, steps do
    advance(bodies)
  end
  return energy(bodies)
end

-- The energy is conserved, but for what the length of a step costs.
local function conserved(steps, result)
  if KNOWN[steps] then
    return math.abs(result - KNOWN[steps]) < 1e-9
  end
  return math.abs(result - START_ENERGY) < 2e-4
end

benchmark(30000, nbody, conserved)
