# Default values and procs; identity; conversions.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

h = Hash.new(5)
p [h[:x], h.length, h.default] # => [5, 0, 5]
h[:x] += 1
p h # => {x: 6}
l = Hash.new { |hash, key| hash[key] = key * 2 }
p [l[3], l] # => [6, {3 => 6}]
p l.default # => nil
p l.default(4) # => 8
p l.default_proc.class # => Proc
l.default = 7
p [l[9], l.default_proc] # => [7, nil]
p err { l.default_proc = 1 } # => "TypeError: wrong default_proc type Integer (expected Proc)"
p err { l.default_proc = ->(a) { a } } # => "TypeError: default_proc takes two arguments (2 for 1)"
p err { Hash.new(1) { } } # => "ArgumentError: wrong number of arguments (given 1, expected 0)"
p Hash.new(capacity: 100) # => {}
p l.fetch(99, :none) # => :none
i = {}.compare_by_identity
a = "a"
i[a] = 1
i["a".dup] = 2
p [i.length, i[a], i["a".dup], i.compare_by_identity?] # => [2, 1, nil, true]
p [i.key?(a), i.select { true }.compare_by_identity?] # => [true, true]
class HashLike
  def to_hash = { z: 1 }
end
p({ a: 1 }.merge(HashLike.new)) # => {a: 1, z: 1}
p Hash.try_convert(HashLike.new) # => {z: 1}
p Hash(nil) # => {}
p({ a: 1 }.to_proc.call(:a)) # => 1
p %i[a b].map(&{ a: 1 }) # => [1, nil]
class Counter < Hash
  def default(key = nil) = 0
end
c = Counter.new
c[:x] += 1
p [c, c.class, c.merge({}).class, c.select { true }.class, c.to_h.class] # => [{x: 1}, Counter, Counter, Hash, Hash]
nested = Hash.new { |hash, k| hash[k] = Hash.new(&hash.default_proc) }
nested[:a][:b][:c] = 1
p nested # => {a: {b: {c: 1}}}
