# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-stats
# stderr-count: 16 method at line 8
# A `def` that runs again and again makes a new method of the same code each time. Few of them come
# to be regions, and a call that met many methods follows few.
def with_single(i)
  object = Object.new
  def object.number(n) = n + 1
  object.number(i)
end
sum = 0
20_000.times { |i| sum += with_single(i) }
p sum # => 200010000
