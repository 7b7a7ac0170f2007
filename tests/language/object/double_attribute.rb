# SPDX-License-Identifier: MIT
# A writer of a variable that has only had Floats; then it gets something else.
class Point
  attr_accessor :x
  def initialize = @x = 0.5
end
points = Array.new(4) { Point.new }
[1.5, 2.5, 3, nil].each_with_index { |value, i| points[i].x = value }
p points.map(&:x)
# => [1.5, 2.5, 3, nil]
points.each { |point| point.x = 4.25 }
p points.sum(&:x)
# => 17.0
