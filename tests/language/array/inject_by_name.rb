# SPDX-License-Identifier: MIT
# inject(:+) of small Integers, beyond them, of other numbers, and when + is redefined.
big = 4611686018427387903
p [1, 2, 3].inject(:+), [2, 3].inject(10, :+), [5].inject(:+) # => 6
# => 15
# => 5
p [big, 1].inject(:+), [big, 1, -1, big, big].inject(:+) # => 4611686018427387904
# => 13835058055282163709
p [-big - 1, -1].inject(:+), [1].inject(2.5, :+), [1, 2.5].inject(:+) # => -4611686018427387905
# => 3.5
# => 3.5
p [].inject(:+), [].inject(1, :+) # => nil
# => 1
begin
  [1, 2].inject(nil, :+)
rescue NoMethodError => e
  p e.name # => :+
end
class Integer
  alias old_plus +
  def +(other) = old_plus(other).old_plus(1)
end
p [1, 2, 3].inject(:+) # => 8
