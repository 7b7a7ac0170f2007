-- SPDX-License-Identifier: MIT
-- Naive Fibonacci numbers: the cost of a call with one argument, a comparison and small additions.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local function fib(n)
  if n < 2 then
    return n
  end
  return fib(n - 1) + fib(n - 2)
end

-- The same number in n additions.
local function fib_by_addition(n)
  local a, b = 0, 1
  for _ = 1, n do
    a, b = b, a + b
  end
  return a
end

benchmark(33, fib, function(n, result)
  return result == fib_by_addition(n)
end)
