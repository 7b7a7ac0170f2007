# SPDX-License-Identifier: MIT
# Points of the Mandelbrot set: a tight loop of float arithmetic without calls or allocation.
require_relative "../harness"

ITERATIONS = 50
# How many points of a grid of size x size are still inside after the iterations.
KNOWN = { 10 => 45, 100 => 3963, 250 => 24820 }.freeze

# Count the points of the square from -1.5 - i to 0.5 + i that stay within the circle of radius 2.
def mandelbrot(size)
  inside = 0
  size.times do |row|
    ci = 2.0 * row / size - 1.0
    size.times do |column|
      inside += 1 if stays?(2.0 * column / size - 1.5, ci)
    end
  end
  inside
end

def stays?(cr, ci)
  zr = zi = 0.0
  i = 0
  while i < ITERATIONS
    zr2 = zr * zr
    zi2 = zi * zi
    return false if zr2 + zi2 > 4.0

    zi = 2.0 * zr * zi + ci
    zr = zr2 - zi2 + cr
    i += 1
  end
  true
end

# After 50 iterations an area of 1.59 is left; a grid misses that by what its border cells make.
def plausible?(size, inside)
  return inside == KNOWN[size] if KNOWN.key?(size)

  (4.0 * inside / (size * size) - 1.59).abs < 4.0 / size
end

benchmark(250, ->(size) { mandelbrot(size) }, ->(size, result) { plausible?(size, result) })
