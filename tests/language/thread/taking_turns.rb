# A thread that keeps the processor busy is preempted, wherever it loops: by those that want to run,
# by one whose sleep is over, by one whose input has come, and by what is raised in it.
require "timeout"

# Loops that never pass control on by themselves.
def wait_by_while(seen)
  n = 0
  n += 1 while seen.empty?
  true
end

def wait_by_block(seen)
  1.step { return true unless seen.empty? }
end

def wait_by_call(seen) = seen.empty? ? wait_a_little(seen, 40) && wait_by_call_again(seen) : true
def wait_a_little(seen, n) = n == 0 || wait_a_little(seen, n - 1)

def wait_by_call_again(seen)
  loop { return true if wait_a_little(seen, 20) && !seen.empty? }
end

# Long pieces of core code between two looks.
def wait_by_sums(seen)
  list = Array.new(3000) { |i| i }
  list.sum + list.inject(:+) + list.count(7) while seen.empty?
  true
end

%i[wait_by_while wait_by_block wait_by_call wait_by_sums].each do |waits|
  seen = []
  other = Thread.new { seen << 1 }
  p [waits, send(waits, seen), other.join.equal?(other)]
end
# => [:wait_by_while, true, true]
# => [:wait_by_block, true, true]
# => [:wait_by_call, true, true]
# => [:wait_by_sums, true, true]

# a sleeper
seen = []
sleeper = Thread.new { 3.times { sleep 0.01; seen << :slept } }
n = 0
n += 1 until seen.size == 3
p sleeper.join.alive?                           # => false

# one that waits for input which comes while nobody sleeps
reader, writer = IO.pipe
seen = []
reads = Thread.new { seen << reader.gets }
Thread.pass until reads.stop?
writer.puts "input"
p wait_by_while(seen), seen                     # => true
# => ["input\n"]

# several busy ones: each has its turns, as often as the others that are looked at
counts = [0, 0, 0]
ends = false
busy = 3.times.map { |i| Thread.new { counts[i] += 1 until ends } }
5.times { before = counts.dup; sleep 0.001 until 3.times.all? { |i| counts[i] > before[i] } }
ends = true
p busy.each(&:join).size                        # => 3

# locks are kept by a thread that is preempted while it has them
lock = Mutex.new
total = 0
adding = 4.times.map do
  Thread.new do
    20.times do
      lock.synchronize do
        before = total
        wait = 0
        wait += 1 while wait < 3_000
        total = before + 1
      end
    end
  end
end
adding.each(&:join)
p total                                         # => 80

# what is handed over arrives, in order
queue, done = SizedQueue.new(3), Queue.new
consumer = Thread.new { while (x = queue.pop) do done << x * 2 end }
200.times { |i| queue << i }
queue << nil
consumer.join
p done.size, Array.new(200) { done.pop } == (0...200).map { |i| i * 2 } # => 200
# => true

# one that waits for a condition, others that make it true
changed, level = ConditionVariable.new, 0
waits = Thread.new { lock.synchronize { changed.wait(lock) while level < 5; level } }
5.times { lock.synchronize { level += 1; changed.signal } }
p waits.value                                   # => 5

# time limits
def endless
  n = 0
  $begun = true
  n += 1 while true
end
begin
  Timeout.timeout(0.05) { endless }
rescue Timeout::Error => e
  p e.message                                   # => "execution expired"
end
p Timeout.timeout(10) { endless if false; :in_time } # => :in_time
begin
  Timeout.timeout(5) { Timeout.timeout(0.02) { 1.step { |i| i } } }
rescue Timeout::Error
  p :inner                                      # => :inner
end

# raise and kill
$begun = false
victim = Thread.new { endless }
Thread.pass until $begun
victim.raise(IOError, "enough")
victim.report_on_exception = false
p((victim.value rescue [$!.class, $!.message])) # => [IOError, "enough"]
$begun = false
victim = Thread.new { begin; endless; ensure; $after = :ensured; end }
Thread.pass until $begun
p victim.kill.join.equal?(victim), $after       # => true
# => :ensured

# a signal goes to the main thread, whoever runs
trap(:USR1) { raise Interrupt, "signal in #{Thread.current == Thread.main}" }
busy = Thread.new { endless }
sender = Thread.new { sleep 0.02; Process.kill(:USR1, Process.pid) }
begin
  sleep
rescue Interrupt => e
  p e.message                                   # => "signal in true"
end
busy.kill
sender.join
p busy.join.status                              # => false

# Core code that calls no block of the program, and never ends: others run meanwhile, and end it
class Halt < StandardError; end
def count_for_ever
  $begun = true
  (1..).count(-1)
rescue Halt, Timeout::Error
  $!.class
end
p Timeout.timeout(0.1, Halt) { count_for_ever }  # => Halt
main = Thread.current
turns = 0
other = Thread.new do
  3.times { turns += 1; Thread.pass }
  main.raise(Halt)
end
p count_for_ever, turns, other.join.alive?      # => Halt
# => 3
# => false

# A signal is handled by the main thread, which waits for one that runs
$begun = false
endless = Thread.new { count_for_ever }
trap("USR1") { $signalled = Thread.current; endless.raise(Halt) }
Thread.pass until $begun
killer = spawn("sleep 0.2; kill -USR1 #{Process.pid}")
p endless.value, $signalled.equal?(main), Process.wait(killer).equal?(killer) # => Halt
# => true
# => true
