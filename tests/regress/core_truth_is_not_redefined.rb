# What a program makes of `!` and `nil?` does not change what the library does.
class Object
  def ! = self
end
class NilClass
  def nil? = false
  def ! = self
end
p %w[a b].grep(/b/) # => ["b"]
p (1..).lazy.map { |i| i * 2 }.first(2) # => [2, 4]
e = Enumerator.new { |y| y << 1; y.yield 2, 3 }
p e.next, e.next
# => 1
# => [2, 3]
P = Struct.new(:a, :b) do
  def foo = a
end
p P.new(1, 2).foo # => 1
p [3, nil, 1].compact.sort # => [1, 3]
