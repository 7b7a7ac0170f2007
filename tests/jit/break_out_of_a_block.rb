# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 25: compiled
# stderr-count: 0 call.
# stderr-count: 0 new.
# `break` and `return` out of blocks in a loop are jumps: the loop is one region without calls.
def first_above(list, least)
  list.each { |x| return x if x > least }
  nil
end

def steps(list, least)
  count = 0
  all = list.each do |x|
    break -1 if x > least
    count += 1
  end
  all == -1 ? count : 0
end

def sum(list, n)
  total = 0
  i = 0
  while i < n
    total += first_above(list, i % 5) + steps(list, i % 4)
    total -= loop { break 1 }
    i += 1
  end
  total
end
p sum([1, 2, 3, 4, 5], 3000) # => 10500
