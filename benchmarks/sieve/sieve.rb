# SPDX-License-Identifier: MIT
# The sieve of Eratosthenes: nested loops that store to an array.
require_relative "../harness"

# Return the number of primes up to the limit.
def sieve(limit)
  prime = Array.new(limit + 1, true)
  count = 0
  i = 2
  while i <= limit
    if prime[i]
      count += 1
      k = i * i
      while k <= limit
        prime[k] = false
        k += i
      end
    end
    i += 1
  end
  count
end

# Return the same number without a sieve: small[v] and large[k] count what is left of the numbers
# from 2 to v, and from 2 to limit / k, once the multiples of each prime have been taken out.
def count_primes(limit)
  root = Integer.sqrt(limit)
  small = (0..root).map { |v| v - 1 }
  large = [0] + (1..root).map { |k| limit / k - 1 }
  (2..root).each do |p|
    smaller = small[p - 1]
    next if small[p] == smaller

    (1..[root, limit / (p * p)].min).each do |k|
      multiple = k * p
      large[k] -= (multiple <= root ? large[multiple] : small[limit / multiple]) - smaller
    end
    root.downto(p * p) { |v| small[v] -= small[v / p] - smaller }
  end
  large[1]
end

benchmark(2000000, ->(limit) { sieve(limit) },
          ->(limit, result) { result == count_primes(limit) })
