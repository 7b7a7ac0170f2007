# SPDX-License-Identifier: MIT
# Method calls: one call site with four receiver classes, calls on self, inherited methods, super,
# and an optional argument.
require_relative "../harness"

class Plain
  def initialize(weight)
    @weight = weight
  end

  def value(x)
    combine(x, @weight)
  end

  def combine(x, weight)
    x + weight
  end
end

class Doubled < Plain
  def value(x)
    super * 2
  end
end

class Product < Plain
  def combine(x, weight)
    x * weight
  end
end

class Stranger
  def value(x, factor = 5)
    same(x) * factor
  end

  def same(x)
    x
  end
end

def sum_of_values(size)
  receivers = [Plain.new(1), Doubled.new(2), Product.new(3), Stranger.new]
  sum = 0
  i = 0
  while i < size
    sum += receivers[i % 4].value(i % 16)
    i += 1
  end
  sum
end

# The same sum without a method call on a receiver: the terms repeat after 16.
def sum_by_residues(size)
  (0...16).sum do |x|
    term = [x + 1, (x + 2) * 2, x * 3, x * 5][x % 4]
    term * ((size - x + 15) / 16)
  end
end

benchmark(2500000, ->(size) { sum_of_values(size) },
          ->(size, result) { result == sum_by_residues(size) })
