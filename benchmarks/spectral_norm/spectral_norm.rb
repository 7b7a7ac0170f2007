# SPDX-License-Identifier: MIT
# The spectral norm of an infinite matrix, cut to size x size, by power iteration: float arithmetic
# in a small method that nested blocks call.
require_relative "../harness"

# Norms of cut matrices, and the norm of the whole matrix.
KNOWN = { 1 => 1.0, 100 => 1.274219991, 240 => 1.274223830 }.freeze
LIMIT = 1.274224153

def element(row, column)
  1.0 / ((row + column) * (row + column + 1) / 2 + row + 1)
end

def times_matrix(vector)
  Array.new(vector.size) do |row|
    sum = 0.0
    vector.each_with_index { |x, column| sum += element(row, column) * x }
    sum
  end
end

def times_transposed(vector)
  Array.new(vector.size) do |column|
    sum = 0.0
    vector.each_with_index { |x, row| sum += element(row, column) * x }
    sum
  end
end

def spectral_norm(size)
  u = Array.new(size, 1.0)
  v = nil
  10.times do
    v = times_transposed(times_matrix(u))
    u = times_transposed(times_matrix(v))
  end
  uv = vv = 0.0
  size.times do |i|
    uv += u[i] * v[i]
    vv += v[i] * v[i]
  end
  Math.sqrt(uv / vv)
end

# The norm grows with the size.
def plausible?(size, norm)
  return (norm - KNOWN[size]).abs < 1e-9 if KNOWN.key?(size)

  norm > 1.0 && norm < LIMIT
end

benchmark(240, ->(size) { spectral_norm(size) }, ->(size, result) { plausible?(size, result) })
