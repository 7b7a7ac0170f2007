# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-optimize=1000 --jit-log
# stderr: loop at line 15: optimized
# stderr: loop at line 37: optimized
# stderr: method at line 48: optimized
# stderr: loop at line 54: optimized
# stderr-count: 0 another context
# What is hot is compiled while other threads are alive, and runs as fast: a loop under a sleeping
# thread, one in each of two threads that take turns, a method of theirs, and what runs under a time
# limit, which machine code keeps.
require "timeout"
def sum(n)
  i = sum = 0
  while i < n
    sum += i & 3
    i += 1
  end
  sum
end

# The least processor time of several runs.
def cost
  3.times.map do
    start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
    sum(20_000_000)
    Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - start
  end.min
end
sleeper = Thread.new { sleep }
Thread.pass until sleeper.stop?
among_others = cost
sleeper.kill.join
p among_others < 3 * cost                        # => true

def count(counts, mine)
  until counts[2]
    counts[mine] += 1
  end
end
counts = [0, 0, false]
two = [0, 1].map { |i| Thread.new { count(counts, i) } }
sleep 0.3
counts[2] = true
two.each(&:join)
p counts[0] < 5 * counts[1], counts[1] < 5 * counts[0] # => true
# => true

def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
p [0, 1].map { Thread.new { fib(21) } }.map(&:value) # => [10946, 10946]

def endless(seen)
  i = 0
  while true
    seen[0] = i
    i += 1
  end
end
seen = [0]
begin
  Timeout.timeout(0.2) { endless(seen) }
rescue Timeout::Error => e
  p e.message                                    # => "execution expired"
end
