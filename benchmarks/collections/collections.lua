-- SPDX-License-Identifier: MIT
-- Tables as arrays and as hashes in everyday use: constructors, map, select, reduce, a stack, a
-- queue, reading and writing elements, counting by key and walking over the keys.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local function map(list, convert)
  local result = {}
  for i, x in ipairs(list) do
    result[i] = convert(x)
  end
  return result
end

local function select_from(list, accepts)
  local result = {}
  for _, x in ipairs(list) do
    if accepts(x) then
      result[#result + 1] = x
    end
  end
  return result
end

local function reduce(list, value, combine)
  for _, x in ipairs(list) do
    value = combine(value, x)
  end
  return value
end

-- Reduce what is left of squares after two passes.
local function pipeline(size)
  local numbers = {}
  for i = 0, size - 1 do
    numbers[i + 1] = i % 1000
  end
  local squares = map(numbers, function(x)
    return x * x
  end)
  local kept = select_from(squares, function(x)
    return x % 3 == 1
  end)
  return reduce(kept, 0, function(sum, x)
    return sum + x
  end)
end

-- Push 0 to size - 1, reverse them in place by hand, and weigh what comes off again.
local function stack(size)
  local items = {}
  for i = 0, size - 1 do
    table.insert(items, i)
  end
  local left, right = 1, size
  while left < right do
    items[left], items[right] = items[right], items[left]
    left, right = left + 1, right - 1
  end
  local sum = 0
  while #items > 0 do
    sum = sum + table.remove(items)
  end
  return sum
end

-- Let four players hand pairs around in a queue; return the points that they made.
local function queue(size)
  local waiting = { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 0 } }
  for _ = 1, size do
    local pair = table.remove(waiting, 1)
    table.insert(waiting, { pair[1], pair[2] + pair[1] })
  end
  return reduce(waiting, 0, function(sum, pair)
    return sum + pair[2]
  end)
end

-- Count remainders by key, then add up each key times its count.
local function count(size)
  local counts = {}
  for i = 0, size - 1 do
    counts[i % 777] = (counts[i % 777] or 0) + 1
  end
  local sum = 0
  for key, times in pairs(counts) do
    sum = sum + key * times
  end
  return sum
end

local function collect(size)
  return { pipeline(size), stack(size), queue(size), count(size) }
end

-- Add up value(i % cycle) over all i below size.
local function sum_of_cycles(size, cycle, value)
  local sum = 0
  for x = 0, cycle - 1 do
    sum = sum + value(x) * math.floor((size - x + cycle - 1) / cycle)
  end
  return sum
end

local function check(size, result)
  local function same(x)
    return x
  end
  local squares = sum_of_cycles(size, 1000, function(x)
    return x % 3 == 0 and 0 or x * x
  end)
  return result[1] == squares
    and result[2] == size * (size - 1) / 2
    and result[3] == sum_of_cycles(size, 4, same)
    and result[4] == sum_of_cycles(size, 777, same)
end

benchmark(600000, collect, check)
