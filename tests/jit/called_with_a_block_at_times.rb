# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=5 --jit-log
# stderr: method at line 6: compiled
# Calls that pass a block are not those by which a method gets hot, nor do they keep it from that:
# here one comes when the count is at its end.
def twice(x) = block_given? ? yield(x) : x * 2
text = "twice(1)\n" * 19 + "twice(1) { 2 }\n" + "twice(4)\n" * 200
p eval(text) # => 8
