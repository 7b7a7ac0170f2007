# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr-count: 0 by the protocol
# stderr-count: 0 is not compiled
# stderr-count: 0 cannot be compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.lookup
# Braces of a last argument may be left out: keys that are no Symbols, or that are not known, make
# one Hash for a method that takes no keywords, be it the program's or the library's.
def count(list, options = {}) = list.size + options.size
def sizes(*all) = all.size

def calls(n)
  env = { "a" => 1 }
  sum = 0
  n.times do |i|
    key = i.odd? ? :odd : "even"
    sum += env.merge("b" => i).size
    sum += env.merge(key => i)[key]
    sum += count([1], key => i, "x" => 2)
    sum += count([1], 1 => i, 2 => 2)
    sum += sizes(1, "a" => i)
  end
  sum
end
p calls(600) # => 185700
