# What is interpolated joins a text in the encoding of the source, as Ruby's do.
p "#{1}".encoding, "#{:a}".encoding, "#{nil}".encoding, "#{1}#{2}".encoding, "#{1.5}a".encoding
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
x = 1
ascii = "x".dup.force_encoding("US-ASCII")
p "#{x}".encoding, "#{ascii}".encoding, "#{ascii}#{x}".encoding, "#{"x".b}".encoding
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
p "#{"\xff".b}".encoding, "#{1}#{"\xff".b}".encoding, "#{"x".encode("UTF-16LE")}".encoding
# => #<Encoding:BINARY (ASCII-8BIT)>
# => #<Encoding:BINARY (ASCII-8BIT)>
# => #<Encoding:UTF-16LE>
p "#{"".encode("UTF-16LE")}".encoding, "#{""}#{ascii}".encoding, :"#{x}".encoding
# => #<Encoding:UTF-8>
# => #<Encoding:UTF-8>
# => #<Encoding:US-ASCII>
p "#{ascii}".equal?(ascii), ascii.encoding, "#{x}" == "1", "#{x}".frozen?
# => false
# => #<Encoding:US-ASCII>
# => true
# => false
begin
  "é#{"\xff".b}"
rescue Encoding::CompatibilityError => e
  puts e.message # => incompatible character encodings: UTF-8 and BINARY (ASCII-8BIT)
end
