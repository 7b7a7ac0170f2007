// SPDX-License-Identifier: MIT
// Building a region: the root activation, and tries until the types of loops fit.
#include "jit/record/build.h"

// Load the root's locals, and what lies on its operand stack, from where the interpreter has them.
static void region_load_state(Builder *b, const BuildFrame *root, uint32_t operands) {
  uint32_t gap = root->code->has_blocks ? FRAME_WORDS + FRAME_BLOCKS_WORDS : FRAME_WORDS;
  for (uint32_t i = 0; i < root->operands + operands; i++) {
    uint32_t at = i < root->operands ? i : i + gap;
    b->state.at[b->state.count++] = mx_build_emit(b, IR_HOME_LOAD, IR_NONE, IR_NONE, IR_NONE, at);
  }
}

// The type that a root's local had whenever the loop began a round; IRT_VAL when it varied.
static IrType region_local_type(const TypeSet *seen) {
  switch (mx_seen_only(seen)) {
  case SEEN_INT: return IRT_INT;
  case SEEN_FLOAT: return IRT_DOUBLE;
  default: return IRT_VAL;
  }
}

// Narrow locals to the types that they always had. Values that must stay wide are left alone.
static void region_narrow(Builder *b, const BuildFrame *root) {
  for (uint32_t i = 0; i < root->operands; i++) {
    bool wide = false;
    for (uint32_t w = 0; w < b->wide.count; w++)
      wide |= b->wide.at[w].cx == root->cx && b->wide.at[w].pc == b->rec->pc &&
              b->wide.at[w].index == i;
    IrType type = region_local_type(&root->cx->locals[i]);
    if (!wide && type != IRT_VAL) mx_build_as(b, &b->state.at[i], type);
  }
}

// Values on the root's operand stack where the region begins: those below a loop.
static uint32_t region_operands(const Builder *b) { return b->rec->root_operands; }

// The root's receiver and block, which its frame holds.
static void region_receiver(Builder *b, BuildFrame *root) {
  b->frame = mx_build_emit(b, IR_PARAM, IR_NONE, IR_NONE, IR_NONE, 0);
  mx_ir_at(b->fn, b->frame)->type = IRT_PTR;
  root->self = mx_build_emit(b, IR_FIELD_LOAD, b->frame, IR_NONE, IR_NONE, IRF_FRAME_SELF);
  root->block.known = true;
  b->root_block = b->rec->root_block;
  if (b->root_block || root->code->kind == CODE_METHOD)
    root->block.at =
        b->root_block ? mx_build_emit(b, IR_FIELD_LOAD, b->frame, IR_NONE, IR_NONE, IRF_FRAME_BLOCK)
                      : IR_NONE;
  root->block.known = b->rec->root_has_block == (b->root_block != NULL);
  if (root->cx->frame.flags & FRAME_BLOCK)
    root->outer = mx_build_emit(b, IR_FIELD_LOAD, b->frame, IR_NONE, IR_NONE, IRF_FRAME_OUTER);
}

// One try.
static void region_try(Builder *b) {
  BuildFrame root = {
      .cx = b->rec->root, .code = b->rec->root->frame.code, .pc = b->rec->pc, .site = UINT32_MAX};
  root.operands = root.code->local_count;
  b->fn = mx_ir_new(b->arena, "region");
  b->fn->params = 1;
  b->act = &root;
  b->block = 0;
  b->state.count = 0;
  b->snap = SNAP_NONE;
  b->size = 0;
  b->again = false;
  b->shapes.count = 0;
  b->forward = NULL;
  b->forward_room = 0;
  region_receiver(b, &root);
  region_load_state(b, &root, region_operands(b));
  region_narrow(b, &root);
  if (b->block != IR_NO_BLOCK) mx_build_body(b, b->rec->pc);
}

// A slot of the outermost frame that still holds what was loaded from it needs no store.
// Calls write all homes, so that afterwards none is what it was when the region was entered.
static void region_homes(IrFn *fn) {
  for (IrRef ref = 1; ref < fn->ins.count; ref++)
    if (mx_ir_info((IrOp)mx_ir_at(fn, ref)->op)->effect == IR_EFFECT_CALL &&
        mx_ir_call_effects(fn, mx_ir_at(fn, ref)) & RTE_GUEST)
      return;
  for (uint32_t s = 0; s < fn->snaps.count; s++) {
    const SnapFrame *frame = &fn->snap_frames.at[fn->snaps.at[s].frame];
    for (uint32_t i = 0; i < frame->locals; i++) {
      SnapValue *v = &fn->snap_values.at[frame->first + i];
      const IrIns *ins = *v < fn->ins.count ? mx_ir_at(fn, *v) : NULL;
      while (ins && (ins->op == IR_GUARD_INT || ins->op == IR_GUARD_DOUBLE ||
                     ins->op == IR_GUARD_OBJ || ins->op == IR_GUARD_SHAPE))
        ins = mx_ir_at(fn, ins->a[0]);
      if (ins && ins->op == IR_HOME_LOAD && ins->imm == i) *v = SNAP_HOME;
    }
  }
}

// Replace what gave way while building by what it gave way to.
static void region_finish(Builder *b) {
  IrRef *table = mx_arena_array(b->arena, IrRef, b->fn->ins.count + 1);
  for (uint32_t i = 0; i < b->forward_room && i < b->fn->ins.count; i++) table[i] = b->forward[i];
  mx_ir_replace_all(b->fn, table);
  region_homes(b->fn);
}

// Has the function a loop?
static bool region_loops(const IrFn *fn) {
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    if (mx_ir_block_at(fn, id)->loop && !mx_ir_block_at(fn, id)->dead) return true;
  return false;
}

// Calls that it makes by the interpreter's protocol.
static uint32_t region_calls(const IrFn *fn) {
  uint32_t calls = 0;
  for (IrRef ref = 1; ref < fn->ins.count; ref++) {
    const IrIns *ins = mx_ir_at(fn, ref);
    calls += ins->op == IR_CALL_SEND && !mx_ir_block_at(fn, ins->block)->dead;
  }
  return calls;
}

AbortReason mx_region_build(ExecCtx *ec, const Record *rec, Arena *arena, RegionResult *out) {
  Builder b = {.ec = ec, .vm = ec->vm, .rec = rec, .arena = arena, .out = out};
  *out = (RegionResult){0};
  for (uint32_t tries = 0; tries < BUILD_MAX_TRIES; tries++) {
    if (b.fn) mx_ir_free(b.fn);
    vec_clear(&out->assumptions);
    vec_clear(&out->notes);
    region_try(&b);
    if (!b.again || b.abort != ABORT_NONE) break;
  }
  if (b.again && b.abort == ABORT_NONE) b.abort = ABORT_TOO_BIG;
  if (b.abort == ABORT_NONE) region_finish(&b);
  // A loop that never comes round leaves in its first round, always.
  if (b.abort == ABORT_NONE && !region_loops(b.fn)) b.abort = ABORT_OPCODE;
  if (b.abort == ABORT_NONE && region_calls(b.fn) >= rec->params->calls) b.abort = ABORT_CALLS;
  vec_free(&b.wide);
  vec_free(&b.shapes);
  out->fn = b.fn;
  if (b.abort != ABORT_NONE) {
    mx_ir_free(b.fn);
    vec_free(&out->assumptions);
    out->fn = NULL;
  }
  return b.abort;
}
