# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=1 --jit-calls=1000 --stress=exits:10:1
# A guard of an element that a pattern looks at leaves with the operands as the pattern found them.
def changed(*list)
  list[0] = 9
  list.shift
  case list
  in [a, b] then [a, b]
  end
end
last = nil
500.times { |i| last = changed(i, 2, i) }
p last # => [2, 499]
