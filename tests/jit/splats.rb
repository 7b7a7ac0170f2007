# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 28: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# stderr-count: 0 call.leaf
# Rest parameters and splats: no Array of arguments is made.
class Adder
  def initialize(*start) = @start = start[0]
  def two(a, b) = a + b + @start
  def rest(a, *rest) = a + rest[0] + rest[-1] + rest.length
  def around(a, *middle, b) = a - b + middle[1]
  def passed(*list) = two(*list)
  def between(*list) = rest(1, *list, 2)
  def forwarded(...) = two(...)
  def named(*list, **named) = pair(*list, **named)
  def pair(a, b: 2) = a + b
  def yielded(*list) = yield(*list)
  def block(*list, &block) = yielded(*list, &block)
end

def sum(n)
  adder = Adder.new(5)
  pair = [1, 2]
  total = 0
  i = 0
  while i < n
    total += adder.rest(i, 2, 3) + adder.around(i, 1, 2, 3) + adder.passed(i, 1)
    total += adder.between(i) + adder.forwarded(1, i) + adder.named(i, b: 1)
    total += adder.block(i, 2) { |a, b| a * b } + adder.two(*pair)
    total += Adder.new(i, 1).two(1, 1)
    i += 1
  end
  total
end
p sum(1000) # => 4529500
