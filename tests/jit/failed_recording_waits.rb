# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-record-limit=100 --jit-log
# stderr-count: 4 loop at line 12: recording is too long
# A recording that comes to nothing is tried again after ever more rounds: of 10, 80, 640 and 5120.
def deep(n) = n < 2 ? 1 : deep(n - 1) + deep(n - 2)

def many(i) = (i & 1) + (i & 2) + (i & 3) + (i & 4) + (i & 5) + (i & 6) + (i & 7) + (i & 8)

i = 0
s = 0
while i < 8000
  s += many(i) + many(i + 1) + many(i + 2) + many(i + 3)
  i += 1
end
p s # => 576000
