# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: loop at line 13: compiled
# stderr: global.value
# stderr-count: 0 call.leaf
# A plain global is a load or a store; code that is under way sees that it is traced, or that its
# name stands for another one.
$sum = 0
$other = nil
def count(n, what)
  i = 0
  while i < n
    $sum += i
    $other = $sum if i.odd?
    what.call(i) if i == 150
    i += 1
  end
  [$sum, $other]
end
nothing = ->(_) {}
p count(300, nothing) # => [44850, 44850]
seen = []
p count(200, ->(_) { trace_var(:$other) { |v| seen << v } }) # => [64750, 64750]
p seen.size, seen[0] # => 25
# => 56326
untrace_var(:$other)
$big = 2**70
p count(200, ->(_) { alias $sum $big }) # => [1180591620717411311999, 1180591620717411311999]
p count(1, nothing)[0] == $big # => true
$float = 0.5
def floats(n)
  i = 0
  while i < n
    $float = $float * 1.5
    $float = [$float] if i == 180
    $float = $float[0] if i == 180
    i += 1
  end
  $float
end
p floats(200).round(-20) # => 82645995539410400000000000000000000
