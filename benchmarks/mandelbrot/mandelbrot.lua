-- SPDX-License-Identifier: MIT
-- Points of the Mandelbrot set: a tight loop of float arithmetic without calls or allocation.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local ITERATIONS = 50
-- How many points of a grid of size x size are still inside after the iterations.
local KNOWN = { [10] = 45, [100] = 3963, [250] = 24820 }

local function stays(cr, ci)
  local zr, zi = 0.0, 0.0
  for _ = 1, ITERATIONS do
    local zr2, zi2 = zr * zr, zi * zi
    if zr2 + zi2 > 4.0 then
      return false
    end
    zi = 2.0 * zr * zi + ci
    zr = zr2 - zi2 + cr
  end
  return true
end

-- Count the points of the square from -1.5 - i to 0.5 + i that stay within the circle of radius 2.
local function mandelbrot(size)
  local inside = 0
  for row = 0, size - 1 do
    local ci = 2.0 * row / size - 1.0
    for column = 0, size - 1 do
      if stays(2.0 * column / size - 1.5, ci) then
        inside = inside + 1
      end
    end
  end
  return inside
end

-- After 50 iterations an area of 1.59 is left; a grid misses that by what its border cells make.
local function plausible(size, inside)
  if KNOWN[size] then
    return inside == KNOWN[size]
  end
  return math.abs(4.0 * inside / (size * size) - 1.59) < 4.0 / size
end

benchmark(250, mandelbrot, plausible)
