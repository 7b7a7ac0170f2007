# SPDX-License-Identifier: MIT
# StringScanner.
require "strscan"
s = StringScanner.new("Fri Dec 12 1975 é14:39")
p [s.scan(/Fri /), s.pos, s.scan(/(?<m>\w+) (\d+)/), s[0], s[:m]] # => ["Fri ", 4, "Dec 12", "Dec 12", "Dec"]
p [s.pre_match, s.post_match] # => ["Fri ", " 1975 é14:39"]
p [s.scan(/x/), s.matched, s.check(/ /), s.skip(/\s+/), s.scan_until(/é/)] # => [nil, nil, " ", 1, "1975 é"]
p [s.pos, s.charpos, s.rest, s.eos?] # => [18, 17, "14:39", false]
p [s.getch, s.peek(2), s.match?(/\d/), s.exist?(/9/), s.scan("4")] # => ["1", "4:", 1, 4, "4"]
s.unscan
p s.rest # => "4:39"
p s.terminate.eos? # => true
t = StringScanner.new("a\nb")
p [t.scan(/a\n/), t.bol?, t.scan(/^b/), t.eos?] # => ["a\n", true, "b", true]
u = StringScanner.new("test: 42, x")
p [u.scan(/\A\w+/), u.skip(/: /), u.scan(/\d+/), u.scan_until(/,\s*/), u.getch, u.getch] # => ["test", 2, "42", ", ", "x", nil]
p [u.reset.pos, u.matched?] # => [0, false]
