# SPDX-License-Identifier: MIT
# & keeps each element once, in the order of the first array; objects stay the same.
p [3, 1, 1, 2, 3] & [1, 3, 3, 5] # => [3, 1]
p [1, 1.0, 2**70, "a", nil] & [nil, "a", 2**70, 1.0] # => [1.0, 1180591620717411303424, "a", nil]
a, b = "x", "x"
p ([a, b] & [b]).first.equal?(a) # => true
p ([a] | [b]).first.equal?(a) # => true
p [a, b].uniq.first.equal?(a) # => true
p [4, 4, 5] - [5] # => [4, 4]
big = (0...3000).to_a
p (big & big.reverse) == big, (big | [3000]).size, (big - big).size, (big + big).uniq == big
# => true
# => 3001
# => 0
# => true
counted = {a: 1, b: 2.5, c: nil}
counted.delete(:a)
p counted.keys, counted.values, {1 => 2.5}.values, {}.keys, big.to_h { |n| [n, -n] }.values.sum
# => [:b, :c]
# => [2.5, nil]
# => [2.5]
# => []
# => -4498500
copy = big.to_h { |n| [n, n] }.dup
copy.delete(7)
p copy.dup[8], copy.dup[7], copy.dup.size, copy.merge(copy).key(2999)
# => 8
# => nil
# => 2999
# => 2999
