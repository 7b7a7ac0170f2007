# SPDX-License-Identifier: MIT
# A default that sets a local of its own, so that the parameters are not the first locals.
def given(a = (no_a = true; 1), b = (no_b = true; 2))
  [a, b, no_a, no_b]
end

def last(n)
  result = nil
  n.times { |i| result = i.even? ? given(i) : given(i, i) }
  result
end
p last(99) # => [98, 2, nil, true]
p last(100) # => [99, 99, nil, nil]
