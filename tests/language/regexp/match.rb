# SPDX-License-Identifier: MIT
# Matches, their groups, and the variables they set.
m = "John Smith <js@x.org>".match(/(?<first>\w+) (?<last>\w+) <(?<mail>.*?)>/)
p m # => #<MatchData "John Smith <js@x.org>" first:"John" last:"Smith" mail:"js@x.org">
p m[0] # => "John Smith <js@x.org>"
p m[:first] # => "John"
p m["mail"] # => "js@x.org"
p m.names # => ["first", "last", "mail"]
p m.captures # => ["John", "Smith", "js@x.org"]
p m.named_captures # => {"first" => "John", "last" => "Smith", "mail" => "js@x.org"}
p m.pre_match # => ""
p m.post_match # => ""
p m.begin(:last) # => 5
p m.end(2) # => 10
p m.offset(3) # => [12, 20]
p m.values_at(1, -1) # => ["John", "js@x.org"]
p m.to_a # => ["John Smith <js@x.org>", "John", "Smith", "js@x.org"]
p m.size # => 4
p m.string.frozen? # => true
p m.regexp.names # => ["first", "last", "mail"]
p((m in {first: "John"})) # => true
p "é1".match(/\d/).begin(0) # => 1
p "foo" =~ /o/ # => 1
p $~[0] # => "o"
p $` # => "f"
p $' # => "o"
p "foo" !~ /x/ # => true
p "ab".match?(/b/) # => true
p $~ && $~[0] # => nil
p(/a(b)?/.match("a")[1]) # => nil
p(/(.)(.)(.)/.match("abc").to_a) # => ["abc", "a", "b", "c"]
p $3 # => "c"
p $+ # => "c"
p Regexp.last_match(1) # => "a"
found = case "hello42"
        when /(\d+)/ then $1
        end
p found # => "42"
if /(?<year>\d+)-(?<mon>\d+)/ =~ "2024-05"
  p [year, mon] # => ["2024", "05"]
end
p(/x/.match(nil)) # => nil
p(/a/ === "cat") # => true
p(/a/ === :cat) # => true
p(/a/ === nil) # => false
p "cat".match(/a/) { |x| x[0] * 2 } # => "aa"
p "abcabc".match(/b/, 2).begin(0) # => 4
seen = []
"x-y".gsub(/(\w)/) { seen << [$1, $~.pre_match] }
p seen # => [["x", ""], ["y", "x-"]]
p $~[0] # => "y"
p "aXbX".gsub(/X/) { $~.begin(0).to_s } # => "a1b3"
def inner = "zzz" =~ /z/
"abc" =~ /b/
inner
p $~[0] # => "b"
[1].each { "qq" =~ /q/ }
p $~[0] # => "q"
