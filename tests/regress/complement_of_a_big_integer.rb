# SPDX-License-Identifier: MIT
# Methods of Integer that machine code has as instructions, for Integers of more than 63 bits.
BIG = 4_611_686_018_427_387_905
def constant
  i = x = 0
  while i < 60
    x = ~-BIG
    i += 1
  end
  x
end
def variable(list)
  i = x = 0
  while i < 60
    x = ~list[i % 2]
    i += 1
  end
  x
end
def by_name(n)
  i = 0
  all = nil
  while i < 60
    all = [n.~, n.succ, n.pred, n.even?, n.zero?, n.positive?, n.to_i]
    i += 1
  end
  all
end
p constant # => 4611686018427387904
p variable([BIG, BIG]) # => -4611686018427387906
p variable([BIG, 1]) # => -2
p variable([1, BIG]) # => -4611686018427387906
p by_name(BIG).first(4) # => [-4611686018427387906, 4611686018427387906, 4611686018427387904, false]
p by_name(BIG).last(3) # => [false, true, 4611686018427387905]
p by_name(7) # => [-8, 8, 6, false, false, true, 7]
