# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-rejudge=1000 --jit-log
# stderr-count: 7 loop at line 11: the code is left too soon
# stderr-count: 3 loop at line 11: optimized: 42 instructions
# A loop that calls other blocks than before is recorded anew, so that its code has what it calls now
# and nothing else. Rounds of a loop in it are no work of the rounds around, which end before it when
# the block is not the one that has it.
def loops(n, block)
  sum = i = 0
  while i < n
    sum += block.call(i)
    i += 1
  end
  sum
end
[
  ->(x) { x + 1 },
  ->(_) {
    k = 0
    k += 1 while k < 200
    k
  },
  ->(x) { x - 1 },
  ->(x) { x ^ 1 },
  ->(x) { x | 1 },
  ->(x) { x & 1 },
  ->(x) { x * 2 },
  ->(x) { x << 1 },
  ->(x) { -x },
].each { |block| p loops(50_000, block) }
# => 1250025000
# => 10000000
# => 1249925000
# => 1249975000
# => 1250000000
# => 25000
# => 2499950000
# => 2499950000
# => -1249975000
