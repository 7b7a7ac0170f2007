# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-code-limit=64 --jit-log
# stderr: loop at line 1: compiled
# stderr: loop at line 1: its code made room for other code
# There is more hot code than machine code may take: what was not entered lately is dropped, and
# compiled again when it is hot.
60.times { |k| eval "def m#{k}(n) = (i = s = 0; while i < n; s += i ^ #{k}; i += 1; end; s)" }
sum = 0
5.times { 60.times { |k| sum += send("m#{k}", 300) } }
p sum # => 13578200
