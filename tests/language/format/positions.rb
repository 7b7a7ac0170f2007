# SPDX-License-Identifier: MIT
# Numbered, named and starred arguments of format strings.
p(format("%1$s %1$s %2$d", "a", 5)) # => "a a 5"
p(format("%3$*1$d|", 8, 0, 42)) # => "      42|"
p(format("%*.*f|", 8, 2, 3.14159)) # => "    3.14|"
p(format("%-*d|", 6, 42)) # => "42    |"
p(format("%*d|", -6, 42)) # => "42    |"
p(format("%.*f", 1, 2.55)) # => "2.6"
p(format("%<n>08.3f|%<n>+d", { n: 3.5 })) # => "0003.500|+3"
p(format("%{a}-%{b}", { a: 1, b: nil })) # => "1-"
p(format("%<a>s %<b>p", a: "x", b: "y")) # => "x \"y\""
h = Hash.new { |_, k| k.to_s * 2 }
p(format("%{ab}", h)) # => "abab"
p(format("%%%d%%", 50)) # => "%50%"
p(format("%c", 0x1F600)) # => "😀"
p(format("%-3c|", "x")) # => "x  |"
p(format("%+x % x %#x %08x", 255, 255, 255, 255)) # => "+ff  ff 0xff 000000ff"
p(format("%x %o %b", -255, -8, -5)) # => "..f01 ..70 ..1011"
p(format("%.3d|%8.3d|%-8.3d|", 7, 7, 7)) # => "007|     007|007     |"
