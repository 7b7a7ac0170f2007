# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 21: compiled
# stderr-count: 0 call.send
# A return on its way through a short ensure clause is a jump, in machine code as well.
class Counter
  def initialize = @count = 0
  def next(step)
    begin
      return @count if step == 0
      return step
    ensure
      @count += step
    end
  end
end

def sum(counter, n)
  i = total = 0
  while i < n
    total += counter.next(i & 1)
    i += 1
  end
  total
end
p sum(Counter.new, 3000) # => 1125750
