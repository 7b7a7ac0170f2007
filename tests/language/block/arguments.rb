# How blocks, procs and lambdas take arguments apart.
def one = yield([1, 2])
def many = yield(1, 2, 3)
def hash = yield({ a: 1 })
def keys = yield(1, k: 2)

p one { |a| a } # => [1, 2]
p one { |a, b| [a, b] } # => [1, 2]
p one { |a, | a } # => 1
p one { |a, b, c| [a, b, c] } # => [1, 2, nil]
p one { |*a| a } # => [[1, 2]]
p one { |a, *b| [a, b] } # => [1, [2]]
p one { |(a, b), c| [a, b, c] } # => [1, nil, 2]
p many { |a| a } # => 1
p many { |a, b| [a, b] } # => [1, 2]
p many { |a, *b| [a, b] } # => [1, [2, 3]]
p many { |a, b = 5, *c, d| [a, b, c, d] } # => [1, 2, [], 3]
p keys { |a, k: 0| [a, k] } # => [1, 2]
p [[1, [2, 3]]].map { |a, (b, c)| [a, b, c] } # => [[1, 2, 3]]
p [[1, 2], [3, 4]].map { _1 + _2 } # => [3, 7]
p [1, 2].map { _1 * 2 } # => [2, 4]
p proc { |a, b = 2| [a, b] }.call([7]) # => [7, 2]
p lambda { |a, b = 2| [a, b] }.call([7]) # => [[7], 2]
p proc { |x| x }.call(1, 2) # => 1
p [[1, 2]].each_with_index.map { |(a, b), i| [a, b, i] } # => [[1, 2, 0]]
p({ a: 1 }.map { |k, v| [k, v] }) # => [[:a, 1]]
p proc { |a, (b, *c), d| }.parameters.length # => 3
p proc { |a, b = 1, *c, d:, e: 1, **f, &g| }.parameters # => [[:opt, :a], [:opt, :b], [:rest, :c], [:keyreq, :d], [:key, :e], [:keyrest, :f], [:block, :g]]
p lambda { |a, b = 1, *c, d:, e: 1, **f, &g| }.parameters # => [[:req, :a], [:opt, :b], [:rest, :c], [:keyreq, :d], [:key, :e], [:keyrest, :f], [:block, :g]]
p proc { |x| }.arity # => 1
p proc { |x, y| }.arity # => 2
p proc { |*x| }.arity # => -1
p lambda { |x, y = 1| }.arity # => -2
p proc { |x, y = 1| }.arity # => 1
p lambda { |x, k: 1| }.arity # => -2
p lambda { |x, k:| }.arity # => 2
x = 10
[1].each { |i; x| x = i }
p x # => 10
