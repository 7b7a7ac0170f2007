# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=2000 --jit-inline-size=300 --jit-log --dump=ir
# stderr: loop (core) at line 12 for line 29: optimized
# stderr-count: 0 call.guest
# A region that is nearly full calls methods, but not in its inner loops, which as regions of their own
# have them in place.
def pad(s)
  s = s * 5 + 1 & 0xffff
  s = s * 5 + 2 & 0xffff
  s = s * 5 + 3 & 0xffff
  s = s * 5 + 4 & 0xffff
  s = s * 5 + 5 & 0xffff
  s = s * 5 + 6 & 0xffff
  s * 5 + 7 & 0xffff
end

def step(x, y) = (x * 3 + y) & 1023

def run(i)
  t = pad(pad(i))
  n = 0
  while n < 60
    t += step(n, t)
    n += 1
  end
  t & 0xffff
end

def main = 400.times { |i| $sum += run(i) }
$sum = 0
main
p $sum # => 13100560
