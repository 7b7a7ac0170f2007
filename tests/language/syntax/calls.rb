# SPDX-License-Identifier: MIT
foo(a: 1, 2) # syntax error: unexpected argument behind keyword arguments
foo(&b, 1) # syntax error: unexpected ','
foo(&b) { } # syntax error: both block arg and actual block given
def m = yield(&b) # syntax error: block argument should not be given
[&b] # syntax error: block argument should not be given here
a == b == c # syntax error: unexpected '=='
a..b..c # syntax error: unexpected '..'
foo 1, bar 2 # syntax error: unexpected integer '2'
foo.
1 # syntax error: unexpected integer '1', expecting a method name
{a:: 1} # syntax error: unexpected
