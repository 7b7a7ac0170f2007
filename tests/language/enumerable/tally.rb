# tally counts equal elements, in a Hash of the program's if it is given one.
p %w[a b a].tally, [1, 1.0, 1, nil].tally, (1..4).each_slice(2).tally # => {"a" => 2, "b" => 1}
# => {1 => 2, 1.0 => 1, nil => 1}
# => {[1, 2] => 1, [3, 4] => 1}
text = +"key"
counts = [text, text].tally
p counts, counts.keys[0].frozen?, text.frozen? # => {"key" => 2}
# => true
# => false
p %i[a b].tally({ a: 4611686018427387903, c: 2**70 }) # => {a: 4611686018427387904, c: 1180591620717411303424, b: 1}
p [:a].tally({ a: 2**70 - 1 }), [5, 5].tally(Hash.new(7)) # => {a: 1180591620717411303424}
# => {5 => 2}
def error
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
p error { [:a].tally({ a: "1" }) } # => "TypeError: wrong argument type String (expected Integer)"
p error { [:a].tally({}.freeze) } # => "FrozenError: can't modify frozen Hash: {}"
p error { [:a].tally(1) } # => "TypeError: no implicit conversion of Integer into Hash"
class Odd
  def hash = raise("no hash")
end
p error { [1, Odd.new].tally } # => "RuntimeError: no hash"
class Same
  def hash = 1
  def eql?(_other) = true
end
p [Same.new, Same.new, Same.new].tally.values # => [3]
pairs = Class.new do
  include Enumerable
  def each
    yield 1, 2
    yield [1, 2]
  end
end
p pairs.new.tally # => {[1, 2] => 2}
