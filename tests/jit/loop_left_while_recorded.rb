# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log
# stderr-count: 1 loop at line 10: compiled
# stderr-count: 4 jit:
# A loop of few rounds is left again and again while it is recorded: by its end, `break`, `return`
# and an exception. What was seen is kept, so it is compiled all the same, and nothing is given up.
def rounds(n, stop)
  i = 0
  while i < n
    i += 1
    break if i == stop
    return -1 if i == stop + 5
    raise ArgumentError if i == stop + 2
  end
  i
rescue ArgumentError
  0
end
sum = 0
200.times { |i| sum += rounds(3, i) }
p sum # => 594
