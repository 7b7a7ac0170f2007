// SPDX-License-Identifier: MIT
// Activations of methods in machine code: how the interpreter enters them, what it does for them,
// and how it ends what they leave.
#include "interp/ops.h"
#include "interp/unwind.h"
#include "jit/jit_state.h"

enum { ACTIVATION_SLACK = 4 << 10 }; // bytes of C stack between our test and that of machine code

// ---- from machine code into the interpreter

// What an activation that is interpreted runs, with its values at base.
typedef struct ActivationOf {
  const MethodEntry *me;
  uint32_t at;        // position of its owner in the mro
  const Block *block; // what runs, NULL: a method's own body
  const Block *given; // of a method's call, or NULL
  Value *base;
  uint32_t argc;
} ActivationOf;

// Fill in the frame of a method.
static void activation_method(Frame *fr, const ActivationOf *a) {
  fr->self = *a->base;
  fr->flags = (uint32_t)FRAME_METHOD | (fr->code->core ? (uint32_t)FRAME_CORE : 0u);
  fr->block = a->given;
  fr->lex = ((const MethodCode *)a->me->as.code)->lex;
  fr->me = mx_method_meant(a->me);
  fr->me_at = a->at;
  fr->outer = NULL;
}

// Fill in the frame of a block, which may be a method's.
static void activation_block(Frame *fr, const ActivationOf *a) {
  bool method = a->me->kind == METHOD_PROC, lambda = method || a->block->is_lambda;
  fr->self = method ? *a->base : a->block->self;
  fr->flags = (uint32_t)FRAME_BLOCK | (method ? (uint32_t)FRAME_PROC_METHOD : 0u) |
              (lambda ? (uint32_t)FRAME_LAMBDA : 0u) | (fr->code->core ? (uint32_t)FRAME_CORE : 0u);
  fr->block = a->block->home_block;
  fr->lex = a->block->lex;
  fr->me = method ? a->me : a->block->me;
  fr->me_at = method ? a->at : a->block->me_at;
  fr->outer = a->block->env;
  fr->own = a->block;
}

// Push the frame; NULL + SystemStackError.
static Frame *activation_push(ExecCtx *ec, const ActivationOf *a) {
  ec->vsp = a->base + 1 + a->argc;
  Frame *fr = mx_ops_push(ec, mx_region_body(a->me), a->base + 1, a->argc);
  if (MX_UNLIKELY(!fr)) {
    (void)mx_raise_stack_error(ec);
    return NULL;
  }
  fr->base = a->base;
  if (a->block)
    activation_block(fr, a);
  else
    activation_method(fr, a);
  ec->vsp = mx_frame_stack(fr);
  int32_t slot = fr->code->params.block_slot;
  if (a->given && slot >= 0) {
    Value proc = mx_proc_from_block(ec, a->given);
    fr->locals[slot] = proc;
  }
  return fr;
}

// The block that a method stands for, or is made of; NULL when it has a body of its own.
static const Block *activation_block_of(const MethodEntry *me, Value base) {
  if (me->kind == METHOD_PROC) return &VAL_CAST(const Proc, me->as.proc)->block;
  return mx_region_body(me)->body == me ? (const Block *)(uintptr_t)base : NULL;
}

// The value of an activation whose body gave `result`.
static Value activation_end(ExecCtx *ec, Frame *fr, Value result) {
  mx_jit_method_ended(ec, fr);
  return fr->flags & FRAME_BLOCK ? mx_invoke_block_end(ec, fr, result)
                                 : mx_invoke_end(ec, fr, result);
}

uint64_t mx_activation_interpret(ExecCtx *ec, const void *callee, uint64_t at, Value *base,
                                 uint64_t argc) {
  MethodEntry *me = (MethodEntry *)(uintptr_t)callee;
  const Block *given = ec->given; // before anything else is called
  Code *code = mx_region_body(me);
  if (--code->calls == 0) mx_jit_method_hot(ec, me, (uint32_t)at);
  ActivationOf a = {me, (uint32_t)at, activation_block_of(me, *base), NULL, base, (uint32_t)argc};
  if (me->flags & METHOD_F_GIVEN) a.given = given;
  Frame *fr = activation_push(ec, &a);
  if (!fr) return VAL_EXC;
  bool polled = !MX_UNLIKELY(ec->poll) || mx_unwind_poll(ec);
  return activation_end(ec, fr, polled ? mx_dispatch_run(ec, fr) : VAL_EXC);
}

uint64_t mx_activation_leave(ExecCtx *ec, Frame *root, const void *owner, uint64_t left,
                             uint64_t *out) {
  RegionCode *code = (RegionCode *)(uintptr_t)owner;
  SnapId snap = (SnapId)(left >> JIT_LEAVE_BITS);
  Landing at = {ec->frame, NULL, ec->vsp};
  ec->place = NULL;
  switch ((JitLeave)(left & ((1u << JIT_LEAVE_BITS) - 1))) {
  case JIT_LEAVE_RAISED: mx_jit_method_unwinds(ec, code, snap); break;
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
    mx_jit_method_unwinds(ec, code, snap);
    break;
  }
  return activation_end(ec, root, mx_dispatch_resume(ec, root, &at));
}

// ---- from the interpreter into machine code

// When the code finds that there is no room it calls the interpreter, which must not enter it
// again.
bool mx_activation_fits(const ExecCtx *ec) {
  const char *here = __builtin_frame_address(0);
  return here - ec->c_stack_limit > JIT_C_RESERVE + ACTIVATION_SLACK;
}

Value mx_activation_enter(ExecCtx *ec, const MethodEntry *me, Value *base) {
  const Code *code = mx_region_body(me);
  MachineCode machine;
  memcpy(&machine.method, &me->machine, sizeof machine.method);
  uint32_t argc = mx_params_placed(&code->params);
  Value a[IR_REG_ARGS];
  for (uint32_t i = 0; i < IR_REG_ARGS; i++) a[i] = i < argc ? base[1 + i] : VAL_NIL;
  const void *place = ec->place;
  Value result = machine.method(ec, base, base[0], a[0], a[1], a[2]);
  ec->place = place;
  return result;
}
