# SPDX-License-Identifier: MIT
# The message of a SyntaxError has errors only; the warnings of a text are none.
$VERBOSE = nil
begin
  eval("x = 5 if a = 3\nfoo(]", nil, "t.rb")
rescue SyntaxError => e
  puts e.message.lines.grep(/:\d+:/) # => t.rb:2:5: syntax error: unexpected ']'
end
