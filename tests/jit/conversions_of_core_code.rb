# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 PRIMITIVE is not compiled
# What core code converts is mostly what it wants already. Such conversions are built as a check of
# the object's shape, and others leave: to a subclass, or to what has a method that converts.
class Words < Array; end

class Pair
  def to_ary = [1, 2]
end

def flat(items) = items.flat_map { |item| item }
def table(items) = items.to_h { |item| item }

pairs = (0...1000).map { |n| [n, n + 1] }
p flat(pairs).sum # => 1000000
p table(pairs).size # => 1000
p flat([[5], Words[6], Pair.new, 7]) # => [5, 6, 1, 2, 7]
p table([[5, 6], Words[6, 7], Pair.new]) # => {5 => 6, 6 => 7, 1 => 2}
begin
  table([[5, 6], [1]])
rescue ArgumentError => e
  puts e.message # => wrong array length at 1 (expected 2, was 1)
end
