# SPDX-License-Identifier: MIT
# A match asks its subject for its parts once, whatever its guards, its patterns' values and
# deconstruct itself match meanwhile; and the message of a failed match is about that match.
class Pair
  def initialize(*parts, responds: true)
    @parts, @responds, @asked, @looked = parts, responds, 0, 0
  end
  attr_writer :parts

  def deconstruct
    @asked += 1
    (1 in Integer)
    @parts
  end

  def respond_to?(name, all = false)
    return super unless name == :deconstruct
    @looked += 1
    @responds
  end

  # How often deconstruct was called and looked for since the last time.
  def counts = [@asked, @looked].tap { @asked = @looked = 0 }
  def inspect = "pair"
end

x = Pair.new(1, 2)
case x
in [] then 0
in [_] then 0
in [_, _] if (5 in [_]) then 0
in [_, _] if ([5] in [6]) then 0
in [*, 7, *] then 0
in [a, b] => all then p [a, b] # => [1, 2]
end
p x.counts # => [1, 1]
p((x in [] | [_] | [_, _, _] | [1, 2])) # => true
p x.counts # => [1, 1]
x => [] | [1, 2]
p x.counts # => [1, 1]

none = Pair.new(1, responds: false)
case none
in [] then 0
in [_] then 1
else p :else # => :else
end
p none.counts # => [0, 1]

# What lies inside is asked by each pattern, be it the subject itself.
x.parts = [x, 1]
case x
in [[], 2] then 0
in [[[], 3], 1] then 0
in [[_, 1], 1] then p :inside # => :inside
end
p x.counts # => [5, 5]
x.parts = [1, 2]

# Guards that match the subject, each for itself.
case x
in [_] then 0
in [_, _] if (case x; in [_] then 1; in [_, z] if z == 3 then 2; else false; end) then 0
in [1, b] then p b # => 2
end
p x.counts # => [2, 2]
def deep(v, n)
  case v
  in [_] then :one
  in [_, _] if n > 0 && deep(v, n - 1) == :zero then 1
  in [_, _] then :two
  end
end
p deep(x, 3), x.counts
# => :two
# => [4, 4]
fiber = Fiber.new do
  case x
  in [_] then 1
  in [_, _] if Fiber.yield then 2
  in [*z] then z
  end
end
fiber.resume
case [1]
in [2] then 0
in [1] then 1
end
p fiber.resume(false), x.counts
# => [1, 2]
# => [1, 1]
def loops(x)
  (0...50).sum do |i|
    case x
    in [_] then 1
    in [_, _] if i == 3 then 4
    in [2, _] then 5
    in [a, b] then a + b
    end
  end
end
p loops(x), x.counts
# => 151
# => [50, 50]

# Messages.
def message
  yield
rescue NoMatchingPatternError => e
  puts e.message
end
class Same
  def initialize(&block) = @block = block
  def ===(other) = @block.call(other)
  def inspect = "same"
end
STRING = Same.new { |v| (v in String) }
message { none => [] | [_] } # => pair: pair does not respond to #deconstruct
message { none => [] | {a: 1} | [_] } # => pair: pair does not respond to #deconstruct_keys
message { case 5; in v if (1 in String) then 0; end } # => 5: guard clause does not return true
message { case 5; in v if ([1, 2] in [_]) then 0; end } # => 5: guard clause does not return true
message { case 5; in v unless (1 in Integer) then 0; end } # => 5: guard clause does not return true
message { 5 => STRING } # => 5: same === 5 does not return true
message { [5, 6] => [Integer, STRING] } # => [5, 6]: same === 6 does not return true
message { {a: 5} => {a: STRING} } # => {a: 5}: same === 5 does not return true
message { Pair.new(1) => [] } # => pair: [1] length mismatch (given 1, expected 0)
