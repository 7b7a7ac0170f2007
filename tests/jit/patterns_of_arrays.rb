# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: for line 19: compiled
# stderr-count: 0 call.
# stderr-count: 0 new.
# Patterns look at Arrays without a call, and one that only the match sees is not made.
def weigh(shape)
  case shape
  in [:line, a] then a
  in [:box, a, b] then a * b
  in [:cut, *, a] then a
  end
end

SHAPES = [[:line, 4], [:box, 2, 3], [:cut, 1, 2, 5]].freeze

def sum(n)
  total = 0
  n.times do |i|
    total += weigh(SHAPES[i % 3])
    case [i % 2, i]
    in [0, x] then total += x
    in [1, x] then total -= x
    end
  end
  total
end
p sum(3000) # => 13500
