# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 19: compiled:
# Patterns of a case that are asked by a call of ===, and lists of patterns, are built in place.
EVEN = ->(x) { x.even? }
LETTERS = ("a".."h")
ODDS = [1, 3, 5].freeze
class Nine
  def ===(v) = v == 9 && :yes
end
NINE = Nine.new

def cases(rounds)
  words = ["b", "zz", "abc"]
  sum = i = 0
  while i < rounds
    case i % 12
    when NINE then sum += 1
    when EVEN then sum += 10
    when *ODDS, 11 then sum += 100
    else sum += 1000
    end
    case words[i % 3]
    when *["abc", 1] then sum += 3
    when LETTERS then sum += 2
    end
    i += 1
  end
  sum
end
p cases(600) # => 74050
