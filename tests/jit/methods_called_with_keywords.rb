# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-log
# stderr: method at line 9: compiled
# stderr: method at line 18: compiled
# stderr: method at line 19: compiled
# stderr-count: 0 method at line 23
# Calls with literal keywords count towards a method's heat, and enter its machine code, unless the
# keywords are to be a Hash, which is bound by C.
def volume(w, h:, d: 1) = w * h * d + 1

# The interpreter's calls, since this loop is not compiled.
def called
  sum = 0
  200.times { |i| eval("0"); sum += yield i }
  sum
end
p called { |i| volume(i, h: 4) + volume(2, d: 3, h: i) } # => 199400
def keep(list, at: 0) = list[at]
def fib(n:, one: 1) = n < 2 ? one : fib(n: n - 1) + fib(one: one, n: n - 2)
p fib(n: 15)                                     # => 987
p called { |i| keep([1, 2.5], at: i % 2) }       # => 350.0
# Nor one whose other keywords make a Hash.
def open(n, **more) = more[:k] ? n : 0
p called { |i| open(1, k: i) }                   # => 200
