# SPDX-License-Identifier: MIT
def m
  a = return # syntax error: void value expression
  foo(return) # syntax error: void value expression
  (return).foo # syntax error: void value expression
  1 + (return) # syntax error: void value expression
  b = if x then return else return end # syntax error: void value expression
  c = if x then return else 1 end
  d = begin; return; end # syntax error: void value expression
  e = x || return
  (return) || x # syntax error: void value expression
end
