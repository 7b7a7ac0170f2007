# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-calls=1000 --jit-log --jit-stats
# stderr-count: 1 loop at line 16: compiled
# stderr: loop at line 16          compiled       1        0         6
# stderr-count: 1 method at line 43: compiled
# stderr-count: 0 what it relies on has changed
# A hook that is enabled by what machine code calls sees the very next events, in that loop and in
# all activations under way. The code is kept: once the hook is disabled it runs again, and nothing
# is compiled anew: of the loop's six entries two come after a `disable` in it.
def work(x) = x + 1

def hot(on, off)
  i = 0
  sum = 0
  while i < 3_000
    sum += work(i)
    $trace.enable if i == on
    $trace.disable if i == off
    i += 1
  end
  sum
end
$seen = []
$trace = TracePoint.new(:call, :c_call, :line) { |tp| $seen << [tp.event, tp.lineno, tp.method_id] }
p hot(-1, -1), hot(2_000, 2_001), $seen.size # => 4501500
# => 4501500
# => 14
p $seen.first(4)  # => [[:line, 18, :hot], [:c_call, 18, :==], [:line, 19, :hot], [:c_call, 19, :+]]
p $seen.last(4)   # => [[:line, 17, :hot], [:c_call, 17, :==], [:line, 18, :hot], [:c_call, 18, :==]]
p $seen.count { |event| event[0] == :call }  # => 1
$seen.clear
p hot(-1, -1), $seen                         # => 4501500
# => []
p hot(10, 12), $seen.size                    # => 4501500
# => 26

def bottom(on)
  $trace.enable if on
  0
end

def deep(n, on)
  return bottom(on) if n == 0
  1 + deep(n - 1, on)
end
$trace = TracePoint.new(:return) { |tp| $seen << tp.return_value }
20.times { deep(5, false) }
$seen.clear
p deep(6, true), $seen                       # => 6
# => [0, 0, 1, 2, 3, 4, 5, 6]
$trace.disable
$seen.clear
p deep(6, false), $seen                      # => 6
# => []
