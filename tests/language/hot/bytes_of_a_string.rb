# SPDX-License-Identifier: MIT
# getbyte and bytesize in hot loops: outside, from the end, while the String grows and shrinks, of
# what is no String.
def scan(text)
  seen = []
  i = 0
  while (byte = text.getbyte(i))
    seen << byte if byte > 120
    i += 1
  end
  [i, seen.length, text.bytesize]
end

p scan("xyz" * 100)     # => [300, 200, 300]
p scan("z")             # => [1, 1, 1]
p scan("")              # => [0, 0, 0]
p scan("\u00e9z" * 200) # => [600, 600, 600]

def backwards(text)
  sum = 0
  i = -1
  while i >= -text.bytesize
    sum += text.getbyte(i)
    i -= 1
  end
  sum
end
p backwards("a" * 300) # => 29100

def growing(text)
  sum = 0
  i = 0
  while i < text.bytesize
    sum += text.getbyte(i)
    text << "b" if i < 100
    text.setbyte(i, 99) if i % 3 == 0
    i += 1
  end
  [sum, text.bytesize, text.count("c")]
end
p growing(+"aaa") # => [10091, 103, 35]

class Bytes
  def getbyte(i) = i < 500 ? i & 127 : nil
  def bytesize = 500
end
p scan(Bytes.new) # => [500, 21, 500]
