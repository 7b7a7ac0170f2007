# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 15: compiled
# stderr: loop at line 28: compiled
# stderr-count: 0 by the protocol
# stderr-count: 0 call.send
# Parts of a String by a Range of Integers, and assignments to parts, are leaves that need no frame:
# with other arguments they would run code of the program, or set what the last match was.
TEXT = "hello world"

def parts(n)
  length = 0
  i = 0
  while i < n
    length += TEXT[1..3].size + TEXT[2...-1].size + TEXT[8..].size
    length += TEXT[i & 3..5].size
    length += 1 if TEXT[99..].nil?
    i += 1
  end
  length
end
p parts(400) # => 7800

def assigned(n)
  text = +"abcdef"
  i = 0
  while i < n
    text[0] = "xy"
    text[1, 2] = "z"
    text["z"] = "b"
    i += 1
    text.freeze if i == 390
  end
rescue FrozenError => e
  [i, text, e.class]
end
p assigned(400) # => [390, "xbcdef", FrozenError]
