# SPDX-License-Identifier: MIT
# tr: ranges, negation, targets that run out, ASCII and other text.
def e; yield; rescue => x; "#{x.class}: #{x.message}"; end
p "hello".tr("el", "ip"), "hello".tr("a-y", "b-z"), "hello".tr("^l", "*"), "hello".tr("elo", "1"), "héllo".tr("é", "e"), "hello".tr("l", "é"), "hello".tr("lo", "éa"), "aabbcc".tr_s("ab", "x"), "hello".tr("", "x"), "hello".tr("l", ""), "h-e".tr("-", "_"), "h^e".tr("^", "x"), "abc".tr("a-c", "A-C"), "abca".tr("aa", "xy"), e { "abc".tr("c-a", "x") }
# => "hippo"
# => "ifmmp"
# => "**ll*"
# => "h1111"
# => "hello"
# => "heééo"
# => "heééa"
# => "xcc"
# => "hello"
# => "heo"
# => "h_e"
# => "hxe"
# => "ABC"
# => "ybcy"
# => "ArgumentError: invalid range \"c-a\" in string transliteration"
s = +"hello"; p s.tr!("z", "y"), s.tr!("l", "L"), s, "ab".encode("UTF-16LE").tr("a".encode("UTF-16LE"), "c".encode("UTF-16LE")).encode("UTF-8")
# => nil
# => "heLLo"
# => "heLLo"
# => "cb"
p "hello".b.tr("l", "r").encoding, "hello".encode("US-ASCII").tr("l", "r").encoding, "hello".tr("l", "r").encoding
# => #<Encoding:BINARY (ASCII-8BIT)>
# => #<Encoding:US-ASCII>
# => #<Encoding:UTF-8>
