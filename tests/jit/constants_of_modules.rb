# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 21: compiled
# stderr: loop at line 45: compiled
# stderr-count: 1 LOAD_CONST_FROM is not compiled
# stderr: loop at line 62: the loop cannot be compiled
# stderr-count: 0 call.send
# Constants of a module, and of the top, are constants of the code while their names have no other
# value; a Hash's iterators ask whether their literal block takes key and value when they are built.
module Rates
  FAST = 3
  module Deep
    SLOW = 2
  end
end
TOP = 1

def constants(n)
  i = sum = 0
  while i < n
    sum += Rates::FAST + Rates::Deep::SLOW + ::TOP
    if i == 300
      Rates.send(:remove_const, :FAST)
      Rates.const_set(:FAST, 10)
    end
    i += 1
  end
  sum
end
p constants(400) # => 3093

def of_any(modules, n)
  sum = 0
  n.times { |i| sum += modules[i % 2]::FAST }
  sum
end
Other = Module.new
Other::FAST = 100
p of_any([Rates, Other], 50) # => 2750

def pairs(n)
  sum = 0
  i = 0
  while i < n
    { a: i, b: 2 }.each { |key, value| sum += value if key }
    sum += { a: i, b: 2 }.sum { |key, value| value }
    { a: i }.each { |pair| sum += pair.size }
    i += 1
  end
  sum
end
p pairs(200) # => 41000

# What const_missing answers is no constant: nothing is remembered of it, and the loop is interpreted.
module Asked
  def self.const_missing(name) = name.size
end

def missing(n)
  i = sum = 0
  while i < n
    sum += Asked::Four
    i += 1
  end
  sum
end
p missing(200) # => 800
