# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log
# stderr: loop at line 10: compiled
# Recursion is not followed for ever: when what is not followed takes long, recording gives up the
# round, so that what is hot below is recorded and compiled.
def deep(n, rounds)
  return deep(n - 1, rounds) if n > 0
  total = i = 0
  while i < rounds
    total += i
    i += 1
  end
  total
end

i = total = 0
while i < 7
  total += deep(5, i < 4 ? 0 : 3000)
  i += 1
end
p total # => 13495500
