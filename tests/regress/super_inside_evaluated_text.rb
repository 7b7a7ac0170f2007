# SPDX-License-Identifier: MIT
# A bare `super` in evaluated text passes on the parameters of the method that it stands in.
class Base
  def keep(first, *rest, key: 0, **more, &block) = [first, rest, key, more, block&.call]
end

class Derived < Base
  def keep(first, *rest, key: 1, **more, &block)
    first += 1
    eval("[super, [1].map { super }.first].uniq")
  end
end

class Simple < Base
  def keep(first, key:) = binding.eval("super")
end

p Derived.new.keep(1, 2, other: 3) { :block } # => [[2, [2], 1, {other: 3}, :block]]
p Simple.new.keep(4, key: 5) # => [4, [], 5, {}, nil]
