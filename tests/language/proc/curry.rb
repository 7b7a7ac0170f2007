# curry: arguments are collected until there are enough; what collects them is a lambda or a proc,
# as its origin is.
def error
  yield
rescue ArgumentError => e
  e.message
end

f = ->(a, b, c) { [a, b, c] }
g = f.curry
p g[1][2][3], g[1, 2][3], g.(1).(2, 3), g.lambda?, g.arity, g[1].lambda?
p error { g[1, 2, 3, 4] }, error { f.curry(4) }, error { f.curry(2) }
h = proc { |a, b| [a, b] }
p h.curry[1][2], h.curry(3)[1][2][3], h.curry.lambda?, h.curry[1, 2, 3], h.curry(1)[1], h.curry.arity
k = ->(a, b = 2, *c) { [a, b, c] }
p k.curry[1], k.curry(3)[1][2][3], error { k.curry(0) }, -> { 6 }.curry.class, ->(*a) { a }.curry(3)[1][2][3]
l = ->(a, b, &block) { block.call(a, b) }
p l.curry[1].call(2) { |x, y| x + y }
p 1.method(:+).curry[2], [1].method(:push).curry(2)[2][3], error { 1.method(:+).curry(2) }
p :+.to_proc.curry(2)[1][2]

# It calls the proc itself, whatever the program has made of Proc#call, and shows in no backtrace.
class Proc
  alias old_call call
  def call(*args) = [:mine, old_call(*args)]
end
p f.curry[1][2][3]
begin
  ->(a, b) { raise "x" }.curry[1][2]
rescue => e
  p e.backtrace.size
end
