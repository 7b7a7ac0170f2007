// SPDX-License-Identifier: MIT
// Snapshots: the state of all activations at the start of an instruction.
#include "jit/record/build.h"

// Number of a context in fn->codes.
static uint32_t snap_code(Builder *b, const RecordContext *cx) {
  for (uint32_t i = 0; i < b->fn->codes.count; i++)
    if (b->fn->codes.at[i] == &cx->frame) return i;
  vec_push(&b->fn->codes, &cx->frame);
  return b->fn->codes.count - 1;
}

// The Proc whose body an activation runs, or that its method's block is; undefined where that is
// the caller's. Any other's block follows from the call that made it.
static SnapValue snap_block(Builder *b, const BuildFrame *act) {
  bool method = act->cx->frame.flags & FRAME_METHOD;
  if (method && act->block.proc) return mx_build_resolve(b, act->block.proc);
  if (method && act->block.own) return mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  return act->proc ? mx_build_resolve(b, act->proc) : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
}

// Write the frame of an activation; `end` is one past its state.
static void snap_frame(Builder *b, const BuildFrame *act, uint32_t end) {
  SnapFrame frame = {
      .code = snap_code(b, act->cx),
      .pc = act == b->act ? act->pc : act->next,
      .first = b->fn->snap_values.count,
      .locals = act->operands - act->base,
      .operands = end - act->operands,
      .self = act->caller || b->rec->method ? mx_build_resolve(b, act->self) : SNAP_HOME,
      .env = act->is_entry ? IR_NONE : act->env,
      .site = act->site,
  };
  frame.block = act->caller ? snap_block(b, act) : SNAP_HOME;
  for (uint32_t i = act->base; i < end; i++) {
    bool taken = act->env && i < act->operands;
    vec_push(&b->fn->snap_values, taken ? SNAP_HOME : mx_build_resolve(b, b->state.at[i]));
  }
  vec_push(&b->fn->snap_frames, frame);
}

// Frames from the root to the activation.
static void snap_frames(Builder *b, const BuildFrame *act, uint32_t end) {
  if (act->caller) snap_frames(b, act->caller, act->caller->kept);
  snap_frame(b, act, end);
}

uint32_t mx_build_site(Builder *b, const void *cache, uint32_t argc, uint32_t flags) {
  SnapFrame caller = {.code = snap_code(b, b->act->cx), .pc = b->act->pc, .site = b->act->site};
  caller.self = caller.block = SNAP_HOME;
  caller.first = b->fn->snap_values.count;
  vec_push(&b->fn->snap_frames, caller);
  IrSite site = {.cache = cache,
                 .frame = b->fn->snap_frames.count - 1,
                 .argc = argc,
                 .flags = flags,
                 .effects = RTE_ANY};
  vec_push(&b->fn->sites, site);
  return b->fn->sites.count - 1;
}

SnapId mx_build_snap(Builder *b) {
  if (b->snap != SNAP_NONE) return b->snap;
  uint32_t first = b->fn->snap_frames.count;
  snap_frames(b, b->act, b->state.count);
  Snap snap = {.frame = first, .frames = b->fn->snap_frames.count - first};
  snap.counted = b->act->counted == b->act->pc + 1;
  vec_push(&b->fn->snaps, snap);
  return b->snap = b->fn->snaps.count - 1;
}
