# SPDX-License-Identifier: MIT
class foo; end # syntax error: class/module name must be CONSTANT
def m
  class A; end # syntax error: class definition in method body
  module B; end # syntax error: module definition in method body
  BEGIN { } # syntax error: BEGIN is permitted only at toplevel
end
alias $a $1 # syntax error: can't make alias for the number variables
def (1).m; end # syntax error: can't define singleton method for literals
def 1; end # syntax error: unexpected integer '1', expecting a method name
begin; 1; else; 2; end # syntax error: else without rescue is useless
unless a; elsif b; end # syntax error: unexpected 'elsif'
