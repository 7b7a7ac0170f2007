-- SPDX-License-Identifier: MIT
-- The spectral norm of an infinite matrix, cut to size x size, by power iteration: float arithmetic
-- in a small function that nested loops call.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- Norms of cut matrices, and the norm of the whole matrix.
local KNOWN = { [1] = 1.0, [100] = 1.274219991, [240] = 1.274223830 }
local LIMIT = 1.274224153

-- Rows and columns count from 0.
local function element(row, column)
  return 1.0 / ((row + column) * (row + column + 1) / 2 + row + 1)
end

local function times_matrix(vector)
  local result = {}
  for row = 1, #vector do
    local sum = 0.0
    for column, x in ipairs(vector) do
      sum = sum + element(row - 1, column - 1) * x
    end
    result[row] = sum
  end
  return result
end

local function times_transposed(vector)
  local result = {}
  for column = 1, #vector do
    local sum = 0.0
    for row, x in ipairs(vector) do
      sum = sum + element(row - 1, column - 1) * x
    end
    result[column] = sum
  end
  return result
end

local function spectral_norm(size)
  local u, v = {}, nil
  for i = 1, size do
    u[i] = 1.0
  end
  for _ = 1, 10 do
    v = times_transposed(times_matrix(u))
    u = times_transposed(times_matrix(v))
  end
  local uv, vv = 0.0, 0.0
  for i = 1, size do
    uv = uv + u[i] * v[i]
    vv = vv + v[i] * v[i]
  end
  return math.sqrt(uv / vv)
end

-- The norm grows with the size.
local function plausible(size, norm)
  if KNOWN[size] then
    return math.abs(norm - KNOWN[size]) < 1e-9
  end
  return norm > 1.0 and norm < LIMIT
end

benchmark(240, spectral_norm, plausible)
