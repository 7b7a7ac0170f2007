# Mutexes that a thread has when it ends are free, whatever their order; freeing goes in any order.
a, b, c = 3.times.map { Mutex.new }
p a.lock.equal?(a), a.try_lock, a.owned?, a.locked? # => true
# => false
# => true
# => true
b.lock
c.lock
a.unlock
p [a, b, c].map(&:locked?) # => [false, true, true]
c.unlock
b.unlock
Thread.new { [a, b, c].each(&:lock); b.unlock }.join
p [a, b, c].map(&:locked?) # => [false, false, false]
def error
  yield
rescue ThreadError => e
  e.message
end
a.lock
p error { a.lock }, Thread.new { error { a.unlock } }.value, error { b.unlock } # => "deadlock; recursive locking"
# => "Attempt to unlock a mutex which is locked by another thread/fiber"
# => "Attempt to unlock a mutex which is not locked"
a.unlock
p a.synchronize { [a.owned?, error { a.synchronize { 1 } }] }, a.locked? # => [true, "deadlock; recursive locking"]
# => false
p (a.synchronize { a.unlock; 5 }), a.locked? # => 5
# => false
p [1, 2].each { |x| a.synchronize { break x * 10 } }, a.locked? # => [1, 2]
# => false
p (begin; a.synchronize { raise "x" }; rescue => e; e.message; end), a.locked? # => "x"
# => false
order = []
a.lock
threads = 3.times.map { |i| Thread.new { a.synchronize { order << i } } }
Thread.pass until threads.all?(&:stop?)
a.unlock
threads.each(&:join)
p order # => [0, 1, 2]
