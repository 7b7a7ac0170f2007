# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr-count: 0 recording is too long
# C code that may run methods of the program is called from machine code.
def loops(rounds)
  text = "a,b"
  tree = { a: [1, { b: 2 }] }
  sum = i = 0
  while i < rounds
    sum += [3, i, 4].max + [1, i].min
    sum += tree.dig(:a, 1, :b)
    sum += 1 if [1, text] == [1, "a,b"]
    sum += 1 if (1..5).include?(i)
    sum += (i * 0.3).round(1).to_i
    i += 1
  end
  sum
end
p loops(400) # => 105174
