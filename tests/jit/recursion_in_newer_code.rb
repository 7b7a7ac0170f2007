# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-exit-threshold=5 --jit-optimize=500 --jit-log
# stderr: method at line 10: optimized
# stderr: method at line 30: optimized
# Code that is made well calls itself. When there is newer code, or what it relies on breaks, while
# many of its activations are under way, calls of theirs go to the newer one.
def leaf(n) = n + 1

def walk(depth, n)
  return leaf(n) if depth == 0
  walk(depth - 1, n) + walk(depth - 1, n.is_a?(Float) ? n : n + 1)
end
200.times { walk(3, 1) }
p walk(4, 1)       # => 64
p walk(4, 1.5)     # => 40.0
p walk(4, 1 << 62) # => 73786976294838206512
# A redefinition by a callee is seen by all activations.
def change(n)
  if n == 40
    Object.class_eval do
      def step(n) = 100
    end
  end
  n
end

def step(n) = 1

def sum(n)
  return 0 if n == 0
  before = change(n)
  sum(n - 1) + step(before)
end
200.times { sum(30) }
p sum(30)          # => 30
p sum(60)          # => 6000
p sum(5)           # => 500
