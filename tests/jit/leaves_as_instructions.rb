# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: loop at line
# stderr-count: 0 call.leaf
# stderr-count: 0 call.send
# Small leaves of numbers are instructions of the IR.
def work(n)
  sum = 0
  i = 0
  while i < n
    j = i - 150
    x = j / 4.0
    sum += 1 if j.positive?
    sum += 2 if j.negative?
    sum += 4 if j.zero?
    sum += j.to_i + j.succ - j.pred + (~j & 7) if j.even?
    sum += x.to_i if x.to_f == x.abs && !x.nan?
    sum += 8 if x.zero?
    sum += Math.sqrt(x.abs + 1.0).to_i
    i += 1
  end
  sum
end
p work(300) # => 5074
