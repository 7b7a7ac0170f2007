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
# For a pattern the text begins at the position, unless anchors are fixed.
def ends(scanner) = [scanner.pos, scanner.matched, scanner.pre_match, scanner.post_match]
v = StringScanner.new("äb-cd\nef")
p v.skip(/äb/), v.check(/\bb/), v.check(/(?<=b)-/), v.match?(/^-/), v.exist?(/^e/) # => 3
# => nil
# => nil
# => 1
# => 5
p v.scan_until(/(?<x>c)|(?<y>q)/), ends(v), [v[:x], v["y"], v[1], v[2], v[-1]], v.captures # => "-c"
# => [5, "c", "äb-", "d\nef"]
# => ["c", nil, "c", nil, nil]
# => ["c", nil]
p v.scan("d\n"), ends(v), v[0], v.size, v.scan("f"), v.matched, v[0] # => "d\n"
# => [7, "d\n", "äb-c", "ef"]
# => "d\n"
# => 1
# => nil
# => nil
# => nil
w = StringScanner.new("ab\ncd", fixed_anchor: true)
p w.fixed_anchor?, w.skip(/ab/), w.scan(/^/), w.scan(/(?<=b)\n/), w.scan(/\Ac/), w.scan(/^c/) # => true
# => 2
# => nil
# => "\n"
# => nil
# => "c"
x = StringScanner.new("é")
p x.get_byte, x.matched, x.get_byte, x.get_byte, x.matched # => "\xC3"
# => "\xC3"
# => "\xA9"
# => nil
# => nil
p begin
  x.scan(1)
rescue TypeError => e
  e.class
end # => TypeError
