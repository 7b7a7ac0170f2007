# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: for line 26: compiled
# stderr: for line 37: compiled
# stderr-count: 4 new.
# stderr-count: 2 #32 sunk
# stderr-count: 1 ptr:0x0, val:nil, val:nil, site:3 sunk
# stderr-count: 1 (val:nil, val:nil) sunk
# A lambda in a local variable of the scope that it is made in: it holds the Env, and the Env holds
# it. Neither is made, nor are objects that hold each other: all four allocations are sunk. What an
# exit makes is the same circle.
class Node
  attr_accessor :other

  def initialize(other) = @other = other
end

def keep(value, now)
  return unless now

  $kept = value
end

def lambdas(n)
  sum = 0
  n.times do |i|
    add = ->(x) { x + i }
    sum += add.(1)
    keep(add, i == 1500)
  end
  sum
end
p lambdas(2000), $kept.(1) # => 2001000
# => 1501

def pairs(n)
  n.times do |i|
    a = Node.new(nil)
    b = Node.new(a)
    a.other = b
    keep(a, i == 1500)
  end
end
pairs(2000)
p $kept.other.other.equal?($kept) # => true
