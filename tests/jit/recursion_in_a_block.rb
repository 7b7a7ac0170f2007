# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log --dump=ir
# stderr: method at line 11: compiled
# stderr: call.guest
# stderr-count: 0 call.send
# A method that calls itself from the block of an iterator is one region, iterator and block built
# in place; the call goes to its own machine code. An optional parameter is an argument like others.
class Walk
  def initialize = @leaves = 0
  attr_reader :leaves
  def go(depth = 4)
    return @leaves += 1 if depth == 0
    3.times { |i| go(depth - 1) if i != 1 }
  end
end

walk = Walk.new
20.times { walk.go }
p walk.leaves # => 320
walk.go(1)
p walk.leaves # => 322
