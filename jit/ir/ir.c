// SPDX-License-Identifier: MIT
// Storage of the IR: functions, blocks, the list of instructions in each block, edges, lists.
#include "jit/ir/ir.h"
#include "jit/ir/ir_consts.h"
#include "jit/ir/jit_params.h"

#include <string.h>

// ---- functions and blocks

// An empty function with its entry block.
IrFn *mx_ir_new(Arena *arena, const char *name) {
  IrFn *fn = mx_arena_new(arena, IrFn);
  fn->arena = arena;
  fn->name = name;
  fn->fuel = UINT64_MAX;
  fn->homes = UINT32_MAX;
  fn->strip = JIT_DEFAULT_strip;
  fn->give_back = JIT_DEFAULT_give_back;
  fn->result = IRT_VAL;
  fn->consts = mx_arena_new(arena, IrConsts);
  vec_push(&fn->ins, ((IrIns){.block = IR_NO_BLOCK, .snap = SNAP_NONE}));
  vec_push(&fn->lists, 0);
  mx_ir_block(fn);
  return fn;
}

// Free the growable arrays.
void mx_ir_free(IrFn *fn) {
  for (uint32_t i = 0; i < fn->blocks.count; i++) vec_free(&fn->blocks.at[i].preds);
  vec_free(&fn->ins);
  vec_free(&fn->blocks);
  vec_free(&fn->lists);
  vec_free(&fn->words);
  vec_free(&fn->snaps);
  vec_free(&fn->snap_frames);
  vec_free(&fn->snap_values);
  vec_free(&fn->snap_objects);
  vec_free(&fn->sites);
  vec_free(&fn->codes);
  vec_free(&fn->places);
}

// A new block without instructions.
IrBlockId mx_ir_block(IrFn *fn) {
  IrBlock block = {.targets = {IR_NO_BLOCK, IR_NO_BLOCK}};
  vec_push(&fn->blocks, block);
  return fn->blocks.count - 1;
}

// ---- instructions

// The type of an instruction's value: from the table, its field, or as declared.
static IrType ir_result(const IrIns *ins) {
  const IrInfo *info = mx_ir_info(ins->op);
  if (info->rule == IR_RULE_TYPE) return info->result;
  return info->rule == IR_RULE_FIELD ? (IrType)mx_ir_field_info(ins->imm)->type : (IrType)ins->type;
}

// Put an instruction between two neighbours; IR_NONE stands for an end of the block.
static void ir_link(IrFn *fn, IrBlockId id, IrRef ref, IrRef prev, IrRef next) {
  IrBlock *block = mx_ir_block_at(fn, id);
  IrIns *ins = mx_ir_at(fn, ref);
  ins->block = id;
  ins->prev = prev;
  ins->next = next;
  *(prev ? &mx_ir_at(fn, prev)->next : &block->first) = ref;
  *(next ? &mx_ir_at(fn, next)->prev : &block->last) = ref;
  fn->live++;
}

// Take an instruction out of its block's list.
static void ir_unlink(IrFn *fn, IrRef ref) {
  IrIns *ins = mx_ir_at(fn, ref);
  IrBlock *block = mx_ir_block_at(fn, ins->block);
  *(ins->prev ? &mx_ir_at(fn, ins->prev)->next : &block->first) = ins->next;
  *(ins->next ? &mx_ir_at(fn, ins->next)->prev : &block->last) = ins->prev;
  ins->prev = ins->next = IR_NONE;
  ins->block = IR_NO_BLOCK;
  fn->live--;
}

// Store a copy of an instruction under a new ref.
static IrRef ir_store(IrFn *fn, const IrIns *ins) {
  IrIns copy = *ins;
  copy.type = ir_result(ins);
  if (!copy.place) copy.place = fn->place;
  vec_push(&fn->ins, copy);
  return fn->ins.count - 1;
}

// The instruction that a new one goes in front of; IR_NONE: at the end.
static IrRef ir_place(const IrFn *fn, const IrBlock *block, IrOp op) {
  if (op == IR_PHI) {
    IrRef at = block->first;
    while (at && mx_ir_at(fn, at)->op == IR_PHI) at = mx_ir_at(fn, at)->next;
    return at;
  }
  bool closed = block->last && mx_ir_info(mx_ir_at(fn, block->last)->op)->effect == IR_EFFECT_FLOW;
  return closed ? block->last : IR_NONE;
}

// Append an instruction to a block.
IrRef mx_ir_emit(IrFn *fn, IrBlockId id, const IrIns *ins) {
  MX_ASSERT(!mx_ir_is_const(ins->op), "constants are in no block");
  IrRef ref = ir_store(fn, ins);
  const IrBlock *block = mx_ir_block_at(fn, id);
  IrRef next = ir_place(fn, block, ins->op);
  ir_link(fn, id, ref, next ? mx_ir_at(fn, next)->prev : block->last, next);
  return ref;
}

// Append an instruction under a ref that is a NOP.
void mx_ir_emit_as(IrFn *fn, IrBlockId id, IrRef ref, const IrIns *ins) {
  MX_ASSERT(mx_ir_at(fn, ref)->op == IR_NOP, "%%%u is in use", ref);
  *mx_ir_at(fn, ref) = *ins;
  mx_ir_at(fn, ref)->type = ir_result(ins);
  ir_link(fn, id, ref, fn->blocks.at[id].last, IR_NONE);
}

// Insert an instruction before another one.
IrRef mx_ir_insert_before(IrFn *fn, IrRef at, const IrIns *ins) {
  IrRef ref = ir_store(fn, ins);
  ir_link(fn, mx_ir_at(fn, at)->block, ref, mx_ir_at(fn, at)->prev, at);
  return ref;
}

// Take an instruction out of its block; it becomes a NOP.
void mx_ir_kill(IrFn *fn, IrRef ref) {
  ir_unlink(fn, ref);
  *mx_ir_at(fn, ref) = (IrIns){.op = IR_NOP, .block = IR_NO_BLOCK, .snap = SNAP_NONE};
}

// Take an instruction from where it is to right before another one.
void mx_ir_move_before(IrFn *fn, IrRef ref, IrRef at) {
  ir_unlink(fn, ref);
  ir_link(fn, mx_ir_at(fn, at)->block, ref, mx_ir_at(fn, at)->prev, at);
}

// ---- lists

// A list of operands; a list of none is 0.
IrList mx_ir_list(IrFn *fn, uint32_t count, const IrRef *refs) {
  if (count == 0) return 0;
  IrList list = fn->lists.count;
  vec_push(&fn->lists, count);
  for (uint32_t i = 0; i < count; i++) vec_push(&fn->lists, refs[i]);
  return list;
}

// Give a phi one more operand.
void mx_ir_phi_push(IrFn *fn, IrRef phi, IrRef operand) {
  IrList old = mx_ir_at(fn, phi)->list;
  uint32_t count = mx_ir_list_count(fn, old);
  IrList list = fn->lists.count;
  vec_push(&fn->lists, count + 1);
  for (uint32_t i = 0; i < count; i++) vec_push(&fn->lists, fn->lists.at[old + 1 + i]);
  vec_push(&fn->lists, operand);
  mx_ir_at(fn, phi)->list = list;
}

// ---- flow

// End a block with an instruction and name its targets, which learn of their predecessor.
static void ir_end(IrFn *fn, IrBlockId from, const IrIns *ins, IrBlockId yes, IrBlockId no) {
  mx_ir_emit(fn, from, ins);
  IrBlockId targets[IR_MAX_TARGETS] = {yes, no};
  for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
    mx_ir_block_at(fn, from)->targets[i] = targets[i];
    if (targets[i] != IR_NO_BLOCK) vec_push(&mx_ir_block_at(fn, targets[i])->preds, from);
  }
}

// End a block with a jump.
void mx_ir_jump(IrFn *fn, IrBlockId from, IrBlockId to) {
  ir_end(fn, from, &(IrIns){.op = IR_JUMP, .snap = SNAP_NONE}, to, IR_NO_BLOCK);
}

// End a block with a branch to two different targets.
void mx_ir_branch(IrFn *fn, IrBlockId from, IrRef condition, IrBlockId yes, IrBlockId no) {
  MX_ASSERT(yes != no, "block %u: both targets of the branch are %u", from, yes);
  ir_end(fn, from, &(IrIns){.op = IR_BRANCH, .a = {condition}, .snap = SNAP_NONE}, yes, no);
}

// End a block with the function's value.
void mx_ir_return(IrFn *fn, IrBlockId from, IrRef value) {
  const IrIns ins = {.op = IR_RETURN, .a = {value}, .snap = SNAP_NONE};
  ir_end(fn, from, &ins, IR_NO_BLOCK, IR_NO_BLOCK);
}

// End a block with an exit.
void mx_ir_exit(IrFn *fn, IrBlockId from, SnapId snap) {
  ir_end(fn, from, &(IrIns){.op = IR_EXIT, .snap = snap}, IR_NO_BLOCK, IR_NO_BLOCK);
}

// Take element `index` out of the operands of all phis of a block.
static void ir_drop_operand(IrFn *fn, IrBlockId id, uint32_t index) {
  for (IrRef ref = mx_ir_block_at(fn, id)->first; ref; ref = mx_ir_at(fn, ref)->next) {
    if (mx_ir_at(fn, ref)->op != IR_PHI) return;
    IrList list = mx_ir_at(fn, ref)->list;
    uint32_t *count = &fn->lists.at[list];
    uint32_t *refs = mx_ir_list_refs(fn, list);
    memmove(refs + index, refs + index + 1, (*count - index - 1) * sizeof *refs);
    --*count;
  }
}

// Take an edge away.
void mx_ir_cut_edge(IrFn *fn, IrBlockId from, IrBlockId to) {
  IrBlock *source = mx_ir_block_at(fn, from), *target = mx_ir_block_at(fn, to);
  for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
    if (source->targets[i] != to) continue;
    source->targets[i] = IR_NO_BLOCK;
    break;
  }
  for (uint32_t i = 0; i < target->preds.count; i++) {
    if (target->preds.at[i] != from) continue;
    ir_drop_operand(fn, to, i);
    memmove(target->preds.at + i, target->preds.at + i + 1,
            (target->preds.count - i - 1) * sizeof *target->preds.at);
    target->preds.count--;
    return;
  }
}

// Put an empty block on an edge.
IrBlockId mx_ir_split_edge(IrFn *fn, IrBlockId from, IrBlockId to) {
  IrBlockId middle = mx_ir_block(fn);
  IrBlock *source = mx_ir_block_at(fn, from), *target = mx_ir_block_at(fn, to);
  IrBlock *between = mx_ir_block_at(fn, middle);
  between->weight = source->weight < target->weight ? source->weight : target->weight;
  for (uint32_t i = 0; i < IR_MAX_TARGETS; i++)
    if (source->targets[i] == to) source->targets[i] = middle;
  for (uint32_t i = 0; i < target->preds.count; i++)
    if (target->preds.at[i] == from) target->preds.at[i] = middle;
  vec_push(&between->preds, from);
  mx_ir_emit(fn, middle, &(IrIns){.op = IR_JUMP, .snap = SNAP_NONE});
  mx_ir_block_at(fn, middle)->targets[0] = to;
  return middle;
}

// ---- operands

// Visit each value operand of an instruction.
void mx_ir_operands(IrFn *fn, IrRef ref, IrVisit visit, void *ctx) {
  const IrInfo *info = mx_ir_info(mx_ir_at(fn, ref)->op);
  for (uint32_t i = 0; i < info->refs; i++) visit(ctx, &mx_ir_at(fn, ref)->a[i]);
  if (!info->list) return;
  IrList list = mx_ir_at(fn, ref)->list;
  uint32_t count = mx_ir_list_count(fn, list);
  for (uint32_t i = 0; i < count; i++) visit(ctx, &mx_ir_list_refs(fn, list)[i]);
}

// Visit a snapshot's value if it is a ref.
static void ir_snap_value(SnapValue *value, IrVisit visit, void *ctx) {
  if (!(*value & SNAP_OBJECT)) visit(ctx, value);
}

// Visit each value of a snapshot that is a ref.
void mx_ir_snap_values(IrFn *fn, SnapId id, IrVisit visit, void *ctx) {
  const Snap *snap = &fn->snaps.at[id];
  for (uint32_t i = 0; i < snap->frames; i++) {
    SnapFrame *frame = &fn->snap_frames.at[snap->frame + i];
    ir_snap_value(&frame->self, visit, ctx);
    ir_snap_value(&frame->block, visit, ctx);
    if (frame->env) ir_snap_value(&frame->env, visit, ctx);
    for (uint32_t j = 0; j < frame->locals + frame->operands; j++)
      ir_snap_value(&fn->snap_values.at[frame->first + j], visit, ctx);
  }
  for (uint32_t i = 0; i < snap->objects; i++) {
    SnapObject *object = &fn->snap_objects.at[snap->object + i];
    if (object->real) ir_snap_value(&object->real, visit, ctx);
    for (uint32_t j = 0; j < object->stores; j++)
      ir_snap_value(&fn->snap_values.at[object->first + 2 * j + 1], visit, ctx);
  }
}

// Copy a run of snapshot values and return where the copy begins.
static uint32_t ir_copy_values(IrFn *fn, uint32_t first, uint32_t count) {
  uint32_t copy = fn->snap_values.count;
  for (uint32_t i = 0; i < count; i++) vec_push(&fn->snap_values, fn->snap_values.at[first + i]);
  return copy;
}

// A snapshot of its own, equal to this one.
SnapId mx_ir_snap_copy(IrFn *fn, SnapId id) {
  const Snap old = fn->snaps.at[id];
  Snap snap = old;
  snap.frame = fn->snap_frames.count;
  for (uint32_t i = 0; i < old.frames; i++) {
    SnapFrame frame = fn->snap_frames.at[old.frame + i];
    frame.first = ir_copy_values(fn, frame.first, frame.locals + frame.operands);
    vec_push(&fn->snap_frames, frame);
  }
  snap.object = fn->snap_objects.count;
  for (uint32_t i = 0; i < old.objects; i++) {
    SnapObject object = fn->snap_objects.at[old.object + i];
    object.first = ir_copy_values(fn, object.first, 2 * object.stores);
    vec_push(&fn->snap_objects, object);
  }
  vec_push(&fn->snaps, snap);
  return fn->snaps.count - 1;
}

// What a ref is replaced by in the end.
static void ir_replace_visit(void *ctx, IrRef *operand) {
  const IrRef *by_ref = ctx;
  while (by_ref[*operand] != IR_NONE) *operand = by_ref[*operand];
}

// Let everything that uses a ref use what the table has for it.
void mx_ir_replace_all(IrFn *fn, const IrRef *by_ref) {
  for (uint32_t id = 0; id < fn->blocks.count; id++) {
    for (IrRef ref = fn->blocks.at[id].first; ref; ref = mx_ir_at(fn, ref)->next) {
      mx_ir_operands(fn, ref, ir_replace_visit, (void *)(uintptr_t)by_ref);
      SnapId snap = mx_ir_at(fn, ref)->snap;
      if (snap != SNAP_NONE)
        mx_ir_snap_values(fn, snap, ir_replace_visit, (void *)(uintptr_t)by_ref);
    }
  }
}
