# SPDX-License-Identifier: MIT
# flags: --deterministic
# Under --deterministic threads take turns after so many polls, not after some time.
def turns
  order = []
  2.times.map { |n| Thread.new { 8000.times { |i| order << n if i % 1000 == 0 } } }.each(&:join)
  order
end
first = turns
p first.sort == first, first.tally # => false
# => {0 => 8, 1 => 8}
