# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 25: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# Names that vary are told apart; Method objects are blocks and Procs.
class Sums
  attr_accessor :size

  def initialize = @size = 1
  def add(a) = a + @size
  def subtract(a) = a - @size
end
def each_pair(a) = yield(a, 1) + yield(1, a)
def pair(a, b = 2) = a + b * 2

def sum(n)
  sums = Sums.new
  names = %i[add subtract]
  pairs = method(:pair)
  unbound = Sums.instance_method(:subtract)
  to_proc = sums.method(:add).to_proc
  total = i = 0
  while i < n
    total += sums.send(names[i & 1], i) + sums.public_send(names[i & 1], i) + i.send(:+, 2)
    total += each_pair(i, &pairs) + to_proc.call(i) + to_proc.(1)
    total += unbound.bind_call(sums, i)
    i += 1
  end
  total
end
p sum(1000) # => 4003000
