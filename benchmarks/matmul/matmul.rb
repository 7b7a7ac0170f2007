# SPDX-License-Identifier: MIT
# The product of two square matrices of floats, as arrays of arrays: nested loops over two of them.
require_relative "../harness"

# Return a matrix whose element in row i and column k is yield(i, k) / size.
def matrix(size)
  Array.new(size) { |i| Array.new(size) { |k| yield(i, k).to_f / size } }
end

def left(size)
  matrix(size) { |i, k| i - k }
end

def right(size)
  matrix(size) { |i, k| i + k + 1 }
end

# Both factors are made anew each round; the second is transposed first, so that rows meet rows.
def matmul(size)
  columns = right(size).transpose
  left(size).map do |row|
    columns.map do |column|
      sum = 0.0
      i = 0
      while i < size
        sum += row[i] * column[i]
        i += 1
      end
      sum
    end
  end
end

def times_vector(rows, vector)
  rows.map { |row| row.zip(vector).sum(0.0) { |a, b| a * b } }
end

# The product does to a vector what its factors do one after the other.
def product_of_both?(size, product)
  vector = Array.new(size) { |i| i % 7 + 1.0 }
  expected = times_vector(left(size), times_vector(right(size), vector))
  times_vector(product, vector).zip(expected).all? { |a, b| (a - b).abs < 1e-9 * size * size }
end

benchmark(200, ->(size) { matmul(size) }, ->(size, result) { product_of_both?(size, result) })
