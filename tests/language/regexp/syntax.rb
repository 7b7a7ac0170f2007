# SPDX-License-Identifier: MIT
# What patterns mean.
p(/a.c/m.match?("a\nc")) # => true
p(/ a b # comment # => true
/x.match?("ab"))
p(/ABC/i =~ "xabc") # => 1
p "caf\u00e9"[/\w+/] # => "caf"
p "caf\u00e9"[/[[:word:]]+/] # => "café"
p "٣"[/\d/] # => nil
p "٣"[/[[:digit:]]/] # => "٣"
p "٣"[/(?u)\d/] # => "٣"
p "foobar"[/foo(?=bar)/] # => "foo"
p "foobar"[/(?<=foo)bar/] # => "bar"
p "foobaz"[/foo(?!bar)/] # => "foo"
p "aaa"[/a{2}/] # => "aa"
p "aaa"[/a+?/] # => "a"
p "aaa"[/a++/] # => "aaa"
p "abab"[/(ab)\1/] # => "abab"
p "((a))"[/\((?:[^()]|\g<0>)*\)/] # => "((a))"
p "foo.bar"[/\.\K.*/] # => "bar"
p "a\r\nb".split(/\R/) # => ["a", "b"]
p "ab12"[/\h+/] # => "ab12"
p "x\u3042y"[/\p{Hiragana}/] # => "あ"
p "aé"[/[^\x00-\x7F]/] # => "é"
p "a]b"[/[\]]/] # => "]"
p "a-b"[/[\w-]+/] # => "a-b"
p "abc"[/[a-c&&[^b]]+/] # => "a"
p "\u00e9"[/\u00e9/] # => "é"
p "ab"[/(?<a>a)(?<b>b)/, :b] # => "b"
p(/#{"a.b"}/.source) # => "a.b"
p(/#{Regexp.escape("a.b")}/.source) # => "a\\.b"
p(/(?i)ab(?-i)C/.match?("ABC")) # => true
p(/#{/x/i}y/.source) # => "(?i-mx:x)y"
p Regexp.new("a/b").inspect # => "/a\\/b/"
p Regexp.new("a", Regexp::IGNORECASE | Regexp::MULTILINE) # => /a/mi
p(/a/mix.options) # => 7
p(/a/ == /a/) # => true
p(/a/.eql?(/a/i)) # => false
p(/a/.hash == /a/.hash) # => true
p(/(?<a>.)(?<b>.)/.names) # => ["a", "b"]
p(/(?<a>.)(?<a>.)/.named_captures) # => {"a" => [1, 2]}
p Regexp.union("a.b", /c/) # => /a\.b|(?-mix:c)/
p Regexp.union # => /(?!)/
p Regexp.escape("[a] b\n") # => "\\[a\\]\\ b\\n"
p(/\//.source) # => "/"
p(/\//.inspect) # => "/\\//"
p(/é/.encoding) # => #<Encoding:UTF-8>
p(/a/.encoding) # => #<Encoding:US-ASCII>
p(/a/n.encoding) # => #<Encoding:US-ASCII>
p(/a/u.fixed_encoding?) # => true
p(/a/.to_s) # => "(?-mix:a)"
p "a\nb\n".scan(/^.$/) # => ["a", "b"]
p "ab\n" =~ /b\Z/ # => 1
p "ab\n" =~ /b\z/ # => nil
p "foo bar"[/\bbar\b/] # => "bar"
p "x1"[/(?<n>\d)/] && $~[:n] # => "1"
p (Regexp.new("(") rescue $!.message) # => "end pattern with unmatched parenthesis: /(/"
p (Regexp.new("[a") rescue $!.message) # => "premature end of char-class: /[a/"
p (Regexp.new("a**") rescue $!.message) # => /a**/
p (Regexp.new("?") rescue $!.message) # => "target of repeat operator is not specified: /?/"
p (Regexp.new("\\") rescue $!.message) # => "too short escape sequence: /\\/"
p ("\xff" =~ /x/ rescue $!.message) # => "invalid byte sequence in UTF-8"
p "a b"[/a\ b/x] # => "a b"
p "tel: 555-1234"[/(?:(\d{3})-)?(\d{4})/] # => "555-1234"
p "abc".sub(/(?<x>b)/) { $~[:x].upcase } # => "aBc"
