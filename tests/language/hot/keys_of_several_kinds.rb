# SPDX-License-Identifier: MIT
# Keys of several kinds in one hot loop, then some whose hash and eql? the program defines.
def churn(keys, n)
  hash = {}
  found = 0
  i = 0
  while i < n
    key = keys[i % keys.size]
    hash[key] = i
    found += hash[key] + hash.fetch(key, 0)
    found += 1 if hash.key?(key)
    hash.delete(key) if i % 3 == 0
    i += 1
  end
  [hash.size, found]
end

class Key
  def hash = 1
  def eql?(other) = other.is_a?(Key)
end

keys = [1, 2.5, :a, "b", nil, 4, "c", 1 << 70]
p churn(keys, 1000)               # => [5, 1000000]
p churn(keys + [Key.new], 1000)   # => [6, 1000000]
p churn([Key.new, Key.new], 1000) # => [0, 1000000]
p churn(["a", Key.new, 3], 1000)  # => [2, 1000000]
identical = {}.compare_by_identity
100.times { |i| identical[keys[i % 8].dup] = i }
p identical.size # => 31
