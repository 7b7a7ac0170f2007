# SPDX-License-Identifier: MIT
# One run reports every independent error.
a = 1 2 # syntax error: unexpected integer '2'
foo(1, ) ) # syntax error: unexpected ')'
def m(x, x); end # syntax error: duplicated argument name
puts [1, 2 3] # syntax error: unexpected integer '3'
1 = 2 # syntax error: this cannot be assigned to
x = *; y # syntax error: unexpected ';'
