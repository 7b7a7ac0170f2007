# SPDX-License-Identifier: MIT
# A value and its copy come round a loop: one is a number in each round, the other may be anything.

def copied(n, x, rounds)
  return x if n == 0
  y = n == 1 ? nil : copied(n - 1, x, rounds)
  count = 0
  loop do
    y = x
    count += 1
    break if count == rounds
  end
  [x, y]
end

def swapped(x, other, rounds)
  y = other
  i = 0
  while i < rounds
    y = x
    x = i.odd? ? x + 1 : y
    i += 1
  end
  [x, y]
end

def blocks(x)
  y = x
  rounds = 0
  loop do
    (0...3).each { |i| y = x }
    x = 5
    y = 2.5
    rounds += 1
    break if rounds == 3
  end
  y + x
end

100.times do |i|
  copied(2, i % 5, 4)
  copied(1, i * 0.5, 3)
  swapped(i, nil, 5)
  swapped(i * 0.5, :other, 5)
  blocks(i)
  blocks(i * 0.5)
end
p copied(2, 1, 4), copied(2, 1.5, 4), copied(1, nil, 2), copied(3, 1 << 70, 2)
# => [1, 1]
# => [1.5, 1.5]
# => [nil, nil]
# => [1180591620717411303424, 1180591620717411303424]
p swapped(1, nil, 6), swapped(1.5, nil, 6), swapped(nil, 3, 1), swapped((1 << 62) - 2, nil, 7)
# => [4, 3]
# => [4.5, 3.5]
# => [nil, nil]
# => [4611686018427387905, 4611686018427387905]
p blocks(1), blocks(0.5), blocks(nil) # => 7.5
# => 7.5
# => 7.5
