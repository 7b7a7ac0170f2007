# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: for line 18: compiled
# stderr-count: 0 call.
# stderr-count: 0 new.
# Lambdas that a block makes and calls are built in place; neither they nor their Envs are made.
def adder(amount)
  ->(x) { x + amount }
end

def counter(start)
  count = start
  [-> { count += 1 }, -> { count }]
end

def sum(n)
  total = 0
  n.times do |i|
    up, current = counter(i)
    up.()
    total += adder(i).(1) - current.()
  end
  total
end
p sum(2000) # => 0
