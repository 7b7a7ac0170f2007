// SPDX-License-Identifier: MIT
// What guards and branches have shown: below them, their condition is a constant.
//
// A fact is (ref, constant, block): in that block, from where the walk found it, and in all blocks
// that it dominates, the ref has that value. Facts come from guards, and from the edge of a branch
// to a block without another predecessor. Two of them make a third: a < b and b < c that a < c, and
// that a + 1 < c where the sum cannot overflow, which is what indexes of nested loops need.
// Operands below are replaced by the constant; pass_fold then drops guards and branches on
// constants. Snapshots keep the refs: a constant there saves nothing.
// PRE: verified. An operand is only replaced where the fact dominates its use; a phi uses its
//    operand at the end of the predecessor.
// POST: no guard is on a condition that one or two guards or branches above it have decided, once
//    folded.
#include "runtime/value.h"
#include "jit/ir/ir_cfg.h"
#include "jit/opt/pipeline.h"

typedef struct Fact {
  IrRef ref;       // what is known
  IrRef constant;  // what it is
  IrBlockId block; // where
  uint32_t before; // index + 1 of an older fact about the same ref; 0 for none
} Fact;

// In a block and below: less < more.
typedef struct Order {
  IrRef less, more;
  IrBlockId block;
} Order;

enum { GUARDS_MAX_ORDERS = 64 }; // that are noted, since all are looked through

typedef struct Guards {
  IrFn *fn;
  IrCfg cfg;
  VEC(Fact) facts;
  Order orders[GUARDS_MAX_ORDERS];
  uint32_t order_count;
  uint32_t *newest; // by ref: index + 1 of its newest fact; constants made since have none
  uint32_t refs;    // entries of `newest`
  IrBlockId block;  // where the operand under inspection is used
  uint32_t changes; // operands replaced
} Guards;

// Note a fact.
static void guards_learn(Guards *g, IrRef ref, IrRef constant, IrBlockId block) {
  if (ref >= g->refs || mx_ir_is_const(mx_ir_at(g->fn, ref)->op)) return;
  vec_push(&g->facts, ((Fact){ref, constant, block, g->newest[ref]}));
  g->newest[ref] = g->facts.count;
}

// What a comparison of Integers says when it has this truth, if that is which one is less.
static bool guards_order(const IrIns *ins, bool truth, Order *out) {
  bool swapped = ins->op == IR_GT || ins->op == IR_LE;
  *out = (Order){.less = ins->a[swapped], .more = ins->a[!swapped]};
  return truth ? ins->op == IR_LT || ins->op == IR_GT : ins->op == IR_GE || ins->op == IR_LE;
}

// Note which one is less when a condition has this truth.
static void guards_learn_order(Guards *g, const IrIns *ins, bool truth, IrBlockId block) {
  Order order;
  if (g->order_count == GUARDS_MAX_ORDERS || !guards_order(ins, truth, &order)) return;
  order.block = block;
  g->orders[g->order_count++] = order;
}

// Is one known to be less than another where operands are looked at?
static bool guards_is_less(const Guards *g, IrRef less, IrRef more) {
  for (uint32_t i = 0; i < g->order_count; i++) {
    const Order *order = &g->orders[i];
    if (order->less == less && order->more == more &&
        ir_cfg_dominates(&g->cfg, order->block, g->block))
      return true;
  }
  return false;
}

// Or less than one that follows it at most?
static bool guards_is_below(const Guards *g, IrRef value, IrRef bound) {
  if (guards_is_less(g, value, bound)) return true;
  const IrIns *ins = mx_ir_at(g->fn, value);
  if (ins->op != IR_ADD || !(ins->flags & IRI_EXACT)) return false;
  const IrIns *by = mx_ir_at(g->fn, ins->a[1]);
  bool next = by->op == IR_KINT && mx_ir_word(g->fn, ins->a[1]) == 1;
  return next && guards_is_less(g, ins->a[0], bound);
}

// Does the truth of a condition follow from two comparisons?
static bool guards_follows(const Guards *g, IrRef condition) {
  Order asked;
  if (!guards_order(mx_ir_at(g->fn, condition), true, &asked)) return false;
  for (uint32_t i = 0; i < g->order_count; i++) {
    const Order *order = &g->orders[i];
    if (order->more == asked.more && ir_cfg_dominates(&g->cfg, order->block, g->block) &&
        guards_is_below(g, asked.less, order->less))
      return true;
  }
  return false;
}

// Note what follows when a condition has this truth: the condition itself, and what it compares
// with a constant.
static void guards_learn_truth(Guards *g, IrRef condition, bool truth, IrBlockId block) {
  guards_learn(g, condition, mx_ir_bool(g->fn, truth), block);
  IrIns ins = *mx_ir_at(g->fn, condition);
  if (ins.op == IR_NOT) {
    guards_learn_truth(g, ins.a[0], !truth, block);
    return;
  }
  guards_learn_order(g, &ins, truth, block);
  bool equal = ins.op == IR_NE ? !truth : truth;
  bool compares = ins.op == IR_EQ || ins.op == IR_NE || ins.op == IR_SAME || ins.op == IR_WEQ;
  if (compares && equal && mx_ir_is_const(mx_ir_at(g->fn, ins.a[1])->op))
    guards_learn(g, ins.a[0], ins.a[1], block);
  if (ins.op == IR_IS_NIL && truth)
    guards_learn(g, ins.a[0], mx_ir_const(g->fn, IR_KVAL, VAL_NIL), block);
}

// Replace an operand by what is known of it.
static void guards_visit(void *ctx, IrRef *operand) {
  Guards *g = ctx;
  if (*operand >= g->refs) return;
  for (uint32_t i = g->newest[*operand]; i; i = g->facts.at[i - 1].before) {
    const Fact *fact = &g->facts.at[i - 1];
    if (!ir_cfg_dominates(&g->cfg, fact->block, g->block)) continue;
    if (!mx_ir_burn(g->fn)) return;
    *operand = fact->constant;
    g->changes++;
    return;
  }
  if (!guards_follows(g, *operand) || !mx_ir_burn(g->fn)) return;
  *operand = mx_ir_bool(g->fn, true);
  g->changes++;
}

// Replace the operands of a phi.
static void guards_phi(Guards *g, IrRef phi, const IrBlock *block) {
  IrList list = mx_ir_at(g->fn, phi)->list;
  for (uint32_t i = 0; i < block->preds.count; i++) {
    g->block = block->preds.at[i];
    guards_visit(g, &mx_ir_list_refs(g->fn, list)[i]);
  }
}

// Replace the operands of an instruction, then learn from it.
static void guards_one(Guards *g, IrRef ref, IrBlockId id) {
  if (mx_ir_at(g->fn, ref)->op == IR_PHI) {
    guards_phi(g, ref, mx_ir_block_at(g->fn, id));
    return;
  }
  g->block = id;
  mx_ir_operands(g->fn, ref, guards_visit, g);
  IrIns ins = *mx_ir_at(g->fn, ref);
  if (ins.op == IR_GUARD_TRUE) guards_learn_truth(g, ins.a[0], true, id);
  if (ins.op == IR_GUARD_FALSE) guards_learn_truth(g, ins.a[0], false, id);
  if (ins.op != IR_GUARD_SAME || !mx_ir_is_const(mx_ir_at(g->fn, ins.a[1])->op)) return;
  guards_learn(g, ins.a[0], ins.a[1], id);
  guards_learn(g, ref, ins.a[1], id);
}

// Learn from the branch that leads to a block.
static void guards_edge(Guards *g, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(g->fn, id);
  if (block->preds.count != 1) return;
  const IrBlock *pred = mx_ir_block_at(g->fn, block->preds.at[0]);
  const IrIns *last = mx_ir_at(g->fn, pred->last);
  if (last->op == IR_BRANCH) guards_learn_truth(g, last->a[0], pred->targets[0] == id, id);
}

// Run the pass.
uint32_t mx_pass_guards(IrFn *fn) {
  Guards g = {.fn = fn, .refs = fn->ins.count};
  mx_ir_cfg_make(fn, &g.cfg);
  g.newest = mx_arena_array(&g.cfg.arena, uint32_t, g.refs);
  for (uint32_t i = 0; i < g.cfg.count; i++) {
    IrBlockId id = g.cfg.order[i];
    guards_edge(&g, id);
    for (IrRef ref = fn->blocks.at[id].first; ref; ref = mx_ir_at(fn, ref)->next)
      guards_one(&g, ref, id);
  }
  vec_free(&g.facts);
  mx_ir_cfg_free(&g.cfg);
  return g.changes;
}
