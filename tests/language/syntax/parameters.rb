# SPDX-License-Identifier: MIT
def a(b, b); end # syntax error: duplicated argument name
def a(b, (c, b)); end # syntax error: duplicated argument name
def a(b:, b: 1); end # syntax error: duplicated argument name
foo { |b; b| } # syntax error: duplicated argument name
def a(_, _); end
def a(B); end # syntax error: formal argument cannot be a constant
def a(@b); end # syntax error: formal argument cannot be an instance variable
def a($b); end # syntax error: formal argument cannot be a global variable
def a(@@b); end # syntax error: formal argument cannot be a class variable
def a(*b, *c); end # syntax error: unexpected parameter order
def a(b = 1, *c, d = 2); end # syntax error: unexpected parameter order
def a(&b, c); end # syntax error: unexpected parameter order
def a(**b, c:); end # syntax error: unexpected parameter order
foo { |...| } # syntax error: unexpected ...
def a(b) = bar(...) # syntax error: unexpected ... when the parent method is not forwarding
def a(b) = bar(*) # syntax error: no anonymous rest parameter
def a(b) = bar(**) # syntax error: no anonymous keyword rest parameter
def a(b) = bar(&) # syntax error: no anonymous block parameter
def a=(b) = 1 # syntax error: setter method cannot be defined in an endless method definition
def []=(a, b) = 1 # syntax error: setter method cannot be defined in an endless method definition
