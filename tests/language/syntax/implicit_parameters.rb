# SPDX-License-Identifier: MIT
foo { |a| _1 } # syntax error: ordinary parameter is defined
foo { _1; bar { _1 } } # syntax error: numbered parameter is already used in outer block
foo { bar { _1 }; _1 } # syntax error: numbered parameter is already used in inner block
foo { it; _1 } # syntax error: numbered parameters are not allowed when 'it' is already used
foo { _1; it } # syntax error: 'it' is not allowed when a numbered parameter is already used
foo { |_1| } # syntax error: _1 is reserved for numbered parameter
foo { _1 = 2 } # syntax error: _1 is reserved for numbered parameter
foo { |a| it } # syntax error: 'it' is not allowed when an ordinary parameter is defined
foo { |a| bar { it } }
foo { it; bar { it } }
