# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr-count: 1 loop at line 13: compiled:
# Enumerators that are made for one iteration, with a block behind them, are built in place.
LIST = [1, 2, 3, 4]
TABLE = { a: 1, b: 2 }

def enumerators(rounds)
  sum = i = 0
  while i < rounds
    LIST.each_with_index.map { |x, at| sum += x * at }
    LIST.map.with_index { |x, at| sum += x * at }
    LIST.each.with_index(1) { |x, at| sum += x * at }
    sum += LIST.each_slice(2).map { |a, b| a * b }.last
    sum += TABLE.each_with_index.map { |(_, v), at| v * at }.last
    LIST.each_cons(2).each { |a, b| sum += b - a }
    i += 1
  end
  sum
end
p enumerators(400) # => 34800
