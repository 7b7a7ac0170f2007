# Fibers that hand over to each other, that are raised into, and what each refuses.
def try
  yield
rescue FiberError, RuntimeError, ArgumentError, LocalJumpError, UncaughtThrowError => e
  puts "#{e.class}: #{e.message}"

end

# transfer: control goes to and fro without a resumer
a = b = nil
log = []
a = Fiber.new do |x|
  log << [:a, x]
  y = b.transfer(x + 1)
  log << [:a_again, y]
  :end_of_a
end
b = Fiber.new do |x|
  log << [:b, x]
  a.transfer(x + 1)
  log << :never
end
p a.transfer(1), log

try { a.transfer }
try { a.resume }
try { b.resume }
p a.alive?, b.alive?

p Fiber.new { |*all| all }.transfer(1, 2), Fiber.new { |*all| all }.transfer

# to the fiber that is running: the values come back
p Fiber.new { Fiber.current.transfer(:self) }.resume
require "fiber"
c = Fiber.new { Fiber.yield 1 }
c.resume
try { c.transfer }
try { Fiber.yield }
outer = Fiber.new { inner = Fiber.new { outer.transfer }; try { inner.resume } }
outer.resume
back = Fiber.current
d = Fiber.new { back.transfer(:first); back.transfer(:second) }
p d.transfer, d.transfer

e = Fiber.new { Fiber.yield 1 }
try { e.transfer }

# raise: the exception appears where the fiber waits
f = Fiber.new do
  begin
    Fiber.yield :waiting
  rescue ArgumentError => error
    Fiber.yield [:rescued, error.message]
  ensure
    log << :ensured
  end
end
p f.resume, f.raise(ArgumentError, "from outside")

try { f.raise("again") }
p f.alive?, log.last

try { f.raise("dead") }
try { f.resume }
try { Fiber.new {}.raise("unborn") }
g = Fiber.new { begin; Fiber.current.raise("own"); rescue => error; error.message; end }
p g.resume
h = Fiber.new { Fiber.yield }
h.resume
try { h.raise(RuntimeError.new("given"), "other words") }

# what leaves a fiber without an answer is an error where it was resumed
k = Fiber.new { raise ArgumentError, "inside" }
try { k.resume }
try { k.resume }
catch(:tag) { try { Fiber.new { throw :tag }.resume } }
pr = proc { |n| next n + 1 }
p Fiber.new(&pr).resume(4)
def breaks = Fiber.new { break 1 }.resume
try { breaks }
def returns = Fiber.new { return 1 }.resume
try { returns }
try { Fiber.new { Fiber.new { raise "deep" }.resume }.resume }

# a fiber is set up once, and before it is used
try { Fiber.new { 1 }.send(:initialize) { 2 } }
try { Fiber.allocate.resume }
try { Fiber.allocate.transfer }
try { Fiber.allocate.raise("x") }
