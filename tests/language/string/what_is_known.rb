# SPDX-License-Identifier: MIT
# What is known of a string's bytes goes on with what is made of it, and no further.
halves = ["\xC5", "\xBE"]
p halves.map(&:valid_encoding?) # => [false, false]
p (halves[0] + halves[1]).valid_encoding? # => true
p ("ž" + halves[0]).valid_encoding? # => false
p ("ž" + "a").ascii_only? # => false
p ("a" + "ž".encode("ISO-8859-2")).valid_encoding? # => true
p ("a" * 40 + "ž" + "b" * 9 + "\xC5").valid_encoding? # => false
p "a\xC5b".reverse.valid_encoding? # => false
p "\xBE\xC5".reverse.valid_encoding? # => true
p "abcž".reverse # => "žcba"
p "abc".reverse.ascii_only? # => true
broken = ["\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\xAF", "\xE2\x82", "abcdefgh\xFF"]
p broken.any?(&:valid_encoding?), "\xF0\x9F\x98\x80".valid_encoding?
# => false
# => true

p "aab".delete("b"), "aab".delete("a"), "aab".delete("ab"), "aab".delete("c")
# => "aa"
# => "b"
# => ""
# => "aab"
p "aabbcc".squeeze, "aabbcc".squeeze("b"), "abcc".squeeze, "žžaa".squeeze, "žžaa".squeeze("a")
# => "abc"
# => "aabcc"
# => "abc"
# => "ža"
# => "žža"
p "hello".count("l"), "hello".count("a-z", "^l"), "žluť".count("žť")
# => 2
# => 3
# => 2
