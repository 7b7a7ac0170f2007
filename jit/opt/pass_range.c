// SPDX-License-Identifier: MIT
// Bounds of Integers: overflow checks that cannot fail, comparisons that are decided.
//
// Each Integer value gets an interval that holds wherever it is defined; branches and guards narrow
// it in the blocks that they dominate. Intervals of loop phis start with what enters the loop and
// grow round by round; a bound that has grown twice is given up, so that rounds end. Only when
// nothing grows any more are the intervals true, and only then is anything changed:
// - an overflow check that cannot fail becomes plain arithmetic,
// - a decided comparison becomes a constant,
// - `below a, b` with a >= 0 becomes `lt a, b`, which the loop's own condition often is (cse and
//   guards then remove the bounds check).
// PRE: verified; a graph with irreducible cycles is left alone.
// POST: as above.
#include "jit/ir/ir_cfg.h"
#include "jit/ir/ir_eval.h"
#include "jit/opt/interval.h"
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"

enum { RANGE_ROUNDS = 40, RANGE_GROWS = 2 };

// In a block and those it dominates, a value lies in an interval.
typedef struct RangeFact {
  Interval interval;
  IrBlockId block;
  uint32_t before; // index + 1 of an older fact about the same value; 0 for none
} RangeFact;

typedef struct Range {
  Rewrite rw;
  IrCfg cfg;
  uint32_t refs;        // refs there were at the start
  Interval *intervals;  // by ref: where it is defined
  uint8_t *grown;       // by ref: times that a phi's bounds grew, lower in the low half byte
  uint32_t *newest;     // by ref: index + 1 of its newest fact
  VEC(RangeFact) facts; // of this round
  bool changed;         // an interval grew in this round
} Range;

// ---- intervals

// The interval of a ref where it is defined.
static Interval range_base(const Range *r, IrRef ref) {
  const IrIns *ins = mx_ir_at(r->rw.fn, ref);
  if (ins->op == IR_KINT) {
    int64_t n = (int64_t)mx_ir_word(r->rw.fn, ref);
    return (Interval){n, n};
  }
  return ref < r->refs ? r->intervals[ref] : interval_full(IR_EVAL_BITS);
}

// The interval of a ref in a block.
static Interval range_at(const Range *r, IrRef ref, IrBlockId block) {
  Interval interval = range_base(r, ref);
  for (uint32_t i = ref < r->refs ? r->newest[ref] : 0; i; i = r->facts.at[i - 1].before) {
    const RangeFact *fact = &r->facts.at[i - 1];
    if (ir_cfg_dominates(&r->cfg, fact->block, block))
      interval = mx_interval_meet(interval, fact->interval);
  }
  return interval;
}

// The union of a phi's operands, each at the end of its predecessor; unknown ones are left out.
static Interval range_phi(const Range *r, const IrIns *ins) {
  const IrBlock *block = mx_ir_block_at(r->rw.fn, ins->block);
  Interval interval = INTERVAL_EMPTY;
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrRef operand = mx_ir_list_refs(r->rw.fn, ins->list)[i];
    if (interval_is_empty(range_base(r, operand))) continue;
    interval = mx_interval_join(interval, range_at(r, operand, block->preds.at[i]));
  }
  return interval;
}

// The Integer that a word is: those that a field of 4 bytes holds are bounded.
static Interval range_word(const Range *r, const IrIns *ins) {
  const IrIns *word = mx_ir_at(r->rw.fn, ins->a[0]);
  Interval interval = {0, interval_full(IR_EVAL_BITS).hi};
  if (word->op == IR_FIELD_LOAD && mx_ir_field_info(word->imm)->bytes == 4)
    interval.hi = UINT32_MAX;
  return interval;
}

// What an instruction can give.
static Interval range_compute(const Range *r, const IrIns *ins) {
  IrBlockId at = ins->block;
  if (ins->op == IR_PHI) return range_phi(r, ins);
  if (ins->op == IR_WORD_TO_INT) return range_word(r, ins);
  if (ins->op == IR_BYTE_LOAD) return (Interval){0, 255};
  if (ins->op == IR_SELECT)
    return mx_interval_join(range_at(r, ins->a[1], at), range_at(r, ins->a[2], at));
  bool binary = (ins->op >= IR_ADD && ins->op <= IR_SHR) && ins->op != IR_NEG;
  if (!binary && ins->op != IR_NEG) return interval_full(IR_EVAL_BITS);
  Interval a = range_at(r, ins->a[0], at), b = binary ? range_at(r, ins->a[1], at) : a;
  // Facts that contradict each other: control does not get here.
  if (interval_is_empty(a) || interval_is_empty(b)) return interval_full(IR_EVAL_BITS);
  return mx_interval_op(ins->op, a, b, IR_EVAL_BITS);
}

// Give up a bound of a phi that has grown too often.
static Interval range_widen(Range *r, IrRef ref, Interval old, Interval now) {
  Interval full = interval_full(IR_EVAL_BITS);
  if (interval_is_empty(old)) return now;
  if (now.lo < old.lo && (r->grown[ref] & 15) < 15) r->grown[ref] += 1;
  if (now.hi > old.hi && r->grown[ref] >> 4 < 15) r->grown[ref] += 16;
  if (now.lo < old.lo && (r->grown[ref] & 15) >= RANGE_GROWS) now.lo = full.lo;
  if (now.hi > old.hi && r->grown[ref] >> 4 >= RANGE_GROWS) now.hi = full.hi;
  return now;
}

// ---- facts

// Note that a value lies in an interval in a block and those that it dominates.
static void range_learn(Range *r, IrRef ref, Interval interval, IrBlockId block) {
  bool constant = mx_ir_is_const(mx_ir_at(r->rw.fn, ref)->op);
  if (constant || ref >= r->refs || interval_is_empty(interval)) return;
  vec_push(&r->facts, ((RangeFact){interval, block, r->newest[ref]}));
  r->newest[ref] = r->facts.count;
}

// Note what follows when a condition has this truth.
static void range_learn_truth(Range *r, IrRef condition, bool truth, IrBlockId block) {
  const IrIns *ins = mx_ir_at(r->rw.fn, condition);
  if (ins->op == IR_NOT) range_learn_truth(r, ins->a[0], !truth, block);
  if (ins->op < IR_EQ || ins->op > IR_BELOW) return;
  Interval a = range_at(r, ins->a[0], block), b = range_at(r, ins->a[1], block);
  range_learn(r, ins->a[0], mx_interval_where(ins->op, truth, a, b), block);
  if (ins->op != IR_BELOW)
    range_learn(r, ins->a[1], mx_interval_where(mx_interval_swap(ins->op), truth, b, a), block);
}

// Learn from the branch that leads to a block.
static void range_edge(Range *r, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(r->rw.fn, id);
  if (block->preds.count != 1) return;
  const IrBlock *pred = mx_ir_block_at(r->rw.fn, block->preds.at[0]);
  const IrIns *last = mx_ir_at(r->rw.fn, pred->last);
  if (last->op == IR_BRANCH) range_learn_truth(r, last->a[0], pred->targets[0] == id, id);
}

// ---- rounds

// Compute the interval of one value, and learn from a guard.
static void range_one(Range *r, IrRef ref) {
  const IrIns *ins = mx_ir_at(r->rw.fn, ref);
  if (ins->op == IR_GUARD_TRUE || ins->op == IR_GUARD_FALSE)
    range_learn_truth(r, ins->a[0], ins->op == IR_GUARD_TRUE, ins->block);
  if (ins->type != IRT_INT) return;
  Interval old = r->intervals[ref], now = mx_interval_join(old, range_compute(r, ins));
  if (now.lo == old.lo && now.hi == old.hi) return;
  r->intervals[ref] = ins->op == IR_PHI ? range_widen(r, ref, old, now) : now;
  r->changed = true;
}

// Walk all blocks, doing something with each instruction. Facts of the last round are forgotten.
static void range_walk(Range *r, void (*visit)(Range *r, IrRef ref)) {
  r->facts.count = 0;
  for (IrRef ref = 0; ref < r->refs; ref++) r->newest[ref] = 0;
  for (uint32_t i = 0; i < r->cfg.count; i++) {
    range_edge(r, r->cfg.order[i]);
    IrRef next;
    for (IrRef ref = r->rw.fn->blocks.at[r->cfg.order[i]].first; ref; ref = next) {
      next = mx_ir_at(r->rw.fn, ref)->next;
      visit(r, ref);
    }
  }
}

// ---- changes

// Let an overflow check become plain arithmetic.
static void range_unguard(Range *r, IrIns *ins) {
  static const IrOp plain[] = {[IR_ADD_OV - IR_ADD_OV] = IR_ADD,
                               [IR_SUB_OV - IR_ADD_OV] = IR_SUB,
                               [IR_MUL_OV - IR_ADD_OV] = IR_MUL};
  ins->op = ins->op == IR_SHL_OV ? IR_SHL : plain[ins->op - IR_ADD_OV];
  ins->snap = SNAP_NONE;
  ins->flags |= IRI_EXACT;
  r->rw.changes++;
}

// Change a comparison if its operands' intervals decide it.
static void range_compare(Range *r, IrRef ref, Interval a, Interval b) {
  IrIns *ins = mx_ir_at(r->rw.fn, ref);
  int truth = mx_interval_compare(ins->op, a, b);
  if (truth >= 0) {
    if (mx_ir_burn(r->rw.fn)) mx_rewrite_set(&r->rw, ref, mx_ir_bool(r->rw.fn, truth));
  } else if (ins->op == IR_BELOW && a.lo >= 0 && mx_ir_burn(r->rw.fn)) {
    ins->op = IR_LT;
    r->rw.changes++;
  }
}

// Change one instruction, given that all intervals are true. What it teaches is learned first, so
// that facts stand as they did when the intervals were found.
static void range_change(Range *r, IrRef ref) {
  IrIns *ins = mx_ir_at(r->rw.fn, ref);
  if (ins->op == IR_GUARD_TRUE || ins->op == IR_GUARD_FALSE)
    range_learn_truth(r, ins->a[0], ins->op == IR_GUARD_TRUE, ins->block);
  bool checks =
      ins->op == IR_ADD_OV || ins->op == IR_SUB_OV || ins->op == IR_MUL_OV || ins->op == IR_SHL_OV;
  bool compares = ins->op >= IR_EQ && ins->op <= IR_BELOW;
  if (!checks && !compares) return;
  Interval a = range_at(r, ins->a[0], ins->block), b = range_at(r, ins->a[1], ins->block);
  if (interval_is_empty(a) || interval_is_empty(b)) return;
  if (compares)
    range_compare(r, ref, a, b);
  else if (mx_interval_fits(ins->op, a, b, IR_EVAL_BITS) && mx_ir_burn(r->rw.fn))
    range_unguard(r, ins);
}

static_assert(IR_SUB_OV == IR_ADD_OV + 1 && IR_MUL_OV == IR_ADD_OV + 2, "order of checked ops");

// Run the pass.
uint32_t mx_pass_range(IrFn *fn) {
  Range r = {.refs = fn->ins.count, .changed = true};
  mx_rewrite_init(&r.rw, fn);
  mx_ir_cfg_make(fn, &r.cfg);
  r.intervals = mx_arena_array(&r.cfg.arena, Interval, r.refs);
  r.grown = mx_arena_array(&r.cfg.arena, uint8_t, r.refs);
  r.newest = mx_arena_array(&r.cfg.arena, uint32_t, r.refs);
  for (IrRef ref = 0; ref < r.refs; ref++) r.intervals[ref] = INTERVAL_EMPTY;
  for (uint32_t i = 0; i < RANGE_ROUNDS && r.changed && !r.cfg.irreducible; i++) {
    r.changed = false;
    range_walk(&r, range_one);
  }
  if (!r.changed) range_walk(&r, range_change);
  vec_free(&r.facts);
  mx_ir_cfg_free(&r.cfg);
  return mx_rewrite_finish(&r.rw);
}
