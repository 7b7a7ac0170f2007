// SPDX-License-Identifier: MIT
// Text to IrFn; ir_print.h shows the form.
//
// Three things may be left out by hand: the type of a value when the table gives it, the
// predecessors of a block (then they are in the order of the blocks that name it), and blocks'
// weights. Only the form is checked here; mx_ir_verify checks the rest.
#ifndef MX_JIT_IR_PARSE_H
#define MX_JIT_IR_PARSE_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir.h"

// Parse one function. NULL when the text is wrong; then `error` has "LINE:COLUMN: what".
MX_FUNC IrFn *mx_ir_parse(Arena *arena, const char *text, StrBuf *error);

#endif
