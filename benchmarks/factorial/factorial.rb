# SPDX-License-Identifier: MIT
# A large factorial in two ways and its decimal digits: big numbers times small ones, big numbers
# times big ones, and conversion to text. Bound by the library's big integers.
require_relative "../harness"

def factorial_by_steps(number)
  (1..number).inject(1) { |product, factor| product * factor }
end

# Multiply the numbers from `low` to `high` so that the factors are about equally long.
def product_by_halves(low, high)
  return 1 if low > high
  return low if low == high

  middle = (low + high) / 2
  product_by_halves(low, middle) * product_by_halves(middle + 1, high)
end

def work(number)
  by_steps = factorial_by_steps(number)
  [by_steps, product_by_halves(1, number), by_steps.to_s]
end

# A prime so small that all that follows has small numbers only.
PRIME = 2_147_483_647

# What the factorial leaves when divided by the prime.
def expected_remainder(number)
  (1..number).inject(1) { |product, factor| product * factor % PRIME }
end

# What the number that the digits mean leaves.
def remainder_of_digits(text)
  text.each_char.inject(0) { |remainder, digit| (remainder * 10 + digit.to_i) % PRIME }
end

# How often ten divides the factorial: as often as five does.
def expected_zeros(number)
  zeros = 0
  zeros += number while (number /= 5).positive?
  zeros
end

def right?(number, (by_steps, by_halves, text))
  by_steps == by_halves &&
    remainder_of_digits(text) == expected_remainder(number) &&
    text[/0*\z/].size == expected_zeros(number)
end

benchmark(16000, ->(number) { work(number) }, ->(number, result) { right?(number, result) })
