# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: array.add
# stderr-count: 0 call.leaf
# stderr-count: 0 call.send
# One value is pushed as << appends it; what it is decides how the Array keeps it.
def fill(list, values)
  i = 0
  while i < 300
    list.push(values[i]).append(i)
    i += 1
  end
  list
end
integers = (-299..0).to_a.reverse
4.times { fill([], integers) }
p fill([], integers).first(6), fill([7], integers).sum
# => [0, 0, -1, 1, -2, 2]
# => 7
