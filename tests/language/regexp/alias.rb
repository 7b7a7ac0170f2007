# SPDX-License-Identifier: MIT
# Aliases of the variables that a match sets.
alias $PREMATCH $`
alias $LAST_MATCH_INFO $~
"hello" =~ /l+/
p $PREMATCH # => "he"
p $LAST_MATCH_INFO[0] # => "ll"
p $& # => "ll"
