# SPDX-License-Identifier: MIT
# Naive Fibonacci numbers: the cost of a call with one argument, a comparison and small additions.
require_relative "../harness"

def fib(n)
  n < 2 ? n : fib(n - 1) + fib(n - 2)
end

# The same number in n additions.
def fib_by_addition(n)
  a, b = 0, 1
  n.times { a, b = b, a + b }
  a
end

benchmark(33, ->(n) { fib(n) }, ->(n, result) { result == fib_by_addition(n) })
