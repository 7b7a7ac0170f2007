# SPDX-License-Identifier: MIT
08 # syntax error: invalid octal digit
0b2 # syntax error: numeric literal without digits
1__0 # syntax error: trailing '_' in number
1_ # syntax error: trailing '_' in number
x = .5 # syntax error: no .<digit> floating literal anymore
"\u{110000}" # syntax error: invalid Unicode codepoint (too large)
"\u12" # syntax error: invalid Unicode escape
"\xz" # syntax error: invalid hex escape
@1 # syntax error: a variable's name cannot begin with a digit
@ # syntax error: '@' without identifiers is not allowed as instance variable name
/(/ # syntax error: end pattern with unmatched parenthesis: /(/
/a)/ # syntax error: unmatched close parenthesis: /a)/
/*/ # syntax error: target of repeat operator is not specified: /*/
/[/ # syntax error: premature end of char-class: /[/
/a/z # syntax error: unknown regexp option - z
%y(a) # syntax error: unknown type of %string
