// SPDX-License-Identifier: MIT
// $~ and $_, hidden locals of the method level, and the globals derived from $~.
#ifndef MX_INTERP_MATCH_VARS_H
#define MX_INTERP_MATCH_VARS_H

#include "interp/frame.h"

// Upcalls: in the innermost guest frame that is not core library code.
MX_FUNC void mx_match_set(ExecCtx *ec, Value match);
// The last match, nil for none.
MX_FUNC Value mx_match_get(ExecCtx *ec);
// Set $_.
MX_FUNC void mx_match_set_line(ExecCtx *ec, Value line);
// The value of $_.
MX_FUNC Value mx_match_get_line(ExecCtx *ec);
// Hook $~ $_ $& $` $' $+ into the table of globals.
MX_FUNC void mx_match_boot(ExecCtx *ec);

#endif
