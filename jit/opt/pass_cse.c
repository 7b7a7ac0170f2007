// SPDX-License-Identifier: MIT
// One of equal computations, where it dominates the others; guards are computations too.
//
// Only what does not depend on memory (same_ins.h); pass_forward does the rest. A guard that held
// holds again, so a second equal one is the first one's value.
// PRE: verified; every block reachable or dead.
// POST: of two equal timeless instructions none dominates the other; phis of a block differ.
#include "jit/ir/ir_cfg.h"
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"
#include "jit/opt/same_ins.h"

typedef struct Cse {
  Rewrite rw;
  IrCfg cfg;
  IrRef *heads;  // by hash: newest instruction
  IrRef *chain;  // by ref: the one before with that hash
  uint32_t room; // heads, a power of two
} Cse;

// May the instruction be found equal to another one? Phis only if they are of one block.
static bool cse_takes(const IrIns *ins) { return ins->op == IR_PHI || mx_ir_is_timeless(ins); }

// An equal instruction that dominates this one, or IR_NONE.
static IrRef cse_find(const Cse *cse, IrRef ref, uint32_t hash) {
  const IrFn *fn = cse->rw.fn;
  const IrIns *ins = mx_ir_at(fn, ref);
  for (IrRef other = cse->heads[hash]; other; other = cse->chain[other]) {
    const IrIns *candidate = mx_ir_at(fn, other);
    if (candidate->op == IR_NOP || !mx_ir_equal(fn, candidate, ins)) continue;
    if (ins->op == IR_PHI ? candidate->block == ins->block
                          : ir_cfg_dominates(&cse->cfg, candidate->block, ins->block))
      return other;
  }
  return IR_NONE;
}

// Look for an equal of one instruction, and remember it if there is none.
static void cse_one(Cse *cse, IrRef ref) {
  mx_rewrite_operands(&cse->rw, ref);
  const IrIns *ins = mx_ir_at(cse->rw.fn, ref);
  if (!cse_takes(ins)) return;
  uint32_t hash = mx_ir_hash(cse->rw.fn, ins) & (cse->room - 1);
  IrRef other = cse_find(cse, ref, hash);
  if (other != IR_NONE && mx_ir_burn(cse->rw.fn)) {
    mx_rewrite_set(&cse->rw, ref, other);
    return;
  }
  cse->chain[ref] = cse->heads[hash];
  cse->heads[hash] = ref;
}

// Run the pass.
uint32_t mx_pass_cse(IrFn *fn) {
  Cse cse = {.room = 64};
  mx_rewrite_init(&cse.rw, fn);
  mx_ir_cfg_make(fn, &cse.cfg);
  while (cse.room < fn->live) cse.room *= 2;
  cse.heads = mx_arena_array(&cse.cfg.arena, IrRef, cse.room);
  cse.chain = mx_arena_array(&cse.cfg.arena, IrRef, fn->ins.count);
  for (uint32_t i = 0; i < cse.cfg.count; i++) {
    IrRef next;
    for (IrRef ref = fn->blocks.at[cse.cfg.order[i]].first; ref; ref = next) {
      next = mx_ir_at(fn, ref)->next;
      cse_one(&cse, ref);
    }
  }
  mx_ir_cfg_free(&cse.cfg);
  return mx_rewrite_finish(&cse.rw);
}
