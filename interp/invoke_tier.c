// SPDX-License-Identifier: MIT
// Calls from C of methods that the next tier runs: a `<=>` under sort, a hash under Hash.
//
// They count as the loop's calls do (Code.calls). Machine code makes no frame before it calls, and
// its record knows of no C leaf that called it; so where one runs, a frame of the core library's
// kind lies in front, which shows in backtraces as that leaf and is seen by nobody else.
#include "interp/backtrace.h"
#include "interp/ops.h"
#include "interp/program.h"
#include "interp/tier.h"

// Make the frame that stands for the leaf; its size in words. There is room for it.
static uint32_t tier_show_leaf(ExecCtx *ec, const MethodEntry *me, Value receiver) {
  Frame *fr = (Frame *)(void *)ec->vsp;
  *fr = (Frame){.prev = ec->frame,
                .code = ((const MethodCode *)me->as.code)->made,
                .locals = ec->vsp,
                .base = ec->vsp,
                .self = receiver,
                .lex = ((const MethodCode *)me->as.code)->lex,
                .leaf = ec->leaf,
                .flags = FRAME_CORE};
  ec->leaf = NULL;
  mx_frame_publish();
  ec->frame = fr;
  return FRAME_WORDS;
}

// Take it away; threads were to switch when it ends.
static void tier_hide_leaf(ExecCtx *ec, Frame *fr) {
  if (fr->flags & FRAME_SWITCH_DUE) __atomic_or_fetch(&ec->poll, POLL_SWITCH, __ATOMIC_RELAXED);
  ec->frame = fr->prev;
  ec->leaf = fr->leaf;
}

Value mx_invoke_tier(ExecCtx *ec, Value receiver, MethodRef ref, const CallArgs *args, Code *code) {
  const Tier *tier = mx_interp(ec->vm)->tier;
  if (!tier || !code->stream || args->block || args->flags & CALL_KW) return VAL_UNDEF;
  if (MX_LIKELY(code->calls > 1)) return code->calls--, VAL_UNDEF;
  uint32_t placed = mx_params_placed(&code->params);
  Value *bottom = ec->vsp, *base = bottom;
  bool fits = (size_t)(ec->vstack_end - bottom) > FRAME_WORDS + placed + 1;
  if (!fits || !mx_ops_in_order(&code->params, args->argc)) return VAL_UNDEF;
  Frame *shown = NULL;
  if (ec->leaf) {
    if (mx_backtrace_calls_on(ec, ec->leaf)) return VAL_UNDEF;
    base += tier_show_leaf(ec, ref.me, receiver);
    shown = ec->frame;
  }
  base[0] = receiver;
  for (uint32_t i = 0; i < placed; i++) base[1 + i] = i < args->argc ? args->argv[i] : VAL_UNDEF;
  ec->vsp = base + 1 + placed;
  Value result = tier->enter(ec, ref, base);
  if (shown) tier_hide_leaf(ec, shown);
  ec->vsp = bottom;
  return result;
}
