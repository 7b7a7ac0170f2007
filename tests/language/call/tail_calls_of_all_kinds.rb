# tail_calls: true
# Tail calls that pass a block, that initialize makes, that fail, and in threads and fibers. The
# deep ones are in tests/limits/tail_calls.rb.
def pass(x:, &b) = passed(x: x, &b)
def passed(x:, &b) = x == 0 ? b : pass(x: x - 1, &b)
p pass(x: 200) { :block }.call # => :block
def anonymous(n, &) = n == 0 ? yield : anonymous(n - 1, &)
p anonymous(200) { :anonymous } # => :anonymous
def symbol(n) = n == 0 ? list(1, 2, &:succ) : symbol(n - 1)
def list(*a, &b) = a.map(&b)
p symbol(200) # => [2, 3]
def forward(...) = forwarded(...)
def forwarded(n, *a, **k, &b) = n == 0 ? [a, k, b&.call] : forward(n - 1, *a, **k, &b)
p forward(200, 1, b: 2) { 7 } # => [[1], {b: 2}, 7]
p forward(200) # => [[], {}, nil]
def broken(n, &b) = n == 0 ? b.call : broken(n - 1, &b)
p broken(5) { break :out } # => :out
def wrong(n) = list(n, &n)
wrong(1) rescue puts $!.message # => no implicit conversion of Integer into Proc

class Made
  attr_reader :n
  def initialize(n) = set(n)
  def set(n) = (@n = n; :not_the_object)
end
p Made.new(1).n # => 1

def fails(n) = n == 0 ? fails(1, 2) : fails(n - 1)
begin
  fails(3)
rescue ArgumentError => e
  puts e.message # => wrong number of arguments (given 2, expected 1)
end

# A loop of tail calls lets other threads run, and ends when it is asked to.
def ping = pong
def pong = ping
t = Thread.new { ping }
Thread.pass
t.kill
p t.join.equal?(t) # => true
def fifty(n) = n == 50 ? n : fifty(n + 1)
f = Fiber.new { fifty(0) }
p f.resume # => 50
