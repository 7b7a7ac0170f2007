-- SPDX-License-Identifier: MIT
-- Pancake flips over all permutations: element reads and writes in small arrays, integer loops.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- The checksum and the largest number of flips, for each size from 1 on.
local KNOWN = {
  { 0, 0 }, { -1, 1 }, { 2, 2 }, { 4, 4 }, { 11, 7 },
  { 49, 10 }, { 228, 16 }, { 1616, 22 }, { 8629, 30 }, { 73196, 38 },
}

-- Reverse as many elements as the first says until 1 comes up; return how often.
local function count_flips(pancakes)
  local flips = 0
  local first = pancakes[1]
  while first ~= 1 do
    local low, high = 1, first
    while low < high do
      pancakes[low], pancakes[high] = pancakes[high], pancakes[low]
      low, high = low + 1, high - 1
    end
    flips = flips + 1
    first = pancakes[1]
  end
  return flips
end

-- Make the next permutation by rotating ever longer prefixes; turns[i] counts how often the prefix
-- of i elements was rotated. Return false after the last.
local function next_permutation(permutation, turns)
  for i = 2, #permutation do
    local first = permutation[1]
    for k = 1, i - 1 do
      permutation[k] = permutation[k + 1]
    end
    permutation[i] = first
    turns[i] = turns[i] + 1
    if turns[i] < i then
      return true
    end
    turns[i] = 0
  end
  return false
end

local function fannkuch(size)
  local permutation, turns, pancakes = {}, {}, {}
  for i = 1, size do
    permutation[i], turns[i] = i, 0
  end
  local checksum, most, sign = 0, 0, 1
  repeat
    for i = 1, size do
      pancakes[i] = permutation[i]
    end
    local flips = count_flips(pancakes)
    most = math.max(most, flips)
    checksum = checksum + sign * flips
    sign = -sign
  until not next_permutation(permutation, turns)
  return { checksum, most }
end

benchmark(9, fannkuch, function(size, result)
  local known = KNOWN[size]
  return known and result[1] == known[1] and result[2] == known[2]
end)
