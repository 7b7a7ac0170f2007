# SPDX-License-Identifier: MIT
# The copy of a class that has a name has none: it lives as long as its instances.
class Kept
  def hi = 1
end
objects = 50.times.map { [Kept.dup, Kept.clone].map(&:new) }.flatten
3.times do
  50.times { Class.new }
  GC.start
end
p objects.map { |o| o.class.name }.uniq # => [nil]
