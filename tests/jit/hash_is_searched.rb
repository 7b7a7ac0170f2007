# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 13: compiled:
# any?, all? and find of a Hash leave their loop without passing its ensure clause.
TABLE = { a: 1, b: 2, c: 3 }

def search(rounds)
  sum = 0
  i = 0
  while i < rounds
    sum += 1 if TABLE.any? { |_, v| v == i % 5 }
    sum += 10 if TABLE.all? { |_, v| v > i % 3 }
    sum += TABLE.find { |_, v| v > i % 3 }[1] * 100
    i += 1
  end
  sum
end
p search(600) # => 122360
