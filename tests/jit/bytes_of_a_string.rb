# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log --dump=ir
# stderr: byte.load
# stderr-count: 0 call.leaf
# stderr-count: 0 call.send
# The bytes of a String, short or long, are loaded in place.
def sum(text)
  total = 0
  i = 0
  while i < text.bytesize
    total = (total * 31 + text.getbyte(i)) & 0xffff
    i += 1
  end
  total
end
p sum("abc" * 100)                 # => 28032
p 200.times.map { sum("short") }.uniq # => [33916]
