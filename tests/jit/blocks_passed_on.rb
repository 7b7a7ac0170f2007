# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr-count: 0 is not compiled
# stderr-count: 0 call.guest
# stderr-count: 0 call.leaf
# stderr-count: 0 call.send
# stderr-count: 1 new.env
# stderr-count: 2 new.proc ptr:0x0, val:nil
# A block that a method takes as &b, passes on and calls is built in place: no Proc is made of it. The
# locals that it changes in a loop are in an Env.
class Box
  def initialize(list) = @list = list

  def each(&block)
    @list.each(&block)
    self
  end

  def both(&b) = b.call(1) + yield(2)
end

def sum(n)
  box = Box.new([1, 2, 3])
  total = 0
  n.times do |i|
    at = i
    box.each { |x| at += x }
    total += at + box.both { |x| x + i }
  end
  total
end
p sum(2000) # => 6015000
