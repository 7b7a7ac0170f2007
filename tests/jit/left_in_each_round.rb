# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-exit-threshold=10 --jit-log
# stderr-count: 1 loop at line 12: the code is left too soon
# stderr-count: 3 loop at line 12: the loop cannot be compiled
# stderr-count: 0 loop at line 19: the code is left too soon
# Machine code that is left after a few instructions, again and again, costs more than it saves.
# It is refused, and recorded anew after 40 rounds, which all take the path that cannot be compiled;
# so it is again after 320 and 2,560. What counts is the work that machine code does: the second loop
# is left as often, after longer.
i = total = 0
while i < 5000
  total += i > 30 ? [__FILE__, 1].size : 1
  i += 1
end
p total # => 9969

i = total = 0
while i < 25_000
  total += i % 20 == 19 ? [__FILE__, 1].size : 1
  i += 1
end
p total # => 26250
