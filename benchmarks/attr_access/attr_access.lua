-- SPDX-License-Identifier: MIT
-- Fields, read and written inside methods and from outside, on objects whose fields were set in two
-- different orders.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local Particle = {}
Particle.__index = Particle

function Particle.new(x, y)
  return setmetatable({ x = x, y = y, speed = 3, lift = 0 }, Particle)
end

function Particle:move()
  self.x = self.x + self.speed
  self.y = self.y + self.lift
end

local Backward = setmetatable({}, { __index = Particle })
Backward.__index = Backward

function Backward.new(x, y)
  return setmetatable({ lift = 0, speed = 3, x = x, y = y }, Backward)
end

-- Move eight particles `size` times, half the state from inside, half from outside.
local function move_all(size)
  local particles = {}
  for i = 0, 7 do
    local class = i % 2 == 0 and Particle or Backward
    particles[i + 1] = class.new(i, 0)
  end
  for _ = 1, size do
    for _, particle in ipairs(particles) do
      particle:move()
      particle.lift = particle.lift + 1
      particle.x = particle.x - 1
      particle.speed = 10 - particle.speed
    end
  end
  local sum = 0
  for _, particle in ipairs(particles) do
    sum = sum + particle.x + particle.y
  end
  return sum
end

-- The speed alternates between 3 and 7, and the lift counts up from 0.
local function final_sum(size)
  local moved = math.floor(size / 2) * 10 + size % 2 * 3 - size
  return 28 + 8 * (moved + size * (size - 1) / 2)
end

benchmark(150000, move_all, function(size, result)
  return result == final_sum(size)
end)
