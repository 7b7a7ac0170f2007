# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3
# Pushing to what is frozen, of a subclass, or shared; several values, none, and push redefined.
def fill(list, value)
  i = 0
  while i < 100
    list.push(value)
    i += 1
  end
  list
end
class Stack < Array
end
5.times { fill([], 1) }
p fill([], 1.5).sum, fill([1], nil).tally, fill(Stack[2], 3).class
# => 150.0
# => {1 => 1, nil => 100}
# => Stack
begin
  fill([1].freeze, 2)
rescue FrozenError => e
  puts e.message # => can't modify frozen Array: [1]
end
list = Array.new(50, 4)
copy = list.dup
p fill(copy, 5).length, list.length
# => 150
# => 50

def several(list)
  i = 0
  while i < 100
    list.push.push(i, -i)
    i += 1
  end
  list
end
5.times { several([]) }
p several([]).length, several([]).sum
# => 200
# => 0

class Array
  def push(value) = concat([value, value])
end
p fill([], 1).length # => 200
