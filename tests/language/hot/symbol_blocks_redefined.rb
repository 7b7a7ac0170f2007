# SPDX-License-Identifier: MIT
# Blocks &:name where the program has its own Symbol#to_proc.
class Symbol
  alias old to_proc
  def to_proc = proc { |x| x + 1 }
end
sum = 0
100.times { |i| sum += [i, i + 1].map(&:succ).sum }
p sum
