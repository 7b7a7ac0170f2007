# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 37: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# super in all its forms.
class Base
  def initialize(a, b: 2) = @sum = a + b
  def plain(a) = a + 1
  def keyed(a, b: 1) = a + b
  def rest(a, *list) = a + list.length
  def block(a) = yield(a) + 1
  def kept(a, &block) = block.call(a)
  def all(a, b, k: 0) = a + b + k
  attr_reader :sum
end

class Derived < Base
  def initialize(a, *) = super(a, b: 1)
  def plain(a) = super + super(2) + super()
  def keyed(a, b: 5) = super + super(1, b: a)
  def rest(*list) = super + super(1, *list)
  def block(a) = super { |x| x * 2 } + super
  def kept(a, &block) = super(a + 1, &block)
  def all(a, ...) = super
end

class Base
  def plain(a = 7) = a + 1
end

def sum(n)
  derived = Derived.new(1)
  total = 0
  i = 0
  while i < n
    total += derived.plain(i) + derived.keyed(i, b: 2) + derived.keyed(i)
    total += derived.rest(i, 1, 2) + derived.block(i) { |x| x + 3 }
    total += derived.kept(i) { |x| x + 1 } + Derived.new(i, 4).sum
    total += derived.all(i, 1, k: 2)
    i += 1
  end
  total
end
p sum(1000) # => 6032000
