# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log --dump=ir
# stderr: loop at line 14: compiled
# stderr-count: 0 call.send
# stderr-count: 0 is called by the protocol
# stderr-count: 0 is not compiled
# Keys that are Integers, Floats, Symbols and Strings by turns are looked up, stored and deleted by C
# functions.
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

p churn([1, 2.5, :a, "b", nil, 4, "c"], 1000) # => [4, 1000000]
