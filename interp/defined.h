// SPDX-License-Identifier: MIT
// defined? of what only a running frame can answer; for both engines.
#ifndef MX_INTERP_DEFINED_H
#define MX_INTERP_DEFINED_H

#include "bytecode/opcodes.h"
#include "interp/frame.h"

// What `name`, asked for by kind, is; NULL when it is undefined, and when the question raised.
MX_FUNC const char *mx_defined_name(ExecCtx *ec, Frame *fr, DefinedKind kind, Sym name,
                                    Value operand);
// The value of a defined? whose answer is `text`: a frozen String, or nil for NULL.
MX_FUNC MX_MUST_CHECK Value mx_defined_value(ExecCtx *ec, const char *text);

#endif
