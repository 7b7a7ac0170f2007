-- SPDX-License-Identifier: MIT
-- McCarthy's variant of Takeuchi's function: deep recursion with three arguments, hardly any work.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local function tak(x, y, z)
  if y >= x then
    return z
  end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end

-- The same with every result kept, so that each is computed once.
local function tak_with_memory(x, y, z, memory)
  if y >= x then
    return z
  end
  local key = x .. "," .. y .. "," .. z
  if not memory[key] then
    local a = tak_with_memory(x - 1, y, z, memory)
    local b = tak_with_memory(y - 1, z, x, memory)
    local c = tak_with_memory(z - 1, x, y, memory)
    memory[key] = tak_with_memory(a, b, c, memory)
  end
  return memory[key]
end

local function arguments(size)
  return size, math.floor(size * 2 / 3), math.floor(size / 3)
end

local function work(size)
  return (tak(arguments(size)))
end

local function check(size, result)
  local x, y, z = arguments(size)
  return result == tak_with_memory(x, y, z, {})
end

benchmark(26, work, check)
