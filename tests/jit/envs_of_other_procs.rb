# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log
# stderr: for line 19: compiled
# A captured variable is loaded behind the question whether the Proc is of the literal that has it:
# a Symbol's Proc has no Env at all.
class Items
  def initialize(*items) = @items = items

  def each
    i = 0
    while i < @items.size
      yield @items[i]
      i += 1
    end
  end
end
def sum(items, procs, total = 0)
  procs << ->(x) { total += x }
  300.times { |i| items.each(&procs[i % 2]) }
  total
end
p sum(Items.new(1, 2, 3), [:succ.to_proc]) # => 900
