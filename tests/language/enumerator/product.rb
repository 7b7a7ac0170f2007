# Enumerator.product and Lazy's newer methods.
p Enumerator.product([1, 2], [3, 4]).to_a # => [[1, 3], [1, 4], [2, 3], [2, 4]]
p Enumerator.product([1, 2], [3, 4]).size # => 4
p Enumerator::Product.new(1..2, [:a]).to_a # => [[1, :a], [2, :a]]
p Enumerator.product.to_a # => [[]]
p (1..3).lazy.compact.to_a # => [1, 2, 3]
p (1..3).lazy.with_index.to_a # => [[1, 0], [2, 1], [3, 2]]
p (1..3).lazy.with_index(1).map { |x, i| x * i }.to_a # => [1, 4, 9]
p (1..3).lazy.tally # => {1 => 1, 2 => 1, 3 => 1}
p (1..3).lazy.eager # => #<Enumerator: #<Enumerator::Lazy: 1..3>:each>
