# A hash pattern tells deconstruct_keys which keys it names, and nil when it looks at all of them.
class Asked
  def deconstruct_keys(keys)
    p keys
    { left: 1, right: 2 }
  end
end

def matches(text) = p(eval("case Asked.new; in #{text} then true; else false; end"))

matches("{ left: }") # => [:left]
# => true
matches("Asked(left: 1, right: 2)") # => [:left, :right]
# => true
matches("{ left:, ** }") # => [:left]
# => true
matches("{ left:, **rest }") # => nil
# => true
matches("{ left:, **nil }") # => nil
# => false
matches("{ left:, right:, **nil }") # => nil
# => true
matches("{ **nil }") # => nil
# => false
matches("{}") # => nil
# => false
matches("{ ** }") # => []
# => true

Pair = Struct.new(:left, :right)
case Pair.new(1, 2)
in Pair(left:, **nil) then p 1
in Pair(left:, right:, **nil) then p 2 # => 2
end
