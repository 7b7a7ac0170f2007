# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 10: compiled:
# proc, lambda and Proc.new make what a literal lambda would be.
def procs(rounds)
  sum = i = 0
  while i < rounds
    add = proc { |x, y| x + y.to_i }
    twice = lambda { |x| x * 2 }
    other = Proc.new { |x| sum + x }
    sum += add.call(i) + twice.call(1) + other.call(2) - sum
    i += 1
  end
  sum
end
p procs(500) # => 126750
