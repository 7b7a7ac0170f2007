-- SPDX-License-Identifier: MIT
-- All permutations of an array by swapping in place: recursion, array reads and array writes.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- Fields: numbers; count, the permutations seen so far; first_sum, the sum, over the permutations,
-- of the number in the first place.
local Permuter = {}
Permuter.__index = Permuter

function Permuter.new(size)
  local numbers = {}
  for i = 1, size do
    numbers[i] = i
  end
  return setmetatable({ numbers = numbers, count = 0, first_sum = 0 }, Permuter)
end

function Permuter:visit()
  self.count = self.count + 1
  self.first_sum = self.first_sum + self.numbers[1]
end

function Permuter:swap(i, j)
  local numbers = self.numbers
  numbers[i], numbers[j] = numbers[j], numbers[i]
end

-- Bring the first `length` numbers into every order; they end as they were.
function Permuter:permute(length)
  if length <= 1 then
    return self:visit()
  end
  self:permute(length - 1)
  for i = length - 1, 1, -1 do
    self:swap(i, length)
    self:permute(length - 1)
    self:swap(i, length)
  end
end

function Permuter:in_order()
  for i, number in ipairs(self.numbers) do
    if number ~= i then
      return false
    end
  end
  return true
end

-- How often everything is done: one more number would take too much time, one less too little.
local REPEATS = 3

local function permute(size)
  local permuter = Permuter.new(size)
  for _ = 1, REPEATS do
    permuter:permute(size)
  end
  return permuter
end

-- Each number comes first in the same number of the permutations.
local function right(size, result)
  local count = REPEATS
  for i = 2, size do
    count = count * i
  end
  return result.count == count
    and result.first_sum * 2 == count * (size + 1)
    and result:in_order()
end

benchmark(9, permute, right)
