# SPDX-License-Identifier: MIT
nil = 1 # syntax error: Can't assign to nil
self = 1 # syntax error: Can't change the value of self
__FILE__ = 1 # syntax error: Can't assign to __FILE__
$1 = 1 # syntax error: Can't set variable $1
$& = 1 # syntax error: Can't set variable $&
foo() = 1 # syntax error: this cannot be assigned to
a + b = 1, 2
a&.b, c = 1 # syntax error: &. inside multiple assignment destination
*a, *b = 1 # syntax error: multiple splats in multiple assignment
a? = 1 # syntax error: this cannot be assigned to
def m
  A = 1 # syntax error: dynamic constant assignment
  B ||= 1 # syntax error: dynamic constant assignment
  B::C = 1 # syntax error: dynamic constant assignment
end
_1 = 1 # syntax error: _1 is reserved for numbered parameter
a[&b] = 1 # syntax error: unexpected block arg given in index assignment
a[b: 1] = 1 # syntax error: unexpected keyword arg given in index assignment
