-- SPDX-License-Identifier: MIT
-- Closures: functions that are made, kept and called after their scope has ended; variables that two
-- of them share; functions that call functions.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local function adder(amount)
  return function(x)
    return x + amount
  end
end

local function compose(f, g)
  return function(x)
    return g(f(x))
  end
end

-- Return two functions over one variable: one counts up, one reads.
local function counter(start)
  local count = start
  local function increment()
    count = count + 1
  end
  local function read()
    return count
  end
  return increment, read
end

-- Return a function that adds 0 + 1 + ... + 5.
local function chain()
  local f = adder(0)
  for amount = 1, 5 do
    f = compose(f, adder(amount))
  end
  return f
end

local function sum_of_calls(size)
  local increment, read = counter(0)
  local add_fifteen = chain()
  local sum = 0
  for i = 0, size - 1 do
    increment()
    sum = sum + add_fifteen(i) + adder(i)(1)
    local up, current = counter(i)
    up()
    sum = sum - current()
  end
  return sum + read()
end

-- Each step adds i + 15, then i + 1, and takes i + 1 away; the counter has counted the steps.
local function expected_sum(size)
  return size * (size - 1) / 2 + 15 * size + size
end

benchmark(200000, sum_of_calls, function(size, result)
  return result == expected_sum(size)
end)
