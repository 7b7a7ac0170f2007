# sample and shuffle draw as Ruby does, so that a seed gives what it gives there.
numbers = (0...20).to_a
[1, 2, 3, 4, 10, 11, 20].each { |count| p numbers.sample(count, random: Random.new(count)) }
p numbers.sample(random: Random.new(5)), numbers.shuffle(random: Random.new(6))
p [1.5, 2.5, 3.5].sample(3, random: Random.new(7)), %w[a b c].sample(9, random: Random.new(8))
big = (0...3000).to_a.sample(1000, random: Random.new(9))
p big.first(5), big.uniq.size, big.sum
# A generator of the program's is asked, by a public rand, for as many numbers as Ruby asks for.
asked = []
half = Object.new
half.define_singleton_method(:rand) { |limit| (asked << limit; limit / 2) }
p numbers.sample(3, random: half), [7].sample(random: half), [7].sample(1, random: half), [7, 8].shuffle(random: half), asked
def error
  yield
rescue StandardError => e
  e.class
end
half.singleton_class.send(:private, :rand)
p error { numbers.sample(random: half) }, error { [1].sample(1, random: half) }, error { [1].shuffle(random: half) }
p [].sample(random: half), [1].sample(random: half), error { numbers.sample(-1) }
def half.rand(limit) = limit
half.singleton_class.send(:public, :rand)
p error { numbers.sample(2, random: half) }, error { numbers.shuffle(random: half) }
