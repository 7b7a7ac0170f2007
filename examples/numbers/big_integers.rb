# Integers of any size.
factorial = (1..50).inject(:*)
puts factorial, factorial.to_s.length, factorial.digits.sum
puts 2**200, (2**200).bit_length, -(2**70) / 3, -(2**70) % 3
puts 123456789**5 / 987654321**2, (10**30).gcd(6**20), 3.pow(1000, 1_000_007)
puts (2**64).to_s(16), "ff" * 9, ("ff" * 9).to_i(16), 255.to_s(2)
puts Integer.sqrt(10**40), 10**25 > 2**80, (2**100).hash == (2**100).hash
a, b = 0, 1
100.times { a, b = b, a + b }
puts a
