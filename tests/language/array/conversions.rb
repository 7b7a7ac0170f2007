# Implicit conversions, subclasses, frozen arrays.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

class Listlike
  def to_ary = [1, 2]
end

class Indexlike
  def to_int = 1
end

class Stack < Array
end

p [0] + Listlike.new # => [0, 1, 2]
p [[3, 4], Listlike.new].flatten # => [3, 4, 1, 2]
p [5, 6, 7][Indexlike.new] # => 6
p [5, 6, 7].first(Indexlike.new) # => [5]
p [1, 2] == Listlike.new # => false
p Array.try_convert(Listlike.new) # => [1, 2]
p Array.try_convert(1) # => nil
p Array(nil) # => []
p Array(1..3) # => [1, 2, 3]
p Array({ a: 1 }) # => [[:a, 1]]
s = Stack.new([1, 2, 3])
p s.class # => Stack
p s.map { |x| x }.class # => Array
p s[0, 2].class # => Array
p (s + [1]).class # => Array
p s.dup.class # => Stack
p s.to_a.class # => Array
p Stack[1, 2].class # => Stack
p s == [1, 2, 3] # => true
f = [1, [2]].freeze
p f.frozen? # => true
p err { f.push(1) } # => "FrozenError: can't modify frozen Array: [1, [2]]"
p err { f.clear } # => "FrozenError: can't modify frozen Array: [1, [2]]"
p err { f[0] = 1 } # => "FrozenError: can't modify frozen Array: [1, [2]]"
p f.dup.push(3) # => [1, [2], 3]
p f.clone.frozen? # => true
first, (second, *), *rest = 1, [2, 3], 4, 5
p [first, second, rest] # => [1, 2, [4, 5]]
p [*1..3, *nil, *[4]] # => [1, 2, 3, 4]
p [1, 2, 3].pack("C*") # => "\x01\x02\x03"
case [1, [2, 3]]
in [Integer => a, [b, *c]]
  found = [a, b, c]
end
p found # => [1, 2, [3]]
