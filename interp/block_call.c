// SPDX-License-Identifier: MIT
// Calling blocks: literal ones, procs, lambdas, &:symbol, &method, and C functions.
#include "runtime/array.h"
#include "interp/define.h"
#include "interp/invoke.h"
#include "interp/refine.h"
#include "interp/unwind.h"

// What differs between yield, instance_exec and define_method.
typedef struct BlockRun {
  Value self;            // self of the activation
  const LexCtx *lex;     // its lexical context
  uint32_t flags;        // FRAME_* beyond FRAME_BLOCK
  const MethodEntry *me; // method for super and __method__
  uint32_t me_at;
  const Block *given; // what `yield` inside calls
} BlockRun;

// What the body in a frame gave for its block; redo starts it again with the same locals.
static Value block_ended(ExecCtx *ec, Frame *fr, Value result) {
  while (val_is_exc(result)) {
    if (ec->unwind != UNWIND_REDO || ec->unwind_target != fr) return mx_unwind_block(ec, fr);
    (void)mx_unwind_stop(ec);
    fr->flags |= FRAME_REDONE;
    result = fr->code->run(ec, fr);
  }
  return result;
}

Value mx_invoke_block_end(ExecCtx *ec, Frame *fr, Value result) {
  result = block_ended(ec, fr, result);
  mx_frame_pop(ec, fr);
  return result;
}

// Run a block of the language.
static Value block_run(ExecCtx *ec, const Block *block, const BlockRun *how, const CallArgs *args,
                       bool strict) {
  const Code *code = block->code;
  Frame *fr = mx_frame_push(ec, code, how->self, how->lex,
                            FRAME_BLOCK | how->flags | (code->core ? FRAME_CORE : 0) |
                                (block->is_lambda ? FRAME_LAMBDA : 0));
  if (!fr) return VAL_EXC;
  fr->outer = block->env;
  fr->block = how->given;
  fr->me = how->me;
  fr->me_at = how->me_at;
  fr->own = block;
  bool bound = mx_bind_args(ec, fr, args, strict);
  if (bound) return mx_invoke_block_end(ec, fr, code->run(ec, fr));
  mx_frame_pop(ec, fr);
  return VAL_EXC;
}

// &:name: send the name to the first argument.
static Value block_symbol(ExecCtx *ec, const Block *block, const CallArgs *args) {
  if (args->argc == 0) return mx_raise_arg(ec, "no receiver given");
  CallArgs rest = *args;
  rest.argv = args->argv + 1;
  rest.argc = args->argc - 1;
  rest.flags &= CALL_KW;
  return mx_invoke_send(ec, args->argv[0], val_to_sym(block->value), &rest,
                        mx_invoke_symbol_lex(ec, block));
}

// &method(:name).
static Value block_method(ExecCtx *ec, const Block *block, const CallArgs *args) {
  const MethodObj *method = VAL_CAST(MethodObj, block->value);
  CallArgs call = *args;
  call.flags |= CALL_SAFE;
  return mx_invoke_method(ec, method->receiver, (MethodRef){method->me, method->at}, method->name,
                          &call);
}

// Blocks that are not code of the language.
static Value block_other(ExecCtx *ec, const Block *block, const CallArgs *args) {
  switch ((BlockKind)block->kind) {
  case BLOCK_SYMBOL: return block_symbol(ec, block, args);
  case BLOCK_METHOD: return block_method(ec, block, args);
  case BLOCK_C: return block->fn(ec, block->data, args);
  case BLOCK_CODE: break;
  }
  MX_UNREACHABLE();
}

Value mx_invoke_block(ExecCtx *ec, const Block *block, const CallArgs *args) {
  if (!block) return mx_raise(ec, ec->vm->cls.LocalJumpError, "no block given (yield)");
  if (block->kind != BLOCK_CODE) return block_other(ec, block, args);
  Value entered = mx_invoke_tier_block(ec, block, args);
  if (!val_is_undef(entered)) return entered;
  BlockRun how = {block->self, block->lex, 0, block->me, block->me_at, block->home_block};
  return block_run(ec, block, &how, args, block->is_lambda);
}

const LexCtx *mx_invoke_self_lex(ExecCtx *ec, const Block *block, Value self, ClassObj *target) {
  LexCtx *inner = mx_define_lex(ec, block->lex, self, target, LEX_NOT_CONST);
  if (target && target->flags & CLASS_REFINEMENT && target->lexical_parent)
    mx_refine_use_all(inner, target->lexical_parent);
  return inner;
}

Value mx_invoke_block_self(ExecCtx *ec, const Block *block, Value self, ClassObj *target,
                           const CallArgs *args) {
  if (block->kind != BLOCK_CODE) {
    if (block->kind != BLOCK_SYMBOL) return block_other(ec, block, args);
    return block_symbol(ec, block, args);
  }
  const LexCtx *inner = mx_invoke_self_lex(ec, block, self, target);
  BlockRun how = {self, inner, FRAME_CLASS, block->me, block->me_at, block->home_block};
  return block_run(ec, block, &how, args, block->is_lambda);
}

Value mx_invoke_proc_method(ExecCtx *ec, Value receiver, MethodRef ref, const CallArgs *args) {
  Block block = VAL_CAST(Proc, ref.me->as.proc)->block;
  block.is_lambda = true;
  if (block.kind != BLOCK_CODE) {
    if (block.kind != BLOCK_C) return block_other(ec, &block, args);
    Value *argv = ec->vsp;
    if ((size_t)(ec->vstack_end - argv) < args->argc + 1) return mx_raise_stack_error(ec);
    ec->vsp += args->argc + 1;
    argv[0] = receiver;
    for (uint32_t i = 0; i < args->argc; i++) argv[i + 1] = args->argv[i];
    CallArgs shifted = {argv, args->block, args->argc + 1, args->flags};
    Value result = block_other(ec, &block, &shifted);
    ec->vsp = argv;
    return result;
  }
  Value entered = mx_invoke_tier(ec, receiver, ref, args, (Code *)(uintptr_t)block.code);
  if (!val_is_undef(entered)) return entered;
  BlockRun how = {receiver, block.lex, FRAME_PROC_METHOD, ref.me, ref.at, block.home_block};
  return block_run(ec, &block, &how, args, true);
}
