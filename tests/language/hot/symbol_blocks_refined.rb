# SPDX-License-Identifier: MIT
# Blocks &:name where the method is a refinement's.
module Twice
  refine(Integer) { def twice = self * 2 }
end
using Twice
sum = 0
100.times { |i| sum += [i, i + 1].map(&:twice).sum }
p sum
100.times { |i| sum += [i].sum(&:twice) }
p sum
