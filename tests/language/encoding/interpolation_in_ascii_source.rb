# encoding: us-ascii
# The same in a source of another encoding.
x = 1
p "#{x}".encoding, "#{1}".encoding, "a#{x}".encoding, "#{"\xff"}".encoding, "#{"\u00e9"}".encoding
# => #<Encoding:US-ASCII>
# => #<Encoding:US-ASCII>
# => #<Encoding:US-ASCII>
# => #<Encoding:BINARY (ASCII-8BIT)>
# => #<Encoding:UTF-8>
