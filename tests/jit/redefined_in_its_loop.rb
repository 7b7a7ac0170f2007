# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-calls=1000 --jit-log
# stderr: what it relies on has changed
# Machine code is left as soon as what it relies on is redefined, in the middle of its loop, and does
# not run any more.
class Integer
  def step_of = 1
end
LIMIT = 60

def walk(at)
  i = 0
  seen = []
  while i < LIMIT
    i += i.step_of
    seen << i
    change(i) if i == at
  end
  seen
end

def change(n)
  eval "class Integer; def step_of = 10; end"
end

p walk(-1).size, walk(-1).size, walk(-1).size
# => 60
# => 60
# => 60
p walk(50)[48..]                               # => [49, 50, 60]
p walk(-1)                                     # => [10, 20, 30, 40, 50, 60]

# Constants and operators likewise.
def count_to_limit
  i = 0
  i += 1 while i < LIMIT
  i
end
3.times { count_to_limit }
Object.send(:remove_const, :LIMIT)
LIMIT = 7
p count_to_limit                               # => 7
3.times { count_to_limit }
class Integer
  alias_method :plus, :+
  def +(other) = plus(other).plus(1)
end
p count_to_limit                               # => 8
