# SPDX-License-Identifier: MIT
# Another name of $~ reads and writes that of the method; a match whose groups took no part has no $+.
alias $mine $~
$mine = "abc".match(/b/)
p $mine, $~, $&
# => #<MatchData "b">
# => #<MatchData "b">
# => "b"
begin
  $mine = 3
rescue TypeError => e
  puts e.message
end
# => wrong argument type Integer (expected MatchData)
"a" =~ /(x)?a/
p $+
# => nil
