# Iterations as objects: internal, external, made, chained, lazy.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

e = [1, 2, 3].each
p [e.next, e.peek, e.next, e.next] # => [1, 2, 2, 3]
p err { e.next } # => "StopIteration: iteration reached an end"
e.rewind
p e.next # => 1
p e.size # => 3
p e # => #<Enumerator: [1, 2, 3]:each>
p [1, 2].each_with_index # => #<Enumerator: [1, 2]:each_with_index>
p "ab".each_char # => #<Enumerator: "ab":each_char>
p [1, 2].each_slice(2) # => #<Enumerator: [1, 2]:each_slice(2)>
p (1..3).each_cons(2) # => #<Enumerator: 1..3:each_cons(2)>
fib = Enumerator.new do |y|
  a, b = 0, 1
  loop { y << a; a, b = b, a + b }
end
p fib.take(8) # => [0, 1, 1, 2, 3, 5, 8, 13]
p fib.lazy.select(&:even?).first(4) # => [0, 2, 8, 34]
p fib.each_with_index.first(2) # => [[0, 0], [1, 1]]
p [fib.next, fib.next, fib.next] # => [0, 1, 1]
p Enumerator.new(3) { |y| y.yield 1, 2; y << 3 }.to_a # => [[1, 2], 3]
p Enumerator.new(3) { }.size # => 3
p Enumerator.produce(1) { |x| x * 2 }.take(5) # => [1, 2, 4, 8, 16]
p Enumerator.produce([1, 1]) { |a, b| [b, a + b] }.take(3) # => [[1, 1], [1, 2], [2, 3]]
p ([1, 2].each + [3]).to_a # => [1, 2, 3]
p [1, 2].chain([3], 4..5).to_a # => [1, 2, 3, 4, 5]
p ([1].each + [2]) # => #<Enumerator::Chain: [#<Enumerator: [1]:each>, [2]]>
o = Object.new
def o.each_pair_of(n)
  return to_enum(:each_pair_of, n) { n } unless block_given?
  n.times { |i| yield i, i + 1 }
end
p o.each_pair_of(2).to_a # => [[0, 1], [1, 2]]
p o.each_pair_of(5).size # => 5
p o.each_pair_of(2).with_index(1).to_a # => [[[0, 1], 1], [[1, 2], 2]]
p o.each_pair_of(2).next # => [0, 1]
p [1, 2, 3].map.with_index { |x, i| x * i } # => [0, 2, 6]
p [1, 2, 3].each.with_object([]).to_a.length # => 3
p [1, 2, 3].select.with_index { |x, i| i > 0 } # => [2, 3]
p [4, 5].each_with_index.with_index(10).to_a # => [[[4, 0], 10], [[5, 1], 11]]
g = (1..3).each_entry
p [g.next, g.next, g.next] # => [1, 2, 3]
r = []
loop do
  r << g.next
end
p r # => []
s = [1, 2].each
p loop { s.next } # => [1, 2]
l = (1..Float::INFINITY).lazy
p l # => #<Enumerator::Lazy: 1..Infinity>
p l.map { |x| x * 2 } # => #<Enumerator::Lazy: #<Enumerator::Lazy: 1..Infinity>:map>
p l.map { |x| x * 2 }.select { |x| x % 3 == 0 }.reject(&:odd?).first(2) # => [6, 12]
p l.take(3).to_a # => [1, 2, 3]
p l.take_while { |x| x < 4 }.to_a # => [1, 2, 3]
p l.drop(2).first(2) # => [3, 4]
p l.drop_while { |x| x < 5 }.first(1) # => [5]
p l.flat_map { |x| [x, -x] }.first(4) # => [1, -1, 2, -2]
p l.zip(l).first(2) # => [[1, 1], [2, 2]]
p l.each_with_index.first(2) # => [[1, 0], [2, 1]]
p l.filter_map { |x| x * 2 if x.even? }.first(2) # => [4, 8]
p l.uniq { |x| x % 3 }.first(3) # => [1, 2, 3]
p l.each_slice(2).first(2) # => [[1, 2], [3, 4]]
p l.chunk_while { |a, b| b % 3 != 0 }.first(2) # => [[1, 2], [3, 4, 5]]
p l.grep(2..4).first(3) # => [2, 3, 4]
p l.take(5).force # => [1, 2, 3, 4, 5]
p l.take(5).eager.class # => Enumerator
p (1..3).lazy.size # => 3
p (1..3).lazy.include?(2) # => true
p (1..20).step(5).to_a # => [1, 6, 11, 16]
p 1.step(10, 4).to_a # => [1, 5, 9]
p 10.step(1, -3).to_a # => [10, 7, 4, 1]
p 1.0.step(2.0, 0.5).to_a # => [1.0, 1.5, 2.0]
p 1.upto(3).to_a # => [1, 2, 3]
p 3.times.to_a # => [0, 1, 2]
p [1, 2, 3].each_entry.size # => 3
ee = [1, 2, 3].each
p ee.with_index(1).map { |x, i| x * i } # => [1, 4, 9]
z = [1, 2, 3].each
p [z.next_values, z.peek_values] # => [[1], [2]]
