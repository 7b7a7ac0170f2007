# SPDX-License-Identifier: MIT
# [a, b].min and its kin in hot loops: what the elements are may change, and how they compare.
def extremes(a, b, n)
  r = nil
  n.times { r = [[a, b].min, [a, b].max, [a, b].minmax, [a, b, a].max] }
  r
end
def caught
  yield
rescue ArgumentError => e
  e.message
end
p extremes(3, 5, 40) # => [3, 5, [3, 5], 5]
p extremes(5, -3, 40) # => [-3, 5, [-3, 5], 5]
p extremes(2.5, -1.5, 40) # => [-1.5, 2.5, [-1.5, 2.5], 2.5]
p extremes(2, 1.5, 40) # => [1.5, 2, [1.5, 2], 2]
p extremes(2**70, 1, 40) # => [1, 1180591620717411303424, [1, 1180591620717411303424], 1180591620717411303424]
p extremes("b", "a", 40) # => ["a", "b", ["a", "b"], "b"]
p extremes(0.0, -0.0, 40) # => [0.0, 0.0, [0.0, 0.0], 0.0]
p extremes(-0.0, 0.0, 40) # => [-0.0, -0.0, [-0.0, -0.0], -0.0]
p caught { extremes(Float::NAN, 1.0, 40) } # => "comparison of Float with 1.0 failed"
p caught { extremes(1, nil, 40) } # => "comparison of Integer with nil failed"
p extremes(7, 9, 40) # => [7, 9, [7, 9], 9]

def floats(list, n)
  sum = 0.0
  n.times { |i| sum += [list[i % 3], 1.5].max - [list[(i + 1) % 3], 0.5, list[0]].min }
  sum
end
p floats([1.0, 2.0, 3.0], 60) # => 100.0
p caught { floats([1.0, Float::NAN, 3.0], 60) } # => "comparison of Float with 0.5 failed"

def one(n) = n.times.map { |i| [i].max + [i, 30, i + 1, 4, 5, 6, 7, 8, 9].min }.sum
p one(60) # => 2000

class Integer
  alias old <=>
  def <=>(other) = -old(other)
end
p extremes(3, 5, 40) # => [5, 3, [5, 3], 3]
class Integer
  alias <=> old
end
p extremes(3, 5, 40) # => [3, 5, [3, 5], 5]
