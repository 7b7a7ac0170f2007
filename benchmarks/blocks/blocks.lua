-- SPDX-License-Identifier: MIT
-- Functions passed down, which is what a block is here: with one and two values, one inside another,
-- handed on, with an early return, and one that ends the iteration.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- Call the function for 0 to count - 1; a result of it ends the iteration and is returned.
local function repeat_with(count, visit)
  local i = 0
  while i < count do
    local result = visit(i)
    if result then
      return result
    end
    i = i + 1
  end
end

local function each_neighbours(count, visit)
  repeat_with(count, function(i)
    visit(i, i + 1)
  end)
end

local function hand_on(count, ...)
  repeat_with(count, ...)
end

local function each(list, visit)
  for i = 1, #list do
    visit(list[i])
  end
end

-- Return the first multiple of `step` from `start` on.
local function first_multiple(start, step)
  return repeat_with(step, function(i)
    if (start + i) % step == 0 then
      return start + i
    end
  end)
end

local function sum_of_blocks(size)
  local sum = 0
  repeat_with(size, function(i)
    sum = sum + i
  end)
  each_neighbours(size, function(a, b)
    sum = sum + b - a
  end)
  hand_on(size, function(i)
    if i % 2 == 1 then
      return
    end
    sum = sum + 2
  end)
  for i = 0, size - 1 do
    sum = sum + first_multiple(i, 4) - i
  end
  for i = 1, size do
    each({ i, 1 }, function(x)
      sum = sum - x
    end)
  end
  return sum
end

local function expected_sum(size)
  local full = math.floor(size / 4)
  local to_multiple = full * 6 + ({ 0, 0, 3, 5 })[size % 4 + 1]
  local even = math.floor((size + 1) / 2)
  return size * (size - 1) / 2 + size + even * 2 + to_multiple - size * (size + 1) / 2 - size
end

benchmark(500000, sum_of_blocks, function(size, result)
  return result == expected_sum(size)
end)
