// SPDX-License-Identifier: MIT
// What builds with assertions check of every instruction, before it is executed.
//
// A stream that is made keeps the depths that the verifier has found. The dispatch loop then asks
// before each instruction whether the operand stack has that depth and all numbers in the words are
// within their tables. A broken invariant ends the process, so that no test and no generated
// program passes by chance.
#ifndef MX_INTERP_STREAM_CHECK_H
#define MX_INTERP_STREAM_CHECK_H

#include "interp/stream.h"

// Verify the chunk of a code whose stream was just made once more, and keep the depths.
MX_FUNC void mx_stream_keep_depths(ExecCtx *ec, Code *code);
// Check the instruction at ip of the running frame; sp is one past its operands.
MX_FUNC void mx_stream_check(const ExecCtx *ec, Frame *fr, const uint32_t *ip, const Value *sp);

#endif
