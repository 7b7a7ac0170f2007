# SPDX-License-Identifier: MIT
# The subject of a case/in is asked for its parts once, whatever the number of array patterns;
# deconstruct_keys is asked by each hash pattern.
class Pair
  attr_reader :asked

  def initialize(*parts)
    @parts = parts
    @asked = []
  end

  def deconstruct
    @asked << :parts
    @parts
  end

  def deconstruct_keys(keys)
    @asked << keys
    {}
  end
end

pair = Pair.new(1, Pair.new(2, 3))
case pair
in [] then p 0
in [0, _] | [_, _, _] then p 1
in {a:} then p 2
in Pair[1, [4, _]] then p 4
in Pair[1, [x, y]] => all then p [x, y] # => [2, 3]
end
p pair.asked # => [:parts, [:a]]

# Each match asks anew.
p((pair in [_])) # => false
p((pair in [_, _])) # => true
p pair.asked.count(:parts) # => 3

class Bad
  def deconstruct = 1
end
begin
  case Bad.new
  in [] then p 0
  end
rescue TypeError => e
  p e.message # => "deconstruct must return Array"
end
