# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: method at line 9: compiled
# stderr-count: 0 call.send
# stderr: call.guest
# A method with keywords calls itself at its machine code; keywords that are not given are undefined,
# as in the interpreter.
class Tree
  def count(depth, step: 1, more: step)
    return 1 if depth <= 0
    count(depth - step) + count(depth - 2, more: 2, step: 1) + more - 1
  end
end

def sum(n)
  tree = Tree.new
  total = 0
  i = 0
  while i < n
    total += tree.count(8) + tree.count(i % 3, step: 2)
    i += 1
  end
  total
end
p sum(400) # => 30932
begin
  Tree.new.count(1_000_000)
rescue SystemStackError => e
  p e.class # => SystemStackError
end
Tree.class_eval { def count(depth, step: 1, **) = depth * step }
p sum(400) # => 3998
