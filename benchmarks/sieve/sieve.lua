-- SPDX-License-Identifier: MIT
-- The sieve of Eratosthenes: nested loops that store to an array.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- Return the number of primes up to the limit.
local function sieve(limit)
  local prime = {}
  for i = 1, limit do
    prime[i] = true
  end
  local count = 0
  for i = 2, limit do
    if prime[i] then
      count = count + 1
      for k = i * i, limit, i do
        prime[k] = false
      end
    end
  end
  return count
end

-- Return the same number without a sieve: small[v] and large[k] count what is left of the numbers
-- from 2 to v, and from 2 to limit / k, once the multiples of each prime have been taken out.
local function count_primes(limit)
  local root = math.floor(math.sqrt(limit))
  local small, large = {}, {}
  for v = 1, root do
    small[v], large[v] = v - 1, math.floor(limit / v) - 1
  end
  for p = 2, root do
    local smaller = small[p - 1]
    if small[p] ~= smaller then
      for k = 1, math.min(root, math.floor(limit / (p * p))) do
        local multiple = k * p
        local left = multiple <= root and large[multiple] or small[math.floor(limit / multiple)]
        large[k] = large[k] - (left - smaller)
      end
      for v = root, p * p, -1 do
        small[v] = small[v] - (small[math.floor(v / p)] - smaller)
      end
    end
  end
  return large[1]
end

benchmark(2000000, sieve, function(limit, result)
  return result == count_primes(limit)
end)
