# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log
# stderr: method at line 8: compiled
# stderr: method at line 9: compiled
# stderr-count: 0 by the protocol
# Methods with optional parameters have machine code of their own: an argument that is missing is
# undefined there, and its default is evaluated.
def many(a, b = a + 1, c = b * 2, d = [a], e = :e) = [a, b, c, d, e]
def few(n, step = n) = n <= 0 ? 0 : step + few(n - 1) + few(n - 2, 1)

20.times { |i| few(i % 5) }
p few(5), few(5, 2)
# => 23
# => 20
all = nil
20.times { all = eval("[many(1), many(1, 5), many(1, 5, 6), many(1, 5, 6, 7), many(1, 5, 6, 7, 8)]") }
all.each { |one| p one }
# => [1, 2, 4, [1], :e]
# => [1, 5, 10, [1], :e]
# => [1, 5, 6, [1], :e]
# => [1, 5, 6, 7, :e]
# => [1, 5, 6, 7, 8]
