# SPDX-License-Identifier: MIT
# Closures: lambdas that are made, kept and called after their scope has ended; variables that two of
# them share; lambdas that call lambdas.
require_relative "../harness"

def adder(amount)
  ->(x) { x + amount }
end

def compose(f, g)
  ->(x) { g.call(f.call(x)) }
end

# Return two lambdas over one variable: one counts up, one reads.
def counter(start)
  count = start
  [-> { count += 1 }, -> { count }]
end

# Return a lambda that adds 0 + 1 + ... + 5.
def chain
  (1..5).map { |amount| adder(amount) }.reduce(adder(0)) { |f, g| compose(f, g) }
end

def sum_of_calls(size)
  increment, read = counter(0)
  add_fifteen = chain
  sum = 0
  size.times do |i|
    increment.()
    sum += add_fifteen.(i) + adder(i).(1)
    up, current = counter(i)
    up.()
    sum -= current.()
  end
  sum + read.()
end

# Each step adds i + 15, then i + 1, and takes i + 1 away; the counter has counted the steps.
def expected_sum(size)
  size * (size - 1) / 2 + 15 * size + size
end

benchmark(200000, ->(size) { sum_of_calls(size) },
          ->(size, result) { result == expected_sum(size) })
