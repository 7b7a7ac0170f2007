// SPDX-License-Identifier: MIT
// Folding: the rules over every instruction, branches on constants, guards that always fail.
//
// Blocks are walked in reverse postorder, so that operands have been folded before their uses;
// operands that come around a loop are only seen by the next round, and rounds go on until one
// changes nothing. A guard that always fails ends its block: what follows cannot run.
// PRE: verified.
// POST: no rule of fold.rules applies; no branch is on a constant; unreachable blocks are dead.
#include "jit/ir/ir_cfg.h"
#include "jit/ir/ir_eval.h"
#include "jit/opt/fold.h"
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"

enum { FOLD_ROUNDS = 8 }; // the rest stays for the next time the pass runs

typedef struct FoldPass {
  Rewrite rw;
  Fold fold;
  bool reshaped; // edges have changed
} FoldPass;

// Let a block end with an exit where a guard always fails.
static void fold_cut_block(FoldPass *pass, IrRef guard) {
  IrFn *fn = pass->rw.fn;
  IrBlockId id = mx_ir_at(fn, guard)->block;
  SnapId snap = mx_ir_at(fn, guard)->snap;
  for (uint32_t i = IR_MAX_TARGETS; i-- > 0;)
    if (fn->blocks.at[id].targets[i] != IR_NO_BLOCK)
      mx_ir_cut_edge(fn, id, fn->blocks.at[id].targets[i]);
  // What the rest defined is used only below it, in blocks that have become unreachable, or in
  // phis, which have lost that operand.
  while (fn->blocks.at[id].last != guard) mx_ir_kill(fn, fn->blocks.at[id].last);
  mx_ir_kill(fn, guard);
  mx_ir_exit(fn, id, snap);
  pass->reshaped = true;
  pass->rw.changes++;
}

// Turn a branch on a constant into a jump.
static void fold_branch(FoldPass *pass, IrRef ref) {
  IrFn *fn = pass->rw.fn;
  IrIns *ins = mx_ir_at(fn, ref);
  if (mx_ir_at(fn, ins->a[0])->op != IR_KBOOL || !mx_ir_burn(fn)) return;
  IrBlock *block = mx_ir_block_at(fn, ins->block);
  bool truth = mx_ir_word(fn, ins->a[0]) != 0;
  IrBlockId kept = block->targets[truth ? 0 : 1], lost = block->targets[truth ? 1 : 0];
  mx_ir_cut_edge(fn, ins->block, lost);
  block->targets[0] = kept;
  block->targets[1] = IR_NO_BLOCK;
  ins->op = IR_JUMP;
  ins->a[0] = IR_NONE;
  pass->reshaped = true;
  pass->rw.changes++;
}

// Did folding change the instruction?
static bool fold_differs(const IrIns *a, const IrIns *b) {
  return a->op != b->op || a->a[0] != b->a[0] || a->a[1] != b->a[1] || a->a[2] != b->a[2];
}

// Fold one instruction. False when its block ends here.
static bool fold_one(FoldPass *pass, IrRef ref) {
  IrFn *fn = pass->rw.fn;
  mx_rewrite_operands(&pass->rw, ref);
  IrIns ins = *mx_ir_at(fn, ref), old = ins;
  if (ins.op == IR_BRANCH) fold_branch(pass, ref);
  if (ins.op == IR_PHI || mx_ir_info(ins.op)->effect == IR_EFFECT_FLOW || fn->fuel == 0)
    return true;
  IrRef by = IR_NONE;
  FoldResult result = mx_fold(&pass->fold, &ins, &by);
  if (result == FOLD_SAME && !fold_differs(&ins, &old)) return true;
  mx_ir_burn(fn);
  if (result == FOLD_LEAVES)
    fold_cut_block(pass, ref);
  else if (result == FOLD_REF)
    mx_rewrite_set(&pass->rw, ref, by);
  else
    pass->rw.changes++;
  if (result == FOLD_HOLDS) mx_ir_kill(fn, ref);
  if (result == FOLD_SAME) {
    ins.prev = mx_ir_at(fn, ref)->prev; // what the result needs stands in front now
    *mx_ir_at(fn, ref) = ins;
  }
  return result != FOLD_LEAVES;
}

// Fold all blocks once.
static void fold_round(FoldPass *pass, const IrCfg *cfg) {
  IrFn *fn = pass->rw.fn;
  for (uint32_t i = 0; i < cfg->count; i++) {
    IrRef next;
    for (IrRef ref = fn->blocks.at[cfg->order[i]].first; ref; ref = next) {
      next = mx_ir_at(fn, ref)->next;
      if (!fold_one(pass, ref)) break;
    }
  }
}

// Run the pass.
uint32_t mx_pass_fold(IrFn *fn) {
  uint32_t changes = 0;
  for (uint32_t round = 0; round < FOLD_ROUNDS; round++) {
    FoldPass pass = {.fold = {.fn = fn, .bits = IR_EVAL_BITS}};
    mx_rewrite_init(&pass.rw, fn);
    IrCfg cfg;
    mx_ir_cfg_make(fn, &cfg);
    fold_round(&pass, &cfg);
    mx_ir_cfg_free(&cfg);
    if (pass.reshaped) mx_ir_cfg_sweep(fn);
    mx_rewrite_phis(&pass.rw);
    uint32_t made = mx_rewrite_finish(&pass.rw);
    changes += made;
    if (!made) break;
  }
  return changes;
}
