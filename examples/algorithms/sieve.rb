# Sieve of Eratosthenes and prime factors.
def sieve(limit)
  prime = Array.new(limit + 1, true)
  prime[0] = prime[1] = false
  2.upto(Integer.sqrt(limit)) do |i|
    next unless prime[i]
    (i * i).step(limit, i) { |j| prime[j] = false }
  end
  prime.each_index.select { |i| prime[i] }
end

def factors(n)
  result = []
  d = 2
  while d * d <= n
    (result << d; n /= d) while (n % d).zero?
    d += 1
  end
  result << n if n > 1
  result
end
puts sieve(60).inspect, sieve(10_000).size
[84, 97, 1001, 2**20, 600851475143].each { |n| puts "#{n} = #{factors(n).join(" * ")}" }
