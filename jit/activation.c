// SPDX-License-Identifier: MIT
// Activations of methods in machine code: how the interpreter enters them, what it does for them,
// and how it ends what they leave.
#include "interp/ops.h"
#include "interp/unwind.h"
#include "jit/jit_state.h"

enum { ACTIVATION_SLACK = 4 << 10 }; // bytes of C stack between our test and that of machine code

// ---- from machine code into the interpreter

// Push the frame of a method whose receiver and arguments lie at base; NULL + SystemStackError.
static Frame *activation_push(ExecCtx *ec, const MethodEntry *me, uint32_t at, Value *base,
                              uint32_t argc) {
  const MethodCode *method = me->as.code;
  ec->vsp = base + 1 + argc;
  Frame *fr = mx_ops_push(ec, method->made, base + 1, argc);
  if (MX_UNLIKELY(!fr)) {
    (void)mx_raise_stack_error(ec);
    return NULL;
  }
  fr->self = *base;
  fr->flags = (uint32_t)FRAME_METHOD | (fr->code->core ? (uint32_t)FRAME_CORE : 0u);
  fr->base = base;
  fr->block = NULL;
  fr->lex = method->lex;
  fr->me = me;
  fr->me_at = at;
  fr->outer = NULL;
  ec->vsp = mx_frame_stack(fr);
  return fr;
}

uint64_t mx_activation_interpret(ExecCtx *ec, const void *callee, uint64_t at, Value *base,
                                 uint64_t argc) {
  MethodEntry *me = (MethodEntry *)(uintptr_t)callee;
  Code *code = ((const MethodCode *)me->as.code)->made;
  if (--code->calls == 0) mx_jit_method_hot(ec, me, (uint32_t)at);
  Frame *fr = activation_push(ec, me, (uint32_t)at, base, (uint32_t)argc);
  if (!fr) return VAL_EXC;
  bool polled = !MX_UNLIKELY(ec->poll) || mx_unwind_poll(ec);
  Value result = polled ? mx_dispatch_run(ec, fr) : VAL_EXC;
  mx_jit_method_ended(ec, fr);
  return mx_invoke_end(ec, fr, result);
}

uint64_t mx_activation_leave(ExecCtx *ec, Frame *root, const void *owner, uint64_t left,
                             uint64_t *out) {
  RegionCode *code = (RegionCode *)(uintptr_t)owner;
  SnapId snap = (SnapId)(left >> JIT_LEAVE_BITS);
  Landing at = {ec->frame, NULL, ec->vsp};
  switch ((JitLeave)(left & ((1u << JIT_LEAVE_BITS) - 1))) {
  case JIT_LEAVE_RAISED: break;
  case JIT_LEAVE_LANDED: at.ip = ec->frame->ip; break;
  case JIT_LEAVE_EXIT:
    mx_deopt_frames(ec, code->deopt, snap, root, out, &at);
    if (ec->unwind != UNWIND_NONE) { // behind a call that has raised
      at.fr->ip = at.ip;
      at.ip = NULL;
      break;
    }
    mx_stress_left(mx_jit_of(ec->vm));
    mx_stress_invalidate(mx_jit_of(ec->vm), code);
    mx_jit_method_left(ec, code, snap, &at);
    break;
  case JIT_LEAVE_THROWN:
    mx_deopt_frames(ec, code->deopt, snap, root, out, &at);
    at.fr->ip = at.ip + mx_stream_call_words((StreamOp)*at.ip);
    at.ip = NULL;
    break;
  }
  Value result = mx_dispatch_resume(ec, root, &at);
  mx_jit_method_ended(ec, root);
  return mx_invoke_end(ec, root, result);
}

// ---- from the interpreter into machine code

// When the code finds that there is no room it calls the interpreter, which must not enter it
// again.
bool mx_activation_fits(const ExecCtx *ec) {
  const char *here = __builtin_frame_address(0);
  return here - ec->c_stack_limit > JIT_C_RESERVE + ACTIVATION_SLACK;
}

Value mx_activation_enter(ExecCtx *ec, const MethodEntry *me, Value *base) {
  const Code *code = ((const MethodCode *)me->as.code)->made;
  MachineCode machine;
  memcpy(&machine.method, &me->machine, sizeof machine.method);
  uint32_t argc = mx_params_placed(&code->params);
  Value a[IR_REG_ARGS];
  for (uint32_t i = 0; i < IR_REG_ARGS; i++) a[i] = i < argc ? base[1 + i] : VAL_NIL;
  return machine.method(ec, base, base[0], a[0], a[1], a[2]);
}
