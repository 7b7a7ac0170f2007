// SPDX-License-Identifier: MIT
// Ends of activations. VAL_EXC travels outwards through every C function between a jump and
// where it lands; each end of a method, block or call asks here whether it is the landing place.
#include "interp/unwind.h"
#include "runtime/upcall.h"

Value mx_unwind_start(ExecCtx *ec, UnwindTag tag, Value value, void *target) {
  ec->unwind = tag;
  ec->exc = value;
  ec->unwind_target = target;
  return VAL_EXC;
}

Value mx_unwind_stop(ExecCtx *ec) {
  Value value = ec->exc;
  ec->unwind = UNWIND_NONE;
  ec->exc = VAL_NIL;
  ec->unwind_target = NULL;
  return value;
}

bool mx_unwind_catches(const ExecCtx *ec, const Frame *fr) {
  return ec->unwind == UNWIND_THROW && fr->flags & FRAME_CORE && fr->code->name == SYM_catch &&
         fr->locals[0] == ec->unwind_tag_value;
}

Value mx_unwind_method(ExecCtx *ec, Frame *fr) {
  bool returns = ec->unwind == UNWIND_RETURN && ec->unwind_target == fr;
  return returns || mx_unwind_catches(ec, fr) ? mx_unwind_stop(ec) : VAL_EXC;
}

Value mx_unwind_block(ExecCtx *ec, Frame *fr) {
  if (ec->unwind == UNWIND_NEXT && ec->unwind_target == fr) return mx_unwind_stop(ec);
  if (!(fr->flags & FRAME_LAMBDA)) return VAL_EXC;
  if (ec->unwind == UNWIND_RETURN && ec->unwind_target == fr) return mx_unwind_stop(ec);
  if (ec->unwind == UNWIND_BREAK && ec->unwind_target == fr) return mx_unwind_stop(ec);
  return VAL_EXC;
}

Value mx_unwind_call(ExecCtx *ec, Frame *fr) {
  if (ec->unwind == UNWIND_BREAK && ec->unwind_target == &fr->call_serial)
    return mx_unwind_stop(ec);
  return VAL_EXC;
}

Value mx_unwind_break(ExecCtx *ec, Frame *fr, Value value) {
  if (fr->flags & (FRAME_LAMBDA | FRAME_METHOD))
    return mx_unwind_start(ec, UNWIND_BREAK, value, fr);
  Frame *home = fr->outer ? fr->outer->frame : NULL;
  bool active =
      home && fr->own->site != 0 && home->call_serial == fr->own->site && mx_frame_is_of(ec, home);
  if (active) return mx_unwind_start(ec, UNWIND_BREAK, value, &home->call_serial);
  return mx_raise_local_jump(ec, "break from proc-closure", "break", value);
}

bool mx_unwind_poll(ExecCtx *ec) { return ec->vm->up->poll(ec); }
