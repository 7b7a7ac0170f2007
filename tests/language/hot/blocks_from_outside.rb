# SPDX-License-Identifier: MIT
# What sets $1 and its kin lies outside of the hot loop; blocks and methods made of blocks change their
# ways while they are hot.
def groups
  "key=12" =~ /(\w+)=(\d+)/
  sum = 0
  table = Hash.new do |hash, key|
    i = 0
    while i < 300
      sum += $2.to_i
      i += 1
    end
    hash[key] = i
  end
  table[1] + table[2] + sum
end
p groups # => 7800
def groups_of_a_block
  "key=12" =~ /(\w+)=(\d+)/
  sum = 0
  2.times do
    i = 0
    while i < 300
      sum += $2.to_i
      i += 1
    end
  end
  sum
end
p groups_of_a_block # => 7200
blocks = [3, 1, 2].map { |x| proc { |y| y > 350 ? x.to_s : x + y } }
out = nil
400.times { |k| out = blocks[k % 3].call(k) }
p out # => "3"
def sorts(n)
  last = nil
  n.times { |j| last = [3, 1, 2].sort { |a, b| j > 380 ? (b <=> a).to_f : a <=> b } }
  last
end
p sorts(400) # => [3, 2, 1]
class Recur
  define_method(:fact) { |n| n < 2 ? 1 : n * fact(n - 1) }
  define_method(:deep) { |n, more = 1| n.zero? ? more : deep(n - 1, more + (n & 1)) }
end
def recurs(n)
  r = Recur.new
  total = i = 0
  while i < n
    total += r.fact(i % 12) % 1000 + r.deep(i % 9)
    Recur.class_eval { define_method(:fact) { |k| k < 2 ? 2 : k * fact(k - 1) } } if i == n - 100
    i += 1
  end
  total
end
p recurs(400) # => 121577
