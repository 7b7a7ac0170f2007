# SPDX-License-Identifier: MIT
case a
in {b: 1, b: 2} then 1 # syntax error: duplicated key name
in [c, c] then 1 # syntax error: duplicated variable name
in [d] | 1 then 1 # syntax error: illegal variable in alternative pattern (d)
in ^nothing then 1 # syntax error: nothing: no such local variable
in [*, *] then 1 # syntax error: unexpected second * in an array pattern
in {"a#{1}":} then 1 # syntax error: symbol literal with interpolation is not allowed
in {a?:} then 1 # syntax error: key must be valid as local variables
in _1 then 1 # syntax error: _1 is reserved for numbered parameter
in [_, _] then 1
end
