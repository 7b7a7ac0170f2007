-- SPDX-License-Identifier: MIT
-- Hard Sudoku puzzles by backtracking at the cell with the fewest candidates: loops over arrays of
-- small integers, and bit operations (LuaJIT's) on sets of digits.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")
local bit = require("bit")
local band, bor, bxor, bnot, lshift = bit.band, bit.bor, bit.bxor, bit.bnot, bit.lshift

-- Puzzles with one solution, and how many cells the search has to fill for each, counted by all
-- translations of this program alike.
local PUZZLES = {
  { "67......2.1...58....93.......3....1......42..19.7......6.....57..79.........3.6.8", 6679 },
  { "....938....31.745....5......1.3.9.78...76............94..9.5.........29..25.36...", 6778 },
  { "..............952.3..87....7...........9.52....4....6.25.73.....1.5....8..31..9..", 6839 },
  { "8..26....46..1.83.................4..3...1.791.4.9.6..2..1.9.......82....4.....6.", 7719 },
  { "4..8....2...4...9..95....3....1...69..3......56..4.......71.3.8.....67.......8.2.", 7849 },
  { "158....7.3...7....4.....6.3.....6.......1.7...37...2.8..........9.3.24..7.....38.", 8843 },
  { "......9.7...9..65.4...85...3..75........2.1...2.....9...5.........5...83..2.91...", 8896 },
  { "4...5.2..2.3..8...97.........7.........382..4.....45..7.......3.5..4.........612.", 9258 },
}

-- The set of all nine digits: bit d stands for the digit d + 1.
local ALL = 0x1ff
-- The number of digits in each set, and the digit of each set that has one.
local SET_SIZES, DIGITS = { [0] = 0 }, {}
for set = 1, ALL do
  SET_SIZES[set] = SET_SIZES[math.floor(set / 2)] + set % 2
end
for digit = 1, 9 do
  DIGITS[lshift(1, digit - 1)] = digit
end
-- Where each cell lies.
local ROWS, COLUMNS, BOXES = {}, {}, {}
for cell = 1, 81 do
  local row, column = math.floor((cell - 1) / 9), (cell - 1) % 9
  ROWS[cell] = row + 1
  COLUMNS[cell] = column + 1
  BOXES[cell] = math.floor(row / 3) * 3 + math.floor(column / 3) + 1
end

local function zeros(count)
  local result = {}
  for i = 1, count do
    result[i] = 0
  end
  return result
end

-- Fields: cells, the 81 digits row by row, 0 where none is known; steps, how many cells the search
-- has filled, those included that it emptied again; rows, columns, boxes: the digits each has.
local Sudoku = {}
Sudoku.__index = Sudoku

function Sudoku.new(text)
  local sudoku = {
    cells = zeros(81),
    rows = zeros(9),
    columns = zeros(9),
    boxes = zeros(9),
    steps = 0,
  }
  setmetatable(sudoku, Sudoku)
  for cell = 1, 81 do
    local digit = tonumber(text:sub(cell, cell))
    if digit then
      sudoku:fill(cell, lshift(1, digit - 1))
    end
  end
  return sudoku
end

function Sudoku:candidates(cell)
  local used = bor(self.rows[ROWS[cell]], self.columns[COLUMNS[cell]], self.boxes[BOXES[cell]])
  return band(ALL, bnot(used))
end

function Sudoku:toggle(cell, digit)
  local row, column, box = ROWS[cell], COLUMNS[cell], BOXES[cell]
  self.rows[row] = bxor(self.rows[row], digit)
  self.columns[column] = bxor(self.columns[column], digit)
  self.boxes[box] = bxor(self.boxes[box], digit)
end

function Sudoku:fill(cell, digit)
  self.cells[cell] = DIGITS[digit]
  self:toggle(cell, digit)
end

function Sudoku:empty(cell, digit)
  self.cells[cell] = 0
  self:toggle(cell, digit)
end

-- Find the empty cell with the fewest candidates.
function Sudoku:most_constrained()
  local best
  local fewest = 10
  for cell = 1, 81 do
    if self.cells[cell] == 0 then
      local count = SET_SIZES[self:candidates(cell)]
      if count < fewest then
        best, fewest = cell, count
      end
    end
  end
  return best
end

-- Fill the empty cells; tell whether that is possible.
function Sudoku:solve()
  local cell = self:most_constrained()
  if not cell then
    return true
  end
  local choices = self:candidates(cell)
  while choices ~= 0 do
    local digit = band(choices, -choices)
    choices = bxor(choices, digit)
    self.steps = self.steps + 1
    self:fill(cell, digit)
    if self:solve() then
      return true
    end
    self:empty(cell, digit)
  end
  return false
end

local function puzzle(number)
  return PUZZLES[(number - 1) % #PUZZLES + 1]
end

-- Solve so many puzzles, beginning again when the list ends.
local function solve(count)
  local solutions = {}
  for number = 1, count do
    local sudoku = Sudoku.new(puzzle(number)[1])
    sudoku:solve()
    solutions[number] = sudoku
  end
  return solutions
end

-- Tell whether every group (row, column or box) has all digits.
local function complete(cells, group_of)
  local seen = {}
  for cell, digit in ipairs(cells) do
    local key = group_of[cell] * 10 + digit
    if digit == 0 or seen[key] then
      return false
    end
    seen[key] = true
  end
  return true
end

-- Tell whether the solution is one, and the given digits are where they were.
local function solved(cells, text)
  for cell, digit in ipairs(cells) do
    local given = text:sub(cell, cell)
    if given ~= "." and tonumber(given) ~= digit then
      return false
    end
  end
  return complete(cells, ROWS) and complete(cells, COLUMNS) and complete(cells, BOXES)
end

local function right(_, solutions)
  for number, sudoku in ipairs(solutions) do
    local text, steps = unpack(puzzle(number))
    if sudoku.steps ~= steps or not solved(sudoku.cells, text) then
      return false
    end
  end
  return true
end

benchmark(8, solve, right)
