# SPDX-License-Identifier: MIT
# What a rescue clause raises is caught by another activation of the same method: `$!` is put back on
# the way, so that an exception's cause is what was being rescued where it was made, and no other.

def fails(n)
  n == 0 ? raise("a") : fails(n - 1)
rescue => e
  raise "b#{n}" if n < 3
  [e, $!]
end

def causes(error)
  messages = []
  while error
    messages << error.message
    error = error.cause
  end
  messages
end

seen = []
left = 0
100.times do
  error, current = fails(3)
  seen << causes(error)
  left += 1 if !error.equal?(current) || $!
end
p seen.uniq, left # => [["b2", "b1", "b0", "a"]]
# => 0

# One that calls itself in the clause, too.
def nested(n)
  raise "at #{n}"
rescue
  n == 0 ? [$!.message, $!.cause&.message] : nested(n - 1) + [$!.message]
end
seen = []
100.times { seen << nested(2) << $! }
p seen.uniq # => [["at 0", "at 1", "at 1", "at 2"], nil]
