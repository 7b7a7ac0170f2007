// SPDX-License-Identifier: MIT
// What happens to a pending unwinding at the end of an activation: return, next, break, throw.
#ifndef MX_INTERP_UNWIND_H
#define MX_INTERP_UNWIND_H

#include "interp/frame.h"

// Is something thrown to an activation, of the library's catch?
MX_FUNC bool mx_unwind_catches(const ExecCtx *ec, const Frame *fr);
// A method body ended with VAL_EXC: its result if a `return` or a throw aimed at it, else VAL_EXC.
MX_FUNC Value mx_unwind_method(ExecCtx *ec, Frame *fr);
// A block body ended with VAL_EXC: `next`, and `return` and `break` of lambdas.
MX_FUNC Value mx_unwind_block(ExecCtx *ec, Frame *fr);
// The call with a literal block that is under way in fr ended with VAL_EXC: `break` out of it.
MX_FUNC Value mx_unwind_call(ExecCtx *ec, Frame *fr);
// Start an unwinding; returns VAL_EXC.
MX_FUNC Value mx_unwind_start(ExecCtx *ec, UnwindTag tag, Value value, void *target);
// Stop the pending unwinding and give its value.
MX_FUNC Value mx_unwind_stop(ExecCtx *ec);
// `break` in a block: checks that the call it leaves is still active.
MX_FUNC Value mx_unwind_break(ExecCtx *ec, Frame *fr, Value value);
// Answer polls; false when one raised.
MX_FUNC MX_MUST_CHECK bool mx_unwind_poll(ExecCtx *ec);

#endif
