# SPDX-License-Identifier: MIT
# Strings as bytes.
s = +"aé\u3042"
p s.byteindex("\u3042") # => 3
p s.byterindex("é", 3) # => 1
p s.bytesplice(1, 2, "xyz", 1, 1) # => "ayあ"
p s.bytesplice(0..0, "") # => "yあ"
p s.append_as_bytes("\xff", 0x141).bytes # => [121, 227, 129, 130, 255, 65]
p "a".match(/a/).byteoffset(0) # => [0, 1]
p "éa".match(/a/).bytebegin(0) # => 2
p "éa".match(/a/).byteend(0) # => 3
p "  xx--".strip(" -") # => "xx"
p "ab".lstrip("a") # => "b"
p Encoding::BINARY # => #<Encoding:BINARY (ASCII-8BIT)>
p (s.byteindex("a", 1) rescue $!.message) # => nil
p ("é".byteindex("a", 1) rescue $!.message) # => "offset 1 does not land on character boundary"
p ("é".b + "é" rescue $!.message) # => "incompatible character encodings: BINARY (ASCII-8BIT) and UTF-8"
