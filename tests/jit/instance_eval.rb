# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 17: compiled:
# Literal blocks of instance_eval and instance_exec are built in place with their self.
class Box
  def initialize(v) = @v = v
  private def twice = @v * 2
end
BOXES = [Box.new(1), Box.new(2)]

def evals(rounds)
  sum = 0
  i = 0
  while i < rounds
    sum += BOXES[i % 2].instance_eval { @v + twice }
    sum += BOXES[1].instance_exec(i) { |x| x + @v }
    i += 1
  end
  sum
end
p evals(400) # => 82400
