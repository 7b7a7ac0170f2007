# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 16: compiled:
# Literal lists of which not all is known, assignments from the end, __method__ and core blocks that
# take all that is yielded as one value are built.
LIST = [1, 2, 3]
LETTERS = ["x", "yz"]
TABLE = { a: 1, "s" => 2 }

def gather(rounds)
  key = "k"
  sum = i = 0
  while i < rounds
    *front, last = LIST
    sum += [i, *LIST, *front, 4].sum + last
    sum += { i => 1, key => 2 }.size + { b: i, **TABLE }["s"]
    sum += [*1..i % 3, *0...2].size + ("a"..LETTERS[i % 2]).end.size
    sum += LIST.each_with_index.to_a.last[0] + __method__.size + "hello".rindex("l")
    i += 1
  end
  sum
end
p gather(400) # => 94399
