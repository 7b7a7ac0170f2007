// SPDX-License-Identifier: MIT
// $~ and $_, hidden locals of the method level, and the globals derived from $~.
#ifndef MX_INTERP_MATCH_VARS_H
#define MX_INTERP_MATCH_VARS_H

#include "interp/frame.h"

// $~ or $_ (SYM_g_match, SYM_g_line) as code that runs in fr sees it. Never raises.
MX_FUNC Value mx_match_var_get(const ExecCtx *ec, Frame *fr, Sym name);
// Set $~ or $_ from fr; false + TypeError when $~ is to be anything but a MatchData or nil.
MX_FUNC MX_MUST_CHECK bool mx_match_var_set(ExecCtx *ec, Frame *fr, Sym name, Value v);
// $1 and its kind: the text of a group of the last match, nil without one. Never raises.
MX_FUNC Value mx_match_nth(ExecCtx *ec, Frame *fr, int64_t index);
// A named group of the last match for /(?<name>...)/ =~ text, which answered `result`.
MX_FUNC MX_MUST_CHECK Value mx_match_written(ExecCtx *ec, Frame *fr, Value result, Sym name);

// $& $` $' $+ (their name) of a match or nil.
MX_FUNC Value mx_match_part(ExecCtx *ec, Value match, Sym name);

// Upcalls: in the innermost guest frame that is not core library code.
MX_FUNC void mx_match_set(ExecCtx *ec, Value match);
// The last match, nil for none.
MX_FUNC Value mx_match_get(ExecCtx *ec);
// Set $_ as the innermost activation of guest code sees it, or the one `above` further out.
MX_FUNC void mx_match_set_line(ExecCtx *ec, Value line, uint32_t above);
// The value of $_.
MX_FUNC Value mx_match_get_line(ExecCtx *ec);
// Hook $~ $_ $& $` $' $+ into the table of globals.
MX_FUNC void mx_match_boot(ExecCtx *ec);

#endif
