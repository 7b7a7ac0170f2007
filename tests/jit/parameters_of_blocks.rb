# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 22: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# Blocks and lambdas with optional parameters, a rest, keywords; block_given?; protected methods.
class Account
  def initialize(sum) = @sum = sum
  def over(other) = @sum + other.sum
  protected attr_reader :sum
end
def one(a) = yield(a)
def two(a) = block_given? ? yield(a, 1) : a

def sum(n)
  add = ->(a, b = 2, *rest, c: 1) { a + b + c + rest.length }
  first = Account.new(1)
  second = Account.new(2)
  total = 0
  i = 0
  while i < n
    total += one(i) { |a, b = 3| a + b } + two(i) { |a, *list| a + list[0] } + two(i)
    total += add.call(i) + add.(i, 1, 2, c: 3) + first.over(second)
    total += one(i) { |a, *| a } + one([i, 2]) { |a, *b, c| a + c + b.length }
    i += 1
  end
  total
end
p sum(1000) # => 3513500
