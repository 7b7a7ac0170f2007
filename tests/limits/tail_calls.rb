# SPDX-License-Identifier: MIT
# tail_calls: true
# Tail calls of every kind go deeper than the limit of frames; what has frames between them does not.
def pass(x:, &b) = passed(x: x, &b)
def passed(x:, &b) = x == 0 ? b : pass(x: x - 1, &b)
p pass(x: 20_000) { :block }.call # => :block
def anonymous(n, &) = n == 0 ? yield : anonymous(n - 1, &)
p anonymous(20_000) { :anonymous } # => :anonymous
def symbol(n) = n == 0 ? list(1, 2, &:succ) : symbol(n - 1)
def list(*a, &b) = a.map(&b)
p symbol(20_000) # => [2, 3]
def forward(...) = forwarded(...)
def forwarded(n, *a, **k, &b) = n == 0 ? [a, k, b&.call] : forward(n - 1, *a, **k, &b)
p forward(20_000, 1, b: 2) { 7 } # => [[1], {b: 2}, 7]
p forward(20_000) # => [[], {}, nil]

# Frames between the tail calls: no deeper than without them.
def down(n) = n == 0 ? 0 : up(n - 1)
def up(n) = 1 + down(n)
p down(11_000) # => 11000
def endless = tail
def tail
  x = endless
  x
end
begin
  tail
rescue SystemStackError => e
  puts e.message # => stack level too deep
end
