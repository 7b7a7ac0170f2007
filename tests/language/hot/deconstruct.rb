# SPDX-License-Identifier: MIT
# Objects that deconstruct themselves in hot matches: each subject is asked once for its parts, what
# is asked may match too, change the class, raise, or give what does not fit.
$asked = 0
class Pair
  attr_reader :a, :b

  def initialize(a, b)
    @a = a
    @b = b
  end

  def deconstruct
    $asked += 1
    [a, b]
  end

  def deconstruct_keys(keys)
    raise IndexError, "keys #{keys.inspect}" if a == 77
    return 5 if a == 78
    { a: a, b: b, c: (keys ? keys.length : 0) }
  end
end

def place(pair)
  case pair
  in [0, y] then y
  in [x, 0] then -x
  in { a: 50.. => a, c: } then a + c
  in [1 | 2, Integer => y] then y * 10
  in { b:, **rest } then b + rest.length
  end
end

def sum(n)
  i = total = 0
  while i < n
    total += place(Pair.new(i % 60, i % 7))
    i += 1
  end
  total
end
p sum(500) # => 4278
p $asked # => 500

def keys(pair)
  case pair
  in { a: 1.. } then :positive
  in { a: } then a
  end
rescue IndexError, TypeError => e
  e.message
end
def many(n) = (0...n).map { |i| keys(Pair.new(i == 60 ? 77 : i == 61 ? 78 : i - 5, i)) }
p many(70).tally # => {-5 => 1, -4 => 1, -3 => 1, -2 => 1, -1 => 1, 0 => 1, positive: 62, "keys [:a]" => 1, "deconstruct_keys must return Hash" => 1}

class Nested
  def initialize(inner) = @inner = inner

  def deconstruct
    case @inner
    in [a, b] then [b, a]
    end
  end
end

def swap(n)
  r = nil
  n.times do |i|
    r = case Nested.new(Pair.new(i, i + 1))
        in [x, y] if x < y then [x, y, 1]
        in [x, y] then [x, y, 2]
        end
  end
  r
end
p swap(200) # => [200, 199, 2]

def redefine(n)
  r = []
  n.times do |i|
    if i == 100
      Pair.class_eval { def deconstruct = [b, a, 9] }
    end
    case Pair.new(i, 3)
    in [_, 3] then r << 1
    in [3, _, z] then r << z
    end
  end
  r.tally
end
p redefine(150) # => {1 => 100, 9 => 50}
