-- SPDX-License-Identifier: MIT
-- The Towers of Hanoi with piles of linked disks: recursion, fields that change type (a table or
-- nil), and a check on each move that never fails.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- A disk is a table with its size and what lies under it on its pile (below).
local Towers = {}
Towers.__index = Towers

function Towers.new(disks)
  local towers = setmetatable({ disks = disks, tops = {}, moves = 0 }, Towers)
  for size = disks, 1, -1 do
    towers:push(1, { size = size })
  end
  return towers
end

function Towers:push(pile, disk)
  local top = self.tops[pile]
  if top and top.size <= disk.size then
    error("a disk on a smaller one")
  end
  disk.below = top
  self.tops[pile] = disk
end

function Towers:pop(pile)
  local disk = self.tops[pile]
  if not disk then
    error("a disk from an empty pile")
  end
  self.tops[pile] = disk.below
  disk.below = nil
  return disk
end

function Towers:move_top(from, to)
  self:push(to, self:pop(from))
  self.moves = self.moves + 1
end

-- Move the upper `count` disks of a pile by way of the third one.
function Towers:move(count, from, to)
  if count == 1 then
    return self:move_top(from, to)
  end
  local other = 6 - from - to
  self:move(count - 1, from, other)
  self:move_top(from, to)
  self:move(count - 1, other, to)
end

-- Tell whether a pile holds every disk in order.
function Towers:all_on(pile)
  local disk = self.tops[pile]
  for size = 1, self.disks do
    if not disk or disk.size ~= size then
      return false
    end
    disk = disk.below
  end
  return disk == nil
end

local function solve(disks)
  local towers = Towers.new(disks)
  towers:move(disks, 1, 3)
  return towers
end

benchmark(20, solve, function(disks, towers)
  return towers.moves == 2 ^ disks - 1 and towers:all_on(3)
end)
