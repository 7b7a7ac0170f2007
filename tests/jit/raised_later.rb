# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-exit-threshold=20 --jit-optimize=1000000000 --jit-log --jit-stats
# stderr: loop at line 19: is often left at line 7 (core): recorded from there on
# stderr: method at line 28: is often left at line 17 (core): recorded from there on
# stderr-count: 2 left          1 times
# A C leaf that begins to raise when the code that calls it has long been compiled leaves it; where
# the exception is rescued in the region that is an exit like others, and the region is built again
# with the clause: of a loop, and of a method.
def number(text)
  Integer(text)
rescue ArgumentError
  -1
end

def sum(list)
  total = 0
  i = 0
  while i < list.length
    total += number(list[i])
    i += 1
  end
  total
end
list = Array.new(2000) { |k| k < 500 ? "12" : "x" }
p sum(list) # => 4500

def half(text)
  Float(text) / 2
rescue ArgumentError
  -1
end
# The loop is not compiled, the method is.
total = 0
list.each { |text| total += half(text) + eval("0") }
p total # => 1500.0
