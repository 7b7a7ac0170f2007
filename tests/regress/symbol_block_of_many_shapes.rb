# SPDX-License-Identifier: MIT
# A Symbol as block in hot code that meets more shapes than a call's cache has room for.
class Kept
  def hi = 1
end
objects = 50.times.map { [Kept.dup, Kept.clone].map(&:new) }.flatten
p objects.sum(&:hi) # => 100

module Said
  def say = name.to_s
end
said = Array.new(9) { |i| Struct.new(:name, :x) { include Said } }
list = Array.new(90) { |i| said[i % 9].new(i, 0) }
p list.map(&:say).join.size # => 170
