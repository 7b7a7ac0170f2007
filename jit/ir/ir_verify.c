// SPDX-License-Identifier: MIT
// The verifier: blocks, edges, order of instructions, dominance. Types and snapshots have files of
// their own.
#include "jit/ir/ir_verify.h"
#include "jit/ir/ir_consts.h"
#include "jit/ir/ir_print.h"
#include "jit/ir/ir_verify_parts.h"

#include <string.h>

// Note the first problem.
void mx_ir_verify_fail(Verifier *v, const char *fmt, ...) {
  if (v->failed) return;
  v->failed = true;
  mx_strbuf_printf(v->problem, "block %u: ", v->block);
  if (v->ref != IR_NONE) {
    mx_ir_print_ins(v->fn, v->ref, v->problem);
    mx_strbuf_add_str(v->problem, ": ");
  }
  va_list args;
  va_start(args, fmt);
  mx_strbuf_vprintf(v->problem, fmt, args);
  va_end(args);
}

// Is the op in the table, and none that stands outside of blocks?
static bool verify_op(Verifier *v, IrRef ref) {
  uint32_t op = mx_ir_at(v->fn, ref)->op;
  if (op > IR_NOP && op < IR_COUNT && !mx_ir_is_const(op)) return true;
  v->ref = IR_NONE;
  mx_ir_verify_fail(v, "op %u of %%%u belongs into no block", op, ref);
  return false;
}

// ---- blocks

// Check the order of phis and the FLOW instruction, given the one before.
static void verify_order(Verifier *v, const IrIns *ins, IrRef prev) {
  const IrInfo *info = mx_ir_info(ins->op);
  bool after_phi = !prev || mx_ir_at(v->fn, prev)->op == IR_PHI;
  if (ins->op == IR_PHI && !after_phi) mx_ir_verify_fail(v, "a phi behind other instructions");
  if (info->effect == IR_EFFECT_FLOW && ins->next) mx_ir_verify_fail(v, "not the block's last");
  if (info->effect != IR_EFFECT_FLOW && !ins->next)
    mx_ir_verify_fail(v, "the last of its block does not end it");
  if ((ins->op == IR_PARAM || ins->op == IR_ARG) && v->block != 0)
    mx_ir_verify_fail(v, "not in the entry block");
}

// Check the list of a block's instructions and number them.
static void verify_list(Verifier *v, const IrBlock *block) {
  IrRef prev = IR_NONE;
  uint32_t place = 0;
  for (IrRef ref = block->first; ref && !v->failed; ref = mx_ir_at(v->fn, ref)->next) {
    v->ref = IR_NONE;
    if (ref >= v->fn->ins.count || v->position[ref])
      mx_ir_verify_fail(v, "%%%u is in a block twice", ref);
    if (v->failed || !verify_op(v, ref)) return;
    v->position[ref] = ++place;
    v->ref = ref;
    const IrIns *ins = mx_ir_at(v->fn, ref);
    if (ins->block != v->block || ins->prev != prev)
      mx_ir_verify_fail(v, "its links disagree with the block's");
    verify_order(v, ins, prev);
    prev = ref;
  }
  v->ref = IR_NONE;
  if (!v->failed && prev != block->last) mx_ir_verify_fail(v, "its last instruction is another");
}

// How many targets an op has.
static uint32_t verify_target_count(IrOp op) { return op == IR_BRANCH ? 2 : op == IR_JUMP ? 1 : 0; }

// Check a block's targets.
static void verify_targets(Verifier *v, const IrBlock *block) {
  uint32_t count = block->last ? verify_target_count(mx_ir_at(v->fn, block->last)->op) : 0;
  for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
    IrBlockId target = block->targets[i];
    if ((target != IR_NO_BLOCK) != (i < count))
      mx_ir_verify_fail(v, "%u targets, not as its last instruction says", i);
    else if (target != IR_NO_BLOCK && target >= v->fn->blocks.count)
      mx_ir_verify_fail(v, "there is no block %u", target);
  }
  if (count == 2 && block->targets[0] == block->targets[1])
    mx_ir_verify_fail(v, "both targets are block %u", block->targets[0]);
}

// How often a block stands in a list of blocks.
static uint32_t verify_count(const IrBlockId *ids, uint32_t count, IrBlockId id) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < count; i++) found += ids[i] == id;
  return found;
}

// Check that edges are known at both ends.
static void verify_edges(Verifier *v, const IrBlock *block) {
  for (uint32_t i = 0; i < block->preds.count && !v->failed; i++) {
    IrBlockId pred = block->preds.at[i];
    if (pred >= v->fn->blocks.count)
      mx_ir_verify_fail(v, "its predecessor %u is no block", pred);
    else if (verify_count(v->fn->blocks.at[pred].targets, IR_MAX_TARGETS, v->block) != 1)
      mx_ir_verify_fail(v, "its predecessor %u does not go there", pred);
    else if (verify_count(block->preds.at, block->preds.count, pred) != 1)
      mx_ir_verify_fail(v, "its predecessor %u is there twice", pred);
  }
  for (uint32_t i = 0; i < IR_MAX_TARGETS && !v->failed; i++) {
    IrBlockId target = block->targets[i];
    if (target == IR_NO_BLOCK) continue;
    const IrBlock *to = mx_ir_block_at(v->fn, target);
    if (verify_count(to->preds.at, to->preds.count, v->block) != 1)
      mx_ir_verify_fail(v, "block %u does not know it as a predecessor", target);
  }
  if (v->block == 0 && block->preds.count) mx_ir_verify_fail(v, "the entry has a predecessor");
}

// Check blocks and edges.
static void verify_blocks(Verifier *v) {
  for (v->block = 0; v->block < v->fn->blocks.count && !v->failed; v->block++) {
    const IrBlock *block = mx_ir_block_at(v->fn, v->block);
    verify_list(v, block);
    if (v->failed) return;
    verify_targets(v, block);
    if (block->dead && (block->first || block->preds.count))
      mx_ir_verify_fail(v, "dead, not empty");
    if (!block->dead && !block->first) mx_ir_verify_fail(v, "empty, not dead");
  }
  for (v->block = 0; v->block < v->fn->blocks.count && !v->failed; v->block++)
    verify_edges(v, mx_ir_block_at(v->fn, v->block));
}

// Check that blocks are reachable or dead.
static void verify_reach(Verifier *v) {
  for (v->block = 0; v->block < v->fn->blocks.count && !v->failed; v->block++)
    if (ir_cfg_reaches(&v->cfg, v->block) == mx_ir_block_at(v->fn, v->block)->dead)
      mx_ir_verify_fail(v, "dead and reachable, or neither");
}

// ---- uses

// Is the ref defined where the instruction under inspection can use it?
bool mx_ir_verify_use(Verifier *v, IrRef ref, const char *what) {
  if (ref == IR_NONE || ref >= v->fn->ins.count) {
    mx_ir_verify_fail(v, "%s %%%u is no value", what, ref);
    return false;
  }
  const IrIns *ins = mx_ir_at(v->fn, ref);
  if (mx_ir_is_const(ins->op)) return true;
  if (!v->position[ref] || ins->type == IRT_VOID) {
    mx_ir_verify_fail(v, "%s %%%u is no value", what, ref);
    return false;
  }
  bool before = ins->block == v->block ? v->position[ref] < v->position[v->ref]
                                       : ir_cfg_dominates(&v->cfg, ins->block, v->block);
  if (!before) mx_ir_verify_fail(v, "%s %%%u does not dominate it", what, ref);
  return before;
}

// Check a phi's operand, which must be known at the end of its predecessor.
static void verify_phi_operand(Verifier *v, IrRef ref, IrBlockId pred) {
  const IrIns *ins = ref < v->fn->ins.count ? mx_ir_at(v->fn, ref) : NULL;
  if (ins && mx_ir_is_const(ins->op)) return;
  if (!ins || !v->position[ref])
    mx_ir_verify_fail(v, "operand %%%u is no value", ref);
  else if (!ir_cfg_dominates(&v->cfg, ins->block, pred))
    mx_ir_verify_fail(v, "operand %%%u does not dominate the end of block %u", ref, pred);
}

// Check the operands of a phi.
static void verify_phi(Verifier *v, const IrIns *ins) {
  const IrBlock *block = mx_ir_block_at(v->fn, v->block);
  uint32_t count = mx_ir_list_count(v->fn, ins->list);
  if (count != block->preds.count) {
    mx_ir_verify_fail(v, "%u operands, %u predecessors", count, block->preds.count);
    return;
  }
  for (uint32_t i = 0; i < count && !v->failed; i++)
    verify_phi_operand(v, mx_ir_list_refs(v->fn, ins->list)[i], block->preds.at[i]);
}

// Check an operand that is no phi's.
static void verify_visit(void *ctx, IrRef *operand) {
  Verifier *v = ctx;
  if (!v->failed) mx_ir_verify_use(v, *operand, "operand");
}

// Check one instruction.
static void verify_ins(Verifier *v) {
  const IrIns *ins = mx_ir_at(v->fn, v->ref);
  if (ins->list >= v->fn->lists.count ||
      ins->list + mx_ir_list_count(v->fn, ins->list) >= v->fn->lists.count) {
    IrRef ref = v->ref;
    v->ref = IR_NONE; // it cannot be printed
    mx_ir_verify_fail(v, "the list of %%%u lies outside", ref);
  }
  if (v->failed) return;
  if (ins->op == IR_PHI)
    verify_phi(v, ins);
  else
    mx_ir_operands(v->fn, v->ref, verify_visit, v);
  if (!v->failed) mx_ir_verify_types(v);
  if (!v->failed) mx_ir_verify_snap(v);
}

// Check that equal constants have one ref.
static void verify_consts(Verifier *v) {
  v->ref = IR_NONE;
  v->block = 0;
  for (IrRef ref = 1; ref < v->fn->ins.count && !v->failed; ref++) {
    const IrIns *ins = mx_ir_at(v->fn, ref);
    if (!mx_ir_is_const(ins->op)) continue;
    if (mx_ir_consts_get(v->fn, ins->op, mx_ir_word(v->fn, ref)) != ref)
      mx_ir_verify_fail(v, "the constant %%%u is there twice", ref);
  }
}

// Check all instructions, in an order in which definitions have been looked at before their uses.
static void verify_instructions(Verifier *v) {
  for (uint32_t i = 0; i < v->cfg.count; i++) {
    v->block = v->cfg.order[i];
    v->ref = mx_ir_block_at(v->fn, v->block)->first;
    for (; v->ref && !v->failed; v->ref = mx_ir_at(v->fn, v->ref)->next) verify_ins(v);
  }
}

// Is the function well formed?
bool mx_ir_verify(IrFn *fn, StrBuf *problem) {
  Verifier v = {.fn = fn, .problem = problem};
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  v.position = mx_arena_array(&arena, uint32_t, fn->ins.count);
  verify_blocks(&v);
  if (!v.failed) {
    mx_ir_cfg_make(fn, &v.cfg);
    verify_reach(&v);
    if (!v.failed) verify_instructions(&v);
    if (!v.failed) verify_consts(&v);
    mx_ir_cfg_free(&v.cfg);
  }
  mx_arena_free(&arena);
  return !v.failed;
}
