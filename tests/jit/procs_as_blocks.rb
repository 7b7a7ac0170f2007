# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 15: compiled:
# Procs and lambdas that come from elsewhere are built in place where they are passed as blocks.
LIST = [1, 2, 3]
ADD = ->(x) { x + 1 }
def each_of(list, &block) = list.each(&block)

def procs(rounds, &given)
  sum = i = 0
  count = proc { |x| sum += x }
  while i < rounds
    sum += LIST.map(&ADD).last + LIST.sum(&given)
    each_of(LIST, &count)
    i += 1
  end
  sum
end
p procs(400) { |x| x * 2 } # => 8800
