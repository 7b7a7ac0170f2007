# SPDX-License-Identifier: MIT
# Random gives the sequence of MT19937 as Ruby does.
r = Random.new(42)
p(r.rand) # => 0.3745401188473625
p(r.rand(10)) # => 7
p(r.rand(1.5)) # => 0.8979877262955549
p(r.rand(1..6)) # => 2
p(r.rand(1...3)) # => 1
p(r.rand(1.0..2.0)) # => 1.099974920521044
p(r.rand(1.0...2.0)) # => 1.459248891965867
p(r.rand(2**40)) # => 500797975651
p(r.rand(2**70)) # => 732484652515010322562
p(r.rand(2**100)) # => 400610198136459893976136477015
p(r.bytes(5)) # => "\xEB\xF5\x1A\xD5\x9D"
p(r.seed) # => 42
p(5.times.map { r.rand(100) }) # => [37, 1, 63, 59, 20]
p(Random.new(2**100).rand(1000)) # => 21
p(Random.new(-5).rand(1000)) # => 867
p(Random.new(0).rand) # => 0.5488135039273248
p(Random.new(2**32).rand) # => 0.5488135039273248
p(Random.new(2**33).rand) # => 0.011451121320907864
p(Random.new(1) == Random.new(1)) # => true
p(Random.new(1) == Random.new(2)) # => false
s = Random.new(7)
t = s.dup
p(s.rand == t.rand) # => true
srand(5)
x = [rand, rand(10), rand(1..3), rand(0)]
p(srand(5)) # => 5
p(x == [rand, rand(10), rand(1..3), rand(0)]) # => true
srand(5)
p(rand(100)) # => 99
p(Random.rand(100)) # => 78
p(rand(-5)) # => 0
p(Random.rand(1.0)) # => 0.979444999161446
p(Kernel.rand(3..1)) # => nil
p(Random.srand(1)) # => 5
p(Random.seed) # => 1
def error
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
p(error { Random.new(1).rand(0) }) # => "ArgumentError: invalid argument - 0"
p(error { Random.new(1).rand(-1) }) # => "ArgumentError: invalid argument - -1"
p(error { Random.new(1).rand(nil) }) # => "ArgumentError: invalid argument - "
p(error { Random.rand(3..1) }) # => "ArgumentError: invalid argument - 3..1"
p(error { Random.new(1).rand(-1.5) }) # => "ArgumentError: invalid argument - -1.5"
p(Random.new_seed.class) # => Integer
p(Random.urandom(4).bytesize) # => 4
