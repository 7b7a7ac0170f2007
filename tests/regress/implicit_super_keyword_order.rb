# A bare super passes **rest first, then the keywords that have parameters.
class Base
  def foo(*list, **options) = [list, options]
end
class Derived < Base
  def foo(x = 1, a:, b: 2, **rest) = super
end
p Derived.new.foo(a: 1, z: 3, b: 4) # => [[1], {z: 3, a: 1, b: 4}]
p Derived.new.foo(5, y: 0, a: 4, z: 3) # => [[5], {y: 0, z: 3, a: 4, b: 2}]
