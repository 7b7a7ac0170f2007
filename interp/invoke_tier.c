// SPDX-License-Identifier: MIT
// Calls from C of methods and blocks that the next tier runs: `<=>` under sort, hash under Hash.
//
// They count as the loop's calls do (Code.calls). Machine code makes no frame before it calls, and
// its record knows of no C leaf that called it; so where one runs, a frame of the core library's
// kind lies in front, which shows in backtraces as that leaf and is seen by nobody else.
#include "interp/backtrace.h"
#include "interp/ops.h"
#include "interp/program.h"
#include "interp/tier.h"

// What is called.
typedef struct TierCall {
  MethodRef ref;      // the method, or what stands for a block's body
  const Code *code;   // its body
  const LexCtx *lex;  // the body's
  const Block *block; // of the call, or NULL
  Value base;         // what lies in the receiver's place
  uint32_t placed;    // values that become locals
  Value missing;      // those of them that got no argument
} TierCall;

// Is it time to ask the next tier about a body that is called with such arguments?
static bool tier_is_due(ExecCtx *ec, const CallArgs *args, Code *code) {
  bool asks = mx_interp(ec->vm)->tier && code->stream && !(args->flags & CALL_KW);
  if (!asks) return false;
  if (MX_LIKELY(code->calls > 1)) return code->calls--, false;
  uint32_t words = FRAME_WORDS + mx_params_placed(&code->params) + 1;
  bool hides = ec->leaf && mx_backtrace_calls_on(ec, ec->leaf);
  return (size_t)(ec->vstack_end - ec->vsp) > words && !hides;
}

// Make the frame that stands for the leaf. There is room for it.
static Frame *tier_show_leaf(ExecCtx *ec, const TierCall *call) {
  Frame *fr = (Frame *)(void *)ec->vsp;
  *fr = (Frame){.prev = ec->frame,
                .code = call->code,
                .locals = ec->vsp,
                .base = ec->vsp,
                .lex = call->lex,
                .leaf = ec->leaf,
                .flags = FRAME_CORE};
  ec->leaf = NULL;
  mx_frame_publish();
  return ec->frame = fr;
}

// Take it away; threads were to switch when it ends.
static void tier_hide_leaf(ExecCtx *ec, const Frame *fr) {
  if (fr->flags & FRAME_SWITCH_DUE) __atomic_or_fetch(&ec->poll, POLL_SWITCH, __ATOMIC_RELAXED);
  ec->frame = fr->prev;
  ec->leaf = fr->leaf;
}

// Make a call if the next tier will.
static Value tier_call(ExecCtx *ec, const TierCall *call, const CallArgs *args) {
  Value *bottom = ec->vsp, *base = bottom;
  const Frame *shown = NULL;
  if (ec->leaf) {
    shown = tier_show_leaf(ec, call);
    base += FRAME_WORDS;
  }
  base[0] = call->base;
  for (uint32_t i = 0; i < call->placed; i++)
    base[1 + i] = i < args->argc ? args->argv[i] : call->missing;
  ec->vsp = base + 1 + call->placed;
  Value result = mx_interp(ec->vm)->tier->enter(ec, call->ref, call->block, base);
  if (shown) tier_hide_leaf(ec, shown);
  ec->vsp = bottom;
  return result;
}

Value mx_invoke_tier(ExecCtx *ec, Value receiver, MethodRef ref, const CallArgs *args, Code *code) {
  if (!tier_is_due(ec, args, code) || !mx_ops_in_order(&code->params, args->argc)) return VAL_UNDEF;
  TierCall call = {.ref = ref,
                   .code = code,
                   .lex = ec->frame ? ec->frame->lex : NULL,
                   .block = args->block,
                   .base = receiver,
                   .placed = mx_params_placed(&code->params),
                   .missing = VAL_UNDEF};
  return tier_call(ec, &call, args);
}

// Do the arguments of a block become its first locals without looking at them?
static bool tier_fits_block(const Block *block, const Code *code, uint32_t argc) {
  const Params *params = &code->params;
  if (code->kind != CODE_BLOCK || (params->flags & PARAMS_PACKED && argc != 1)) return false;
  if (block->is_lambda) return mx_ops_in_order(params, argc);
  return params->flags & PARAMS_SIMPLE && (argc == params->pre || argc != 1 || params->pre <= 1);
}

Value mx_invoke_tier_block(ExecCtx *ec, const Block *block, const CallArgs *args) {
  Code *code = (Code *)(uintptr_t)block->code;
  bool due = !args->block && tier_is_due(ec, args, code);
  if (!due || !tier_fits_block(block, code, args->argc)) return VAL_UNDEF;
  TierCall call = {.ref.me = mx_interp(ec->vm)->tier->body(block),
                   .code = code,
                   .lex = block->lex,
                   .base = val_from_ptr(block),
                   .placed = mx_params_placed(&code->params),
                   .missing = block->is_lambda ? VAL_UNDEF : VAL_NIL};
  return call.ref.me ? tier_call(ec, &call, args) : VAL_UNDEF;
}

// Let a block's machine code have the arguments as they lie, when it is its time; VAL_UNDEF: it is
// not.
static Value tier_yield(ExecCtx *ec, const Block *block, Value *base, uint32_t argc) {
  Code *code = (Code *)(uintptr_t)block->code;
  bool due = code->calls <= 1 && code->stream && tier_fits_block(block, code, argc);
  MethodRef ref = {.me = due ? mx_interp(ec->vm)->tier->body(block) : NULL};
  if (!ref.me) return VAL_UNDEF;
  uint32_t placed = mx_params_placed(&code->params);
  for (uint32_t i = argc; i < placed; i++) base[1 + i] = block->is_lambda ? VAL_UNDEF : VAL_NIL;
  base[0] = val_from_ptr(block);
  Value value = mx_interp(ec->vm)->tier->enter(ec, ref, NULL, base);
  base[0] = VAL_NIL;
  return value;
}

Value mx_invoke_yield(ExecCtx *ec, const Block *block, Value *base, uint64_t form) {
  uint32_t argc = (uint32_t)form, flags = (uint32_t)(form >> 32);
  base[0] = VAL_NIL;
  ec->vsp = base + 1 + argc;
  CallArgs args = {.argv = base + 1, .argc = argc, .flags = flags & OPF_CALL_MASK};
  if (flags) {
    if (!mx_ops_yielded(ec, argc, flags, base + 1 + argc, &args)) return VAL_EXC;
  } else if (block->kind == BLOCK_CODE) {
    Value value = tier_yield(ec, block, base, argc);
    if (!val_is_undef(value)) return value;
  }
  return mx_invoke_block(ec, block, &args);
}
