# SPDX-License-Identifier: MIT
# Exceptions: begin blocks that nothing leaves, raise and rescue in one method and across five calls,
# classes that don't match, ensure, retry, errors of the library, and a raise out of a block.
require_relative "../harness"

class Refused < StandardError
  attr_reader :amount

  def initialize(amount)
    super("refused")
    @amount = amount
  end
end

class Other < StandardError
end

# Raise with the amount after `depth` more calls, each with an ensure that counts.
def descend(depth, amount, log)
  raise Refused.new(amount) if depth == 0

  descend(depth - 1, amount, log)
ensure
  log[0] += 1
end

# Rescue across calls; the inner rescue is of another class.
def across_calls(amount, log)
  begin
    descend(4, amount, log)
  rescue Other
    -1
  end
rescue Refused => error
  error.amount
end

# Enter and leave a begin block in which nothing is raised.
def undisturbed(amount)
  begin
    amount + 1
  rescue Refused
    0
  else
    amount + 2
  ensure
    amount
  end
end

# Fail twice, then succeed.
def persistent(amount)
  attempts = 0
  begin
    attempts += 1
    raise ArgumentError, "again" if attempts < 3

    amount + attempts
  rescue ArgumentError
    retry
  end
end

# Return how far the block came before it raised.
def out_of_block(list)
  last = 0
  list.each do |x|
    raise IndexError if x == 3

    last = x
  end
rescue IndexError
  last
end

def error_of_library(divisor)
  10 / divisor
rescue ZeroDivisionError
  7
end

def sum_of_rescues(size)
  log = [0]
  list = [1, 2, 3, 4]
  sum = 0
  size.times do |i|
    sum += across_calls(i, log) + persistent(i) + out_of_block(list) + error_of_library(i % 2)
    10.times { |k| sum += undisturbed(k) }
  end
  sum + log[0]
end

# A step adds i, i + 3, 2, 7 or 10, 2 + ... + 11, and five entries of the log.
def expected_sum(size)
  size * (size - 1) + size * (3 + 2 + 65 + 5) + (size + 1) / 2 * 7 + size / 2 * 10
end

benchmark(45000, ->(size) { sum_of_rescues(size) },
          ->(size, result) { result == expected_sum(size) })
