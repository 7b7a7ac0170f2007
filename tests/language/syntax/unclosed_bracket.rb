# SPDX-License-Identifier: MIT
# The hint tells where the bracket stands that is not closed.
# stderr: hint: the '(' at line 5, column 6 is not closed
# stderr: hint: the '[' at line 8, column 6 is not closed
  foo(1, 2
  bar # syntax error: unexpected identifier 'bar', expecting ')' to close the arguments

x =  [1, 2
y = 3 # syntax error: unexpected identifier 'y', expecting ']' to close the array
