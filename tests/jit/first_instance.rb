# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --jit-stats
# stderr: loop at line 16: compiled
# stderr-count: 0 guard.obj
# The first instance of a class has the shapes of all later ones, because its slots are those that
# `initialize` fills: machine code that was made with it runs for the others.
class Counter
  def initialize(step)
    @step = step
    @sum = 0
  end

  def add(rounds)
    i = 0
    while i < rounds
      @sum += i * @step
      i += 1
    end
    @sum
  end
end
p Counter.new(1).add(100) # => 4950
p Counter.new(2).add(100) # => 9900
p Counter.new(3).add(10) # => 135
