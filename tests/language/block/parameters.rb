# SPDX-License-Identifier: MIT
# Parameters of blocks, procs and lambdas in every shape: arity, lambda?, parameters and binding.
def shape(f) = [f.arity, f.lambda?, f.parameters]
p shape(proc { }), shape(proc { || }), shape(proc { |a| }), shape(proc { |a, | }) # => [0, false, []]
# => [0, false, []]
# => [1, false, [[:opt, :a]]]
# => [1, false, [[:opt, :a]]]
p shape(proc { |a, b| }), shape(proc { |a, b = 1| }), shape(proc { |a = 1| }), shape(proc { |*a| })
# => [2, false, [[:opt, :a], [:opt, :b]]]
# => [1, false, [[:opt, :a], [:opt, :b]]]
# => [0, false, [[:opt, :a]]]
# => [-1, false, [[:rest, :a]]]
p shape(proc { |a, *b, c| }), shape(proc { |(a, b), c| }), shape(proc { |k:| }), shape(proc { |k: 1| })
# => [-3, false, [[:opt, :a], [:rest, :b], [:opt, :c]]]
# => [2, false, [[:opt], [:opt, :c]]]
# => [1, false, [[:keyreq, :k]]]
# => [0, false, [[:key, :k]]]
p shape(proc { |a, k:| }), shape(proc { |**o| }), shape(proc { |a, &b| }), shape(proc { |*| }), shape(proc { |a; b, c| })
# => [2, false, [[:opt, :a], [:keyreq, :k]]]
# => [0, false, [[:keyrest, :o]]]
# => [1, false, [[:opt, :a], [:block, :b]]]
# => [-1, false, [[:rest, :*]]]
# => [1, false, [[:opt, :a]]]
p shape(lambda { }), shape(->() { }), shape(->(a) { }), shape(->(a, b = 1) { }), shape(->(a = 1, b = 2) { }) # => [0, true, []]
# => [0, true, []]
# => [1, true, [[:req, :a]]]
# => [-2, true, [[:req, :a], [:opt, :b]]]
# => [-1, true, [[:opt, :a], [:opt, :b]]]
p shape(->(*a) { }), shape(->(a, *b, c) { }), shape(->(k:) { }), shape(->(k: 1) { }), shape(->(a, k:, l: 1) { })
# => [-1, true, [[:rest, :a]]]
# => [-3, true, [[:req, :a], [:rest, :b], [:req, :c]]]
# => [1, true, [[:keyreq, :k]]]
# => [-1, true, [[:key, :k]]]
# => [2, true, [[:req, :a], [:keyreq, :k], [:key, :l]]]
p shape(->(**o) { }), shape(->(a, **nil) { }), shape(->((a, b), c) { }), shape(->(a, b = 1, *c, d, e:, f: 1, **g, &h) { })
# => [-1, true, [[:keyrest, :o]]]
# => [1, true, [[:req, :a], [:nokey]]]
# => [2, true, [[:req], [:req, :c]]]
# => [-4, true, [[:req, :a], [:opt, :b], [:rest, :c], [:req, :d], [:keyreq, :e], [:key, :f], [:keyrest, :g], [:block, :h]]]
p shape(proc { _1 }), shape(proc { _2 }), shape(-> { _1 }), shape(-> { [_1, _3] }), shape(:sym.to_proc), shape(1.method(:+).to_proc)
# => [1, false, [[:opt, :_1]]]
# => [2, false, [[:opt, :_1], [:opt, :_2]]]
# => [1, true, [[:req, :_1]]]
# => [3, true, [[:req, :_1], [:req, :_2], [:req, :_3]]]
# => [-2, true, [[:req], [:rest]]]
# => [1, true, [[:req]]]
p shape(proc(&->(a) { })), shape(define_singleton_method(:dm) { |a| }.then { method(:dm).to_proc }) # => [1, true, [[:req, :a]]]
# => [1, true, [[:req, :a]]]

# Procs are lenient, lambdas are strict; procs take one array apart, lambdas never.
def try = yield rescue $!.message
two = proc { |a, b| [a, b] }
p two[], two[1], two[1, 2, 3], two[[1, 2]], two[[1, 2], 3], two[nil], two.(*[1, 2]), two.yield([5]), two === [6, 7] # => [nil, nil]
# => [1, nil]
# => [1, 2]
# => [1, 2]
# => [[1, 2], 3]
# => [nil, nil]
# => [1, 2]
# => [5, nil]
# => [6, 7]
strict = ->(a, b) { [a, b] }
p try { strict[] }, try { strict[1] }, strict[1, 2], try { strict[1, 2, 3] }, try { strict[[1, 2]] }
# => "wrong number of arguments (given 0, expected 2)"
# => "wrong number of arguments (given 1, expected 2)"
# => [1, 2]
# => "wrong number of arguments (given 3, expected 2)"
# => "wrong number of arguments (given 1, expected 2)"
opt = ->(a, b = a + 1, *c, d) { [a, b, c, d] }
p try { opt[1] }, opt[1, 2], opt[1, 2, 3], opt[1, 2, 3, 4], opt[1, 2, 3, 4, 5] # => "wrong number of arguments (given 1, expected 2+)"
# => [1, 2, [], 2]
# => [1, 2, [], 3]
# => [1, 2, [3], 4]
# => [1, 2, [3, 4], 5]
lenient = proc { |a, b = 9, *c, d| [a, b, c, d] }
p lenient[], lenient[1], lenient[1, 2], lenient[1, 2, 3], lenient[[1, 2, 3, 4]], lenient[[[1, 2]]] # => [nil, 9, [], nil]
# => [1, 9, [], nil]
# => [1, 9, [], 2]
# => [1, 2, [], 3]
# => [1, 2, [3], 4]
# => [[1, 2], 9, [], nil]
keys = ->(a, k:, l: k + 1, **o) { [a, k, l, o] }
p keys[1, k: 2], keys[1, k: 2, l: 0, z: 5], try { keys[1] }, try { keys[k: 1] }, keys[1, **{ k: 3 }], try { keys[1, { k: 3 }] }
# => [1, 2, 3, {}]
# => [1, 2, 0, {z: 5}]
# => "missing keyword: :k"
# => "wrong number of arguments (given 0, expected 1; required keyword: k)"
# => [1, 3, 4, {}]
# => "wrong number of arguments (given 2, expected 1; required keyword: k)"
p try { ->(a, **nil) { a }[1, k: 2] }, ->(a) { a }[k: 2], try { ->(k: 1) { k }[{ k: 2 }] }, proc { |a, k: 1| [a, k] }[{ k: 2 }]
# => "no keywords accepted"
# => {k: 2}
# => "wrong number of arguments (given 1, expected 0)"
# => [{k: 2}, 1]
p proc { |a, k: 1| [a, k] }[[1, { k: 2 }]], proc { |a, **o| [a, o] }[[1, 2]], proc { |a, b, **o| [a, b, o] }[[1, 2]] # => [[1, {k: 2}], 1]
# => [[1, 2], {}]
# => [1, 2, {}]

# A single array is taken apart only where more than one parameter could take its elements.
list = [1, [2, 3]]
p proc { |a| a }[list], proc { |a, | a }[list], proc { |a, *| a }[list], proc { |*a| a }[list], proc { |*a, b| [a, b] }[list]
# => [1, [2, 3]]
# => 1
# => 1
# => [[1, [2, 3]]]
# => [[1], [2, 3]]
p proc { |a, (b, c)| [a, b, c] }[list], proc { |(a, b)| [a, b] }[list], proc { |a = 5| a }[list], proc { |a = 5, b = 6| [a, b] }[list]
# => [1, 2, 3]
# => [1, [2, 3]]
# => [1, [2, 3]]
# => [1, [2, 3]]
p proc { |a, b: 1| a }[list], proc { |a, **b| a }[list], proc { |a, &b| a }[list], proc { |(a, (b, *c), d), e| [a, b, c, d, e] }[[[1, [2, 3, 4], 5], 6]]
# => [1, [2, 3]]
# => [1, [2, 3]]
# => [1, [2, 3]]
# => [1, 2, [3, 4], 5, 6]
like = Object.new
def like.to_ary = [7, 8]
bad = Object.new
def bad.to_ary = 5
none = Object.new
def none.to_ary = nil
p two[like], proc { |a| a.equal?(like) }[like], (two[bad] rescue $!.class), two[none][0].equal?(none) # => [7, 8]
# => true
# => TypeError
# => true
p proc { |(a, b)| [a, b] }[like, 1], ->((a, b)) { [a, b] }[like], ->((a, *b), c) { [a, b, c] }[[1, 2, 3], 4] # => [7, 8]
# => [7, 8]
# => [1, [2, 3], 4]

# Defaults see the parameters on their left and the outside; they run at each call.
n = 0
count = proc { |a = (n += 1), b = (a * 10), k: (b + n)| [a, b, k] }
p count[], count[5], count[], count[1, 2, k: 3], n # => [1, 10, 11]
# => [5, 50, 51]
# => [2, 20, 22]
# => [1, 2, 3]
# => 2
p proc { |a, b = a.size, c = b| [a, b, c] }["abc"], ->(a = (b = 5; b + 1)) { [a, b] }[], ->(a = (b = 5; b + 1)) { [a, b] }[1]
# => ["abc", 3, 3]
# => [6, 5]
# => [1, nil]
p ->(a, b = binding.local_variable_get(:a)) { b }[4], ->(x = ->(y = 3) { y }) { x[] }[] # => 4
# => 3

# Numbered parameters nest in blocks with named ones; block-locals start as nil.
p [[1, 2], [3, 4]].map { |a| a.map { _1 * 2 } }, [1, 2].each_with_index.map { _1 * _2 }, [[1, [2]]].map { _2 } # => [[2, 4], [6, 8]]
# => [0, 2]
# => [[2]]
p [3].each { |x; y| p [x, y]; y = x } # => [3, nil]
# => [3]
y = :kept
p [1, 2].map { |x; y| y = [y, x] }, y # => [[nil, 1], [nil, 2]]
# => :kept
p (1..3).each_with_object([]) { _2.unshift(_1) }, -> { _1 + _2 }[1, 2], proc { [_1, _2] }[[1]] # => [3, 2, 1]
# => 3
# => [1, nil]

# curry, ===, >>, <<, ruby2_keywords and to_proc.
add = ->(a, b, c) { a + b + c }
p add.curry[1][2][3], add.curry[1, 2][3], add.curry.(1).(2, 3), proc { |a, b| [a, b] }.curry[1][2], ->(*a) { a }.curry(2)[1][2] # => 6
# => 6
# => 6
# => [1, 2]
# => [1, 2]
p (try { add.curry(2) }), (add >> ->(x) { x * 2 })[1, 2, 3], (->(x) { x + 1 } << ->(x) { x * 10 })[2], (:upcase.to_proc >> :to_sym.to_proc)["a"]
# => "wrong number of arguments (given 2, expected 3)"
# => 12
# => 21
# => :A
p case 5 when ->(x) { x > 4 } then :big end, %w[a b].each_with_index.map(&:*), [[1, 2]].map(&:sum), { a: 1 }.map(&:first) # => :big
# => ["", "b"]
# => [3]
# => [:a]
