// SPDX-License-Identifier: MIT
// Where what is unwinding lands, in frames of the bytecode engine.
//
// From the innermost frame outwards: handlers of the chunk that cover the instruction, then the
// end of the activation (return, next, break), up to the frame that a C caller entered.
#ifndef MX_INTERP_LAND_H
#define MX_INTERP_LAND_H

#include "interp/stream.h"

// Where execution goes on.
typedef struct Landing {
  Frame *fr;          // frame, which is ec->frame
  const uint32_t *ip; // its next instruction
  Value *sp;          // one past its operands
} Landing;

// Find the place for what is pending in ec, popping frames above `entry`. False: it leaves entry,
// which is left to the C caller to pop; it is still pending.
MX_FUNC MX_MUST_CHECK bool mx_land(ExecCtx *ec, Frame *entry, Landing *out);

// Go on executing in the midst of what `entry`, a frame below at->fr or this one itself, does,
// until it ends; ip NULL: to where what is pending in ec lands. Its value, or VAL_EXC; its end and
// popping are the caller's (mx_invoke_end).
MX_FUNC MX_MUST_CHECK Value mx_dispatch_resume(ExecCtx *ec, Frame *entry, const Landing *at);

// BREAK and CONTINUE: go to a target in the frame, by way of the ensures around the instruction
// that do not cover the target. value is VAL_UNDEF for CONTINUE.
typedef struct LocalJump {
  uint32_t target; // pc in the chunk
  uint32_t depth;  // operands that stay there
  Value value;     // pushed there, VAL_UNDEF for none
} LocalJump;
// Go where the jump says, or into the first ensure on the way.
MX_FUNC void mx_land_jump(ExecCtx *ec, Frame *fr, const LocalJump *jump, Landing *out);

// ENSURE_END: $! is as it was, and what was pending goes on. True: execution goes on at *out
// (which is unchanged when nothing was pending); false: it is pending in ec again.
MX_FUNC MX_MUST_CHECK bool mx_land_resume(ExecCtx *ec, Frame *fr, Value pending, Landing *out);
// The exception that an ensure clause sees as $!, or VAL_UNDEF.
MX_FUNC Value mx_land_pending_error(Value pending);

#endif
