# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=200 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 4 loop (core) at line 21 for line 111: compiled
# A core method's loop yields to a block of another core method, which yields to one of a third, and
# that to the program's: all of them are built, for each program's block anew.
def slices(range) = range.each_slice(3).sum { |slice| slice.size }
def starts(range) = range.each_slice(3).map { |slice| slice[0] }
def pairs(range) = range.each_cons(2).count
p slices(1..3000) # => 3000
p starts(1..3000).sum # => 1499500
p pairs(1..3000) # => 2999
p slices(1..7) # => 7
p starts(1..7) # => [1, 4, 7]

# What is yielded to differs from one call to the next, though the loop and its callers are the same.
p (1..3000).each_slice(3).count # => 1000
p (1..3000).each_slice(3).count { |slice| slice.sum.even? } # => 500
p (1..6).each_slice(2).count(&:frozen?) # => 0
