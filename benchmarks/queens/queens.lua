-- SPDX-License-Identifier: MIT
-- All ways to place queens on boards of size 1 to N: backtracking over fields that hold arrays of
-- flags.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local Board = {}
Board.__index = Board

local function flags(count)
  local result = {}
  for i = 1, count do
    result[i] = true
  end
  return result
end

function Board.new(size)
  local board = {
    size = size,
    columns = flags(size),
    rising = flags(2 * size),
    falling = flags(2 * size),
  }
  return setmetatable(board, Board)
end

function Board:free(row, column)
  return self.columns[column]
    and self.rising[row + column - 1]
    and self.falling[row - column + self.size]
end

function Board:mark(row, column, free)
  self.columns[column] = free
  self.rising[row + column - 1] = free
  self.falling[row - column + self.size] = free
end

-- Count the ways to place a queen in `row` and in each row below it.
function Board:solutions(row)
  if row > self.size then
    return 1
  end
  local count = 0
  for column = 1, self.size do
    if self:free(row, column) then
      self:mark(row, column, false)
      count = count + self:solutions(row + 1)
      self:mark(row, column, true)
    end
  end
  return count
end

-- The number of solutions for boards of size 1, 2, ... (sequence A000170 of the OEIS).
local SOLUTIONS = { 1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712 }

local function solutions_up_to(max)
  local result = {}
  for size = 1, max do
    result[size] = Board.new(size):solutions(1)
  end
  return result
end

local function right(max, result)
  for size = 1, max do
    if result[size] ~= SOLUTIONS[size] then
      return false
    end
  end
  return true
end

benchmark(11, solutions_up_to, right)
