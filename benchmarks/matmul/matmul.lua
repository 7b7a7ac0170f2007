-- SPDX-License-Identifier: MIT
-- The product of two square matrices of floats, as tables of tables: nested loops over two of them.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- Return a matrix whose element in row i and column k, from 0 on, is value(i, k) / size.
local function matrix(size, value)
  local rows = {}
  for i = 1, size do
    local row = {}
    for k = 1, size do
      row[k] = value(i - 1, k - 1) / size
    end
    rows[i] = row
  end
  return rows
end

local function left(i, k)
  return i - k
end

local function right(i, k)
  return i + k + 1
end

local function transpose(rows)
  local columns = {}
  for k = 1, #rows do
    local column = {}
    for i, row in ipairs(rows) do
      column[i] = row[k]
    end
    columns[k] = column
  end
  return columns
end

-- Both factors are made anew each round; the second is transposed first, so that rows meet rows.
local function matmul(size)
  local columns = transpose(matrix(size, right))
  local product = {}
  for i, row in ipairs(matrix(size, left)) do
    local sums = {}
    for k, column in ipairs(columns) do
      local sum = 0.0
      for m = 1, size do
        sum = sum + row[m] * column[m]
      end
      sums[k] = sum
    end
    product[i] = sums
  end
  return product
end

local function times_vector(rows, vector)
  local result = {}
  for i, row in ipairs(rows) do
    local sum = 0.0
    for k, x in ipairs(vector) do
      sum = sum + row[k] * x
    end
    result[i] = sum
  end
  return result
end

-- The product does to a vector what its factors do one after the other.
local function product_of_both(size, product)
  local vector = {}
  for i = 1, size do
    vector[i] = (i - 1) % 7 + 1.0
  end
  local expected = times_vector(matrix(size, left), times_vector(matrix(size, right), vector))
  for i, x in ipairs(times_vector(product, vector)) do
    if math.abs(x - expected[i]) >= 1e-9 * size * size then
      return false
    end
  end
  return #product == size
end

benchmark(200, matmul, product_of_both)
