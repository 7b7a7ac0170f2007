# SPDX-License-Identifier: MIT
# Lambdas that hot loops make, call and let go: what they share with the scope they stand in, how
# they are left, and who may call them how.
def adder(n)
  ->(x) { x + n }
end
def run(n)
  sum = 0
  n.times do |i|
    f = adder(i)
    g = ->(y) { f.call(y) * 2 + i }
    sum += g.(1)
    i += 1
    sum -= g.(1)
    sum += f[3]
  end
  sum
end
p run(300) # => 45450
def wh(n)
  total = 0
  k = 0
  inc = -> { total += k }
  while k < n
    inc.call
    k += 1
    total -= 1 if k % 3 == 0
  end
  [total, k]
end
p wh(500) # => [124584, 500]
# binding of block
def bind(n)
  procs = []
  n.times { |i| j = i * 2; procs << -> { j += 1; [i, j, n] } }
  procs.map(&:call).last + procs.map { |q| q.binding.local_variable_get(:j) }.last(2)
end
p bind(40) # => [39, 79, 40, 77, 79]
# return from lambda, break, next
def lam(n)
  t = 0
  i = 0
  while i < n
    f = ->(x) { return x * 2 if x.even?; next x if x % 3 == 0; [1,2,3].each { |z| return z if z == 2 }; 5 }
    t += f.(i)
    g = lambda { |x| break x + 1 if x > 3; x }
    t += g.(i)
    i += 1
  end
  t
end
p lam(200) # => 43297
# escaping and later write
def esc(n)
  last = nil
  i = 0
  while i < n
    c = 0
    up = -> { c += 1 }
    up.()
    c += 10
    up.()
    last = [up, -> { c }]
    raise "bad #{c}" unless c == 12 || i > 0
    i += 1
  end
  last[0].()
  last[1].()
end
p esc(100) # => 13
fact = ->(n) { n < 2 ? 1 : n * fact.(n - 1) }
100.times { fact.(10) }
p fact.(20) # => 2432902008176640000
fib = ->(n) { n < 2 ? n : fib.(n-1) + fib.(n-2) }
p fib.(18) # => 2584
curry = ->(a) { ->(b) { ->(c) { a + b * c } } }
s = 0
300.times { |i| s += curry.(i).(i + 1).(2) }
p s # => 135150
def yielder(n)
  n.times { |i| yield i, ->(x) { x + i } }
end
s = 0
yielder(200) { |i, f| s += f.(i) }
p s # => 39800
def mk(kind, &b) = kind == :l ? lambda(&b) : b
q = proc { |a, b| [a, b] }
l = lambda { |a, b = 3| [a, b] }
r = []
60.times { |i| r << q.([i, 2]) << l.(i) << q.(i) }
p r.last(3) # => [[59, 2], [59, 3], [59, nil]]
p r.length # => 180
begin
  60.times { |i| (i == 50 ? ->(x) { x } : ->(x, y = 1) { x }).call(*[1] * (i == 50 ? 2 : 1)) }
rescue ArgumentError => e
  p e.message # => "wrong number of arguments (given 2, expected 1)"
end
