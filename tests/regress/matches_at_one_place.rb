# SPDX-License-Identifier: MIT
# A match at one place is a search behind \G: what calls itself, ends in a comment, looks around or
# asks for the ends gives the same.
require "strscan"

def at_each_place(pattern, text)
  (0..text.length).map { |i| (m = text.match(/\G(?:#{pattern})/, i)) && m[0] }
end

def scanned(pattern, text)
  s = StringScanner.new(text)
  (0..text.length).map { |i| s.pos = i; s.check(pattern) }
end

text = "ab(c(d)e)x\nxy 9.25"
[/a/, /b|\z/, /\d+(\.\d+)?/, /x*y/, /y?/, /xy/, /[^a-x]+/, /(?i)AB/, /./m, //].each do |pattern|
  p pattern unless scanned(pattern, text) == at_each_place(pattern, text)
end
nested = /\((?:[^()]|\g<0>)*\)/
p scanned(nested, text).compact # => ["(c(d)e)", "(d)"]
commented = /x # the letter
             y # and its neighbour/x
p scanned(commented, text).compact # => ["xy"]
p scanned(/b (?x) # no parenthesis can follow/, "ab c").compact # => ["b "]
p scanned(/^x/, text).compact, scanned(/x$/, text).compact
# => ["x", "x"]
# => ["x"]
p scanned(/(?<=b)\(/, text).compact, scanned(/\Ay/, text).compact
# => []
# => ["y"]
s = StringScanner.new(text, fixed_anchor: true)
s.pos = 11
p s.scan(/^x/), s.scan(/^y/), s.scan(/(?<=x)y/), s[0], s.pos
# => "x"
# => nil
# => "y"
# => "y"
# => 13
s = StringScanner.new("key: 1")
p s.scan(/(?<name>\w+)(:)?/), s[:name], s.captures, s.scan(/\s*(\d)|(\w)/), s[1], s[2]
# => "key:"
# => "key"
# => ["key"]
# => " 1"
# => "1"
# => nil
p text.rindex(/x/), text.rindex(/x/, 10), text.rindex(/\(.*\)/), text.rindex(/z/), "äöü".rindex(/[äö]/)
# => 11
# => 9
# => 4
# => nil
# => 1
p text.start_with?(/ab?/), $&, text.start_with?(/b/), "ä".start_with?(/\w/), "".start_with?(/\z/)
# => true
# => "ab"
# => false
# => false
# => true
