# SPDX-License-Identifier: MIT
# Conversion between encodings.
p "é".encode("ISO-8859-1").bytes # => [233]
p "é".encode("UTF-16LE").bytes # => [233, 0]
p "é".encode("UTF-16").bytes # => [254, 255, 0, 233]
p "\u3042".encode("Shift_JIS").bytes # => [130, 160]
p "\u3042".encode("EUC-JP").inspect # => "\"\\x{A4A2}\""
p "\u3042".encode("ISO-2022-JP").bytes # => [27, 36, 66, 36, 34, 27, 40, 66]
p "\xA4\xA2".dup.force_encoding("EUC-JP").encode("UTF-8") # => "あ"
p "a\u20ac".encode("US-ASCII", undef: :replace) # => "a?"
p "a\u20ac".encode("US-ASCII", undef: :replace, replace: "E") # => "aE"
p "a\u20ac".encode("US-ASCII", fallback: { "\u20ac" => "EUR" }) # => "aEUR"
p "a\u20ac".encode("US-ASCII", fallback: ->(c) { "<#{c.ord.to_s(16)}>" }) # => "a<20ac>"
p "a\u20ac".encode("US-ASCII", xml: :text) # => "a&#x20AC;"
p "a<b>&\"".encode(xml: :attr) # => "\"a&lt;b&gt;&amp;&quot;\""
p "a\nb".encode(crlf_newline: true) # => "a\r\nb"
p "a\r\nb\rc".encode(universal_newline: true) # => "a\nb\nc"
p "a\xffb".encode("UTF-16LE", invalid: :replace).encode("UTF-8") # => "a�b"
p "a\xffb".encode("UTF-8", "UTF-8", invalid: :replace, replace: "") # => "ab"
p ("\u20ac".encode("ISO-8859-1") rescue [$!.class, $!.message]) # => [Encoding::UndefinedConversionError, "U+20AC from UTF-8 to ISO-8859-1"]
p ("a\xE3b".encode("UTF-16LE") rescue [$!.class, $!.message]) # => [Encoding::InvalidByteSequenceError, "\"\\xE3\" followed by \"b\" on UTF-8"]
p ("a\xE3".encode("UTF-16LE") rescue [$!.class, $!.message]) # => [Encoding::InvalidByteSequenceError, "incomplete \"\\xE3\" on UTF-8"]
p ("\xff".b.encode("UTF-8") rescue [$!.class, $!.message]) # => [Encoding::UndefinedConversionError, "\"\\xFF\" from ASCII-8BIT to UTF-8"]
p ("a".encode("nope") rescue [$!.class, $!.message]) # => [Encoding::ConverterNotFoundError, "code converter not found (UTF-8 to nope)"]
p ("a".force_encoding("nope") rescue [$!.class, $!.message]) # => [ArgumentError, "unknown encoding name - nope"]
p Encoding.find("utf-8") # => #<Encoding:UTF-8>
p Encoding.default_external # => #<Encoding:UTF-8>
p Encoding.default_internal # => nil
p Encoding.compatible?("a", "b".b) # => #<Encoding:UTF-8>
p Encoding.compatible?("é", "\xff".b) # => nil
p Encoding::UTF_8.name # => "UTF-8"
p Encoding::UTF_8.names.first(2) # => ["UTF-8", "CP65001"]
p Encoding::UTF_16LE.ascii_compatible? # => false
p Encoding::UTF_7.dummy? # => true
p "é".force_encoding("ASCII-8BIT") == "é" # => false
p "a".force_encoding("ASCII-8BIT") == "a" # => true
p "\u00e9".force_encoding("UTF-16BE").length # => 1
p "a".encode("UTF-32BE").inspect # => "\"a\""
p "é".encode("ISO-8859-1").inspect # => "\"\\xE9\""
p "\xE9".dup.force_encoding("ISO-8859-1").encode("UTF-8") # => "é"
p "\x82\xA0".dup.force_encoding("Shift_JIS").inspect # => "\"\\x{82A0}\""
p "\x82\xA0".dup.force_encoding("Shift_JIS").length # => 1
p "\x82\xA0a".dup.force_encoding("Shift_JIS").reverse.bytes # => [97, 130, 160]
p "é".ascii_only? # => false
p "abc".encode("UTF-8").equal?("abc") # => false
