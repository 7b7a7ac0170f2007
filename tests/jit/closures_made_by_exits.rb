# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --stress=exits:5:1
# stderr: loop
# Exits make the lambdas and Envs that machine code did not.
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
