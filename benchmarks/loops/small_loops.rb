# SPDX-License-Identifier: MIT
# Loops with small bodies, over Integers and over Floats. benchmarks/loops/compare runs them against
# the same in C (small_loops.c).
#
#   small_loops.rb [SIZE [ROUNDS]]
#
# prints `KIND SECONDS RESULT` for each round of each kind, in processor time. A round goes over SIZE
# elements CALLS times, and each time begins with what the time before has left. The bodies are such
# that no compiler makes a formula of a loop.
CALLS = 20
MASK = 1023

def each_integers(list, k, sum)
  list.each { |x| sum ^= x * k + (sum >> 3) }
  sum
end

def times_integers(n, k, sum)
  n.times { |i| sum ^= i * k + (sum >> 3) }
  sum
end

def while_integers(n, k, sum)
  i = 0
  while i < n
    sum ^= i * k + (sum >> 3)
    i += 1
  end
  sum
end

def inject_integers(list, k, first)
  list.inject(first) { |sum, x| sum ^ (x * k + (sum >> 3)) }
end

def chain_integers(list, k, first)
  list.map { |x| x * k ^ (x >> 3) }.select { |x| x & 1 == 0 }.sum + first
end

def each_floats(list, k, sum)
  list.each { |x| sum = sum * 0.5 + x * k }
  sum
end

def times_floats(n, k, sum)
  n.times { |i| sum = sum * 0.5 + i * k }
  sum
end

def while_floats(n, k, sum)
  x = 0.0
  while x < n
    sum = sum * 0.5 + x * k
    x += 1.0
  end
  sum
end

def inject_floats(list, k, first)
  list.inject(first) { |sum, x| sum * 0.5 + x * k }
end

def chain_floats(list, k, first)
  list.map { |x| x * k + 0.5 }.select { |x| x > 500.0 }.sum + first
end

# Time the rounds of a kind.
def measure(kind, rounds)
  rounds.times do
    begun = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
    result = yield
    seconds = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - begun
    puts format("%s %.9f %s", kind, seconds, result.is_a?(Integer) ? result : "%.17g" % result)
  end
end

# Call the block CALLS times, each time with what the call before has left; Integers are cut.
def repeat_integers(sum)
  CALLS.times { sum = yield sum & MASK }
  sum
end

def repeat_floats(sum)
  CALLS.times { sum = yield sum }
  sum
end

n = Integer(ARGV[0] || 100_000)
rounds = Integer(ARGV[1] || 150)
list = Array.new(n) { |i| i * i % 1009 }
measure(:each_integers, rounds) { repeat_integers(7) { |sum| each_integers(list, 31, sum) } }
measure(:times_integers, rounds) { repeat_integers(7) { |sum| times_integers(n, 31, sum) } }
measure(:while_integers, rounds) { repeat_integers(7) { |sum| while_integers(n, 31, sum) } }
measure(:inject_integers, rounds) { repeat_integers(7) { |sum| inject_integers(list, 31, sum) } }
measure(:chain_integers, rounds) { repeat_integers(7) { |sum| chain_integers(list, 31, sum) } }
list = list.map { |i| i + 0.25 }
measure(:each_floats, rounds) { repeat_floats(7.0) { |sum| each_floats(list, 1.5, sum) } }
measure(:times_floats, rounds) { repeat_floats(7.0) { |sum| times_floats(n, 1.5, sum) } }
measure(:while_floats, rounds) { repeat_floats(7.0) { |sum| while_floats(n.to_f, 1.5, sum) } }
measure(:inject_floats, rounds) { repeat_floats(7.0) { |sum| inject_floats(list, 1.5, sum) } }
measure(:chain_floats, rounds) { repeat_floats(7.0) { |sum| chain_floats(list, 1.5, sum) } }
