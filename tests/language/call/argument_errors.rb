# Messages of calls whose arguments do not fit.
def try
  yield
rescue ArgumentError => e
  e.message
end

def none = nil
def two(a, b) = nil
def range(a, b = 1) = nil
def open(a, *rest) = nil
def key(a, k:, l: 1) = nil

puts try { none(1) } # => wrong number of arguments (given 1, expected 0)
puts try { two(1) } # => wrong number of arguments (given 1, expected 2)
puts try { range } # => wrong number of arguments (given 0, expected 1..2)
puts try { range(1, 2, 3) } # => wrong number of arguments (given 3, expected 1..2)
puts try { open } # => wrong number of arguments (given 0, expected 1+)
puts try { key(1) } # => missing keyword: :k
puts try { key(1, k: 1, z: 2) } # => unknown keyword: :z
puts try { key(1, k: 1, z: 2, y: 3) } # => unknown keywords: :z, :y
puts try { key(k: 1) } # => wrong number of arguments (given 0, expected 1; required keyword: k)
puts try { none(a: 1) } # => wrong number of arguments (given 1, expected 0)
puts try { ->(x) {}.call } # => wrong number of arguments (given 0, expected 1)
puts try { ->(x, y = 1) {}.call(1, 2, 3) } # => wrong number of arguments (given 3, expected 1..2)
