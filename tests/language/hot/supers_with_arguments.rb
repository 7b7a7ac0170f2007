# SPDX-License-Identifier: MIT
# super with the method's own keywords, rest and block, and with a literal block.
class Base
  def some(x, k: 1, **others) = x + k + others.size
  def two(x, k:, l: 2) = x + k * l
  def rest(a, *list, k:) = a + list.size + k
  def each(&block) = block.call(1) + block.call(2)
end
class Derived < Base
  def some(x, k: 1, **others) = super
  def two(x, k:, l: 2) = super
  def rest(a, *list, k: 3) = super
  def each(n) = super() { |x| x * n }
end

def supers(object, n)
  sum = i = 0
  while i < n
    sum += object.some(i, k: 2, z: 1) + object.two(i, k: i) + object.each(i) + object.rest(i, 1, k: 2)
    i += 1
  end
  sum
end
p supers(Derived.new, 300) # => 360600
class Base
  def two(x, k:, l: 2) = l
end
p supers(Derived.new, 300) # => 226650
