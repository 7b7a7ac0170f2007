# Characters, bytes and code points.
word = "naïve café ☕"
puts word.length
puts word.bytesize
puts word.upcase
puts word.reverse
puts word.chars.last(3).inspect
puts word.codepoints.last
puts word.scan(/\p{Alpha}+/).inspect
puts word.encode("UTF-16LE").bytesize
puts "ß".upcase, "ǆ".capitalize
