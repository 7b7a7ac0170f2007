-- SPDX-License-Identifier: MIT
-- Method calls: one call site with four receiver classes, calls on self, inherited methods, the
-- parent's method, and an optional argument.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local Plain = {}
Plain.__index = Plain

function Plain.new(class, weight)
  return setmetatable({ weight = weight }, class)
end

function Plain:value(x)
  return self:combine(x, self.weight)
end

function Plain:combine(x, weight)
  return x + weight
end

local Doubled = setmetatable({}, { __index = Plain })
Doubled.__index = Doubled

function Doubled:value(x)
  return Plain.value(self, x) * 2
end

local Product = setmetatable({}, { __index = Plain })
Product.__index = Product

function Product:combine(x, weight)
  return x * weight
end

local Stranger = {}
Stranger.__index = Stranger

function Stranger:value(x, factor)
  return self:same(x) * (factor or 5)
end

function Stranger:same(x)
  return x
end

local function sum_of_values(size)
  local receivers = {
    Plain.new(Plain, 1),
    Plain.new(Doubled, 2),
    Plain.new(Product, 3),
    setmetatable({}, Stranger),
  }
  local sum = 0
  for i = 0, size - 1 do
    sum = sum + receivers[i % 4 + 1]:value(i % 16)
  end
  return sum
end

-- The same sum without a method call: the terms repeat after 16.
local function sum_by_residues(size)
  local sum = 0
  for x = 0, 15 do
    local terms = { x + 1, (x + 2) * 2, x * 3, x * 5 }
    sum = sum + terms[x % 4 + 1] * math.floor((size - x + 15) / 16)
  end
  return sum
end

benchmark(2500000, sum_of_values, function(size, result)
  return result == sum_by_residues(size)
end)
