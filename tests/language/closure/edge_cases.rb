# SPDX-License-Identifier: MIT
# Closures and the variables they capture: the edge cases of sharing, lifetime and nesting.

# Several variables from several levels.
def levels(a)
  b = a * 10
  [1, 2].map do |c|
    d = c * 100
    lambda do |e|
      f = e + 1
      [3, 4].map { |g| -> { a += 1; f += 1; [a, b, c, d, e, f, g] } }
    end
  end
end
first, second = levels(1)
p first.call(5).map(&:call) # => [[2, 10, 1, 100, 5, 7, 3], [3, 10, 1, 100, 5, 8, 4]]
p second.call(7).map(&:call) # => [[4, 10, 2, 200, 7, 9, 3], [5, 10, 2, 200, 7, 10, 4]]
p first.call(6).reverse.map(&:call) # => [[6, 10, 1, 100, 6, 8, 4], [7, 10, 1, 100, 6, 9, 3]]

# A closure returned from a closure returned from a closure.
curried = ->(a) { ->(b) { ->(c) { ->(d) { [a, b, c, d] } } } }
p curried[1][2][3][4] # => [1, 2, 3, 4]
half = curried[1][2]
p half[:x][:y], half[:z][:w] # => [1, 2, :x, :y]
# => [1, 2, :z, :w]
compose = ->(f, g) { ->(x) { g[f[x]] } }
twice = ->(f) { compose[f, f] }
p twice[twice[->(x) { x + 3 }]][0] # => 12
def make_counter(start)
  count = start
  { up: -> { count += 1 }, down: -> { count -= 1 }, get: -> { count }, nest: -> { -> { count *= 2 } } }
end

# Several closures share one variable; another activation has its own.
a = make_counter(10)
b = make_counter(20)
3.times { a[:up].call }
b[:down].call
double = a[:nest].call
double.call
p a[:get].call, b[:get].call # => 26
# => 19
double.call
p a[:up].call, b[:up].call # => 53
# => 20

# A variable lives on after its frame ended, also the parameters and the block.
def keep(x, *rest, k: 0, **others, &block)
  y = x
  [-> { x += 1 }, -> { [x, y, rest, k, others, block&.call] }]
end
change, read = keep(1, 2, 3, k: 4, z: 5) { :from_block }
change.call
change.call
p read.call # => [3, 1, [2, 3], 4, {z: 5}, :from_block]
def deep_frame(n, kept)
  local = n
  kept << -> { local += 1 }
  n.zero? ? kept : deep_frame(n - 1, kept)
end
p deep_frame(5, []).map(&:call) # => [6, 5, 4, 3, 2, 1]
p deep_frame(5, []).each(&:call).map(&:call) # => [7, 6, 5, 4, 3, 2]

# A change inside is seen outside, at once, and the other way round.
x = 1
see = -> { x }
set = ->(v) { x = v }
p see.call # => 1
x = 2
p see.call # => 2
set.call(3)
p x # => 3
[10, 20].each { |v| x += v }
p x, see.call # => 33
# => 33
1.times { 1.times { 1.times { x = :deep } } }
p see.call # => :deep
x = [x]
x << see
p x[1].call.equal?(x) # => true

# Loop variables: one for a while or for loop, one each round for a block.
procs = []
i = 0
while i < 3
  inner = i
  procs << -> { [i, inner] }
  i += 1
end
p procs.map(&:call) # => [[3, 2], [3, 2], [3, 2]]
procs = []
for v in 1..3 do procs << -> { v } end
p procs.map(&:call), v # => [3, 3, 3]
# => 3
procs = []
3.times { |n| m = n; procs << -> { m += 10; [n, m] } }
p procs.map(&:call), procs.map(&:call) # => [[0, 10], [1, 11], [2, 12]]
# => [[0, 20], [1, 21], [2, 22]]
procs = []
(1..2).each { |n| local = nil if false; procs << -> { local = [local, n] } }
p procs.map(&:call), procs.map(&:call) # => [[nil, 1], [nil, 2]]
# => [[[nil, 1], 1], [[nil, 2], 2]]
procs = []
loop do
  round = procs.size
  procs << ->(by = 0) { round += by }
  break if procs.size == 3
end
procs[1].call(100)
p procs.map(&:call) # => [0, 101, 2]
1.step(5, 2) { |s| procs << -> { s } }
p procs.last(3).map(&:call) # => [1, 3, 5]
procs = []
redone = 0
[1, 2].each do |n|
  fresh = n
  redone += 1
  procs << -> { [n, fresh] }
  n += 10
  redo if redone == 1
end
p procs.map(&:call) # => [[21, 11], [21, 11], [12, 2]]

# Recursive functions and closures that make closures.
def tree(depth, path = [])
  return [-> { path }] if depth.zero?
  tree(depth - 1, path + [:l]) + tree(depth - 1, path + [:r])
end
p tree(2).map(&:call) # => [[:l, :l], [:l, :r], [:r, :l], [:r, :r]]
fact = ->(n) { n < 2 ? 1 : n * fact[n - 1] }
p fact[20] # => 2432902008176640000
even = ->(n) { n.zero? || odd[n - 1] }
odd = ->(n) { n.zero? ? false : even[n - 1] }
p((even[7] rescue $!.class)) # => NameError
odd = nil
even = ->(n) { n.zero? || odd[n - 1] }
odd = ->(n) { n.zero? ? false : even[n - 1] }
p even[8] # => true
def sums(n) = n.zero? ? ->(x) { x } : (inner = sums(n - 1); ->(x) { inner[x] + n })
p sums(50)[0] # => 1275
y = ->(f) { ->(g) { g[g] }[->(g) { f[->(v) { g[g][v] }] }] }
p y[->(me) { ->(n) { n < 2 ? n : me[n - 1] + me[n - 2] } }][15] # => 610

# Parameters shadow, block locals too; assignment without them reaches outside.
n = 1
[5].each { |n| n += 1 }
p n # => 1
[5].each { |q; n| n = q }
p n # => 1
[5].each { |q| n = q }
p n # => 5
->(n) { n = 9 }.call(0)
p n # => 5
shadow = ->(n) { -> { n += 1 } }.call(1)
p shadow.call, shadow.call, n # => 2
# => 3
# => 5
def no_capture = defined?(n).inspect
p no_capture # => "nil"
block_own = proc { fresh_one = (fresh_one || 0) + 1 }
p block_own.call, block_own.call # => 1
# => 1
