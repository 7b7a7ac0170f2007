# SPDX-License-Identifier: MIT
# Fibers, threads and signals that switch inside hot loops.
f = Fiber.new { i = 0; loop { i += 1; Fiber.yield i * 2 } }
t = 0
30.times { t += f.resume }
p t
en = Enumerator.new { |y| a, b = 0, 1; loop { y << a; a, b = b, a + b } }
p en.take(30).last, en.lazy.select(&:even?).first(5)
ths = 4.times.map { |k| Thread.new { s = 0; 2000.times { |i| s += i * k; Thread.pass if i % 100 == 0 }; s } }
p ths.map(&:value)
q = Queue.new
th = Thread.new { r = 0; while (v = q.pop); r += v; end; r }
100.times { |i| q << i }
q << nil
p th.value
got = 0
trap("USR1") { got += 1 }
n = 0
while got < 3 && n < 10_000_000
  Process.kill("USR1", Process.pid) if n % 1000 == 0
  n += 1
end
p got
g = Fiber.new { 20.times { |i| Fiber.yield i if i % 3 == 0 }; :end }
p 8.times.map { g.resume }
ab = Fiber.new { 100.times { |i| Fiber.yield i } }
5.times { ab.resume }
ab = nil
s = 0
100.times { |i| s += i }
p s
mx = Mutex.new
c = 0
5.times.map { Thread.new { 200.times { mx.synchronize { c += 1 } } } }.each(&:join)
p c
th = Thread.new { i = 0; loop { i += 1 } }
sleep 0.05
th.kill
p th.join.class
th = Thread.new { begin; i = 0; loop { i += 1 }; rescue => e; e.message; end }
sleep 0.05
th.raise("hey")
p th.value
