# SPDX-License-Identifier: MIT
# Values and keywords for the members of Data and Struct, too few and too many.
D = Data.define(:a, :b)
S = Struct.new(:a, :b)
class Above < S
  def initialize(*list) = super(*list)
end
lists = [[1, 2], [3, 4]]
r = nil
200.times { |i| r = D.new(*lists[i % 2]) }
p r
200.times { |i| r = (D.new(i) rescue $!.message) }
p r
200.times { |i| r = (D.new(i, 2, 3) rescue $!.message) }
p r
200.times { |i| r = (D.new(a: i) rescue $!.message) }
p r
200.times { |i| r = (S.new(1, 2, i) rescue $!.message) }
p r
200.times { |i| r = Above.new(i, *lists[1].first(1)) }
p r
again = S.new(1)
200.times { |i| again.send(:initialize, i, 5) }
p again
200.times { |i| (again.send(:initialize, i, 5, 6) rescue r = $!.message) }
p r, again
