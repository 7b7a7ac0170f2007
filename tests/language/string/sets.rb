# SPDX-License-Identifier: MIT
# Sets of characters: ranges, negation, escapes, several of them, beyond ASCII.
p "été à la mer".delete("é") # => "t à la mer"
p "été à la mer".delete("^a-z") # => "tlamer"
p "été à la mer".delete("^a-zé") # => "étélamer"
p "été à la mer".count("a-z", "^m") # => 5
p "été à la mer".count("à-é") # => 3
p "été à la mer".count("^ ", "^é") # => 7
p "aabbééddà".squeeze("a-b", "^a") # => "aabééddà"
p "aabbééddà".squeeze("é") # => "aabbéddà"
p "a-b\\c^d".delete("\\-") # => "ab\\c^d"
p "a-b\\c^d".delete("-^") # => "ab\\cd"
p "a-b\\c^d".delete("^-^") # => "-^"
p "a-b\\c^d".delete("\\\\") # => "a-bc^d"
p "abc".delete("") # => "abc"
p "abc".count("^") # => 0
p "hello".tr("a-y", "é-ü").length # => 5
p "hello".tr("^el", "*-") # => "-ell-"
p "hello".tr("lo", "^x") # => "he^^x"
p "helél".tr("lé", "é") # => "heééé"
p "hello".tr("ll", "ab") # => "hebbo"
p "hello".tr("xyz", "abc") # => "hello"
p "héllo".tr("é", "e").ascii_only? # => true
p "aabb".tr_s("ab", "c") # => "c"
frozen = "plain".freeze
p frozen.tr("x", "y").frozen? # => false
p "ab".tr!("x", "y") # => nil
begin
  "abc".delete("c-a")
rescue ArgumentError => error
  p error.message # => "invalid range \"c-a\" in string transliteration"
end
begin
  "abc".tr("a", "é-b")
rescue ArgumentError => error
  p error.message # => "invalid range in string transliteration"
end
