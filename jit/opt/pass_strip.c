// SPDX-License-Identifier: MIT
// Counted loops in strips: a poll in fn->strip rounds, checks of the counter before a strip.
//
//   header: phis; poll; body; loop condition -> header
// becomes
//   head: phis; poll; checks; bound = the nearer of the loop's end and so many rounds
//   header: phis; body; next below bound -> header, else end
//   end: loop condition -> head
//
// Where the condition is asked first in the header, the header becomes the head instead, and the
// rounds get a block to begin with. The condition is then the head's alone.
//
// Which loops: innermost ones with one back edge, whose condition compares a counter, to which each
// round adds the same, with what is the same in each round; without calls but those that stand for
// an instruction (they neither raise nor run the program), of at most STRIP_MAX instructions. So a
// strip takes some 50 microseconds at most, collections aside: that is how much later
// signals, other threads and new code get their turn. Without polls nothing outside changes what a
// round sees.
//
// What stays exact: the poll's snapshot is that of the header, with the values of the head, so that
// it leaves between two rounds as before. Counts of --profile are stores of the body.
//
// Checks of the counter (`below i, n`, n the same in each round) that every round passes are made
// once, for the first round of a strip; the bound is such that they hold in the others. The counter
// cannot overflow in a strip, since its bound does not. Sums of a phi and constants are not checked
// where the head has found that the phi is far enough from the bounds of Integers. These checks
// leave through a copy of the poll's snapshot, whose reason is that of guards in front of the loop;
// where the jump to the loop has no snapshot for those, or a round may branch out of the loop
// before its end, all checks stay where they are.
//
// PERF: ns an element, without and with: sum of an Array 0.38, 0.29; product of two 1.15, 0.52;
// a[i] = a[i] * k over Floats 0.56, 0.29; how many of random Integers are even 4.1, 0.59 (what is
// not checked is no branch).
// PRE: verified; guards that can move in front of their loop have moved.
// POST: as above. The loops that a cfg knew have other blocks around them.
#include "jit/ir/ir_cfg.h"
#include "jit/ir/ir_eval.h"
#include "jit/opt/interval.h"
#include "jit/opt/pipeline.h"
#include <string.h>

enum {
  STRIP_MAX = 120,          // instructions of a body
  STRIP_MAX_STEP = 1 << 20, // of constants that counters and other values change by
  STRIP_MAX_DEPTH = 6,      // of what such a value is made of
};

typedef struct Strip {
  IrFn *fn;           // what is changed
  IrCfg cfg;          // of before the pass; still true of the loops that it has not changed
  const IrLoop *loop; // the one under inspection
  uint32_t back;      // which of the header's predecessors comes round
  IrRef poll;         // of the header
  IrBlockId latch;    // the block that a round ends in
  IrBlockId again;    // its target where one follows: the header, or a block that jumps there
  IrRef guard;        // in the latch: leaves when no round follows; IR_NONE: a branch does
  IrRef test;         // the loop's condition, a comparison
  bool top;           // it is asked in the header
  bool truth;         // of the condition when a round follows
  IrOp op;          // a round follows when `counter op limit`: IR_LT, IR_LE; downwards IR_GT, IR_GE
  IrRef limit;      // invariant
  IrRef iv;         // the counter: a phi of the header
  IrRef step;       // what is added to it in each round, invariant
  IrRef next;       // the sum
  IrBlockId head;   // made: where strips begin: checks, and the bound
  IrBlockId rounds; // made where the header becomes the head: where rounds begin
  IrRef bound;      // made: the strip goes on while `next op bound`
  SnapId snap;      // made: of the head
  SnapId checks;    // made: of checks in the head; SNAP_NONE: there are none
  IrRef *other;     // by ref of a header's phi: the phi that has its value at the head, or, where
                    // the header becomes the head, in a round
  SnapId *snaps;    // by snapshot of before the pass: its copy for rounds; 0: none yet
  uint32_t snap_count; // of before the pass
  bool good;           // no value seen so far is the business of one round
  uint32_t changes;    // loops, and checks that have left them
} Strip;

static const IrIns *strip_at(const Strip *s, IrRef ref) { return mx_ir_at(s->fn, ref); }

static bool strip_has_block(const Strip *s, IrBlockId block) {
  return mx_ir_cfg_in_loop(&s->cfg, (IrLoopId)(s->loop - s->cfg.loops), block);
}

// Is a value the same in each round?
static bool strip_invariant(const Strip *s, IrRef ref) {
  IrBlockId block = strip_at(s, ref)->block;
  return block == IR_NO_BLOCK || !strip_has_block(s, block);
}

static bool strip_is_up(IrOp op) { return op == IR_LT || op == IR_LE; }
static bool strip_is_strict(IrOp op) { return op == IR_LT || op == IR_GT; }

// ---- which loops

// May the instruction be in a strip?
static bool strip_allows(const Strip *s, const IrIns *ins) {
  switch ((int)mx_ir_info(ins->op)->effect) {
  case IR_EFFECT_CALL:
    return ins->op == IR_CALL_RT && !(mx_ir_call_effects(s->fn, ins) & RTE_LEAVES);
  case IR_EFFECT_GUARD: return ins->op != IR_GUARD_VALID;
  default: return true;
  }
}

// Is every instruction allowed, are they few, and is the only poll at the start of the header?
static bool strip_body(Strip *s) {
  uint32_t count = 0;
  s->poll = mx_ir_block_at(s->fn, s->loop->header)->first;
  while (strip_at(s, s->poll)->op == IR_PHI) s->poll = strip_at(s, s->poll)->next;
  if (strip_at(s, s->poll)->op != IR_POLL) return false;
  for (uint32_t i = 0; i < s->loop->count; i++) {
    IrRef ref = mx_ir_block_at(s->fn, s->loop->blocks[i])->first;
    for (; ref; ref = strip_at(s, ref)->next) {
      bool other_poll = strip_at(s, ref)->op == IR_POLL && ref != s->poll;
      if (++count > STRIP_MAX || other_poll || !strip_allows(s, strip_at(s, ref))) return false;
    }
  }
  return true;
}

// Find the block that rounds end in.
static bool strip_find_latch(Strip *s) {
  const IrBlock *header = mx_ir_block_at(s->fn, s->loop->header);
  if (header->preds.count != 2) return false;
  s->again = s->loop->header;
  s->back = strip_has_block(s, header->preds.at[0]) ? 0 : 1;
  s->latch = header->preds.at[s->back];
  return true;
}

// Does the last instruction of a block leave the loop or stay in it, as its condition says?
static bool strip_branches_out(const Strip *s, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(s->fn, id);
  if (strip_at(s, block->last)->op != IR_BRANCH) return false;
  return !strip_has_block(s, block->targets[0]) || !strip_has_block(s, block->targets[1]);
}

// The blocks that do.
static uint32_t strip_ways_out(const Strip *s) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < s->loop->count; i++) count += strip_branches_out(s, s->loop->blocks[i]);
  return count;
}

// Is the loop's condition asked in the header, and nothing else done there?
static bool strip_find_top(Strip *s) {
  IrBlockId header = s->loop->header;
  s->test = strip_at(s, s->poll)->next;
  IrRef last = strip_at(s, s->test)->next;
  s->top = last && header != s->latch && strip_branches_out(s, header) &&
           strip_at(s, last)->op == IR_BRANCH && strip_at(s, last)->a[0] == s->test;
  if (!s->top) return false;
  s->truth = strip_has_block(s, mx_ir_block_at(s->fn, header)->targets[0]);
  s->guard = IR_NONE;
  return strip_ways_out(s) == 1 && mx_ir_block_at(s->fn, s->latch)->targets[1] == IR_NO_BLOCK;
}

// Is it a guard at the end of the latch, behind which nothing can leave?
static bool strip_find_guard(Strip *s) {
  IrRef ref = strip_at(s, mx_ir_block_at(s->fn, s->latch)->last)->prev;
  while (ref && mx_ir_info(strip_at(s, ref)->op)->effect == IR_EFFECT_PURE)
    ref = strip_at(s, ref)->prev;
  if (!ref) return false;
  s->truth = strip_at(s, ref)->op == IR_GUARD_TRUE;
  if (!s->truth && strip_at(s, ref)->op != IR_GUARD_FALSE) return false;
  s->guard = ref;
  s->test = strip_at(s, ref)->a[0];
  return true;
}

// Is it a branch at the end of the round? Between it and the header there may be empty blocks.
static bool strip_find_bottom(Strip *s) {
  for (;;) {
    const IrBlock *latch = mx_ir_block_at(s->fn, s->latch);
    bool empty = strip_at(s, latch->first)->op == IR_JUMP;
    if (!empty || latch->preds.count != 1) break;
    s->again = s->latch;
    s->latch = latch->preds.at[0];
  }
  const IrBlock *latch = mx_ir_block_at(s->fn, s->latch);
  s->guard = IR_NONE;
  if (strip_branches_out(s, s->latch)) {
    s->truth = latch->targets[0] == s->again;
    s->test = strip_at(s, latch->last)->a[0];
  } else if (!strip_find_guard(s)) {
    return false;
  }
  // Where a round can be left before, its checks need not be passed.
  if (strip_ways_out(s) > (s->guard ? 0 : 1)) s->checks = SNAP_NONE;
  return true;
}

// The comparison that is true when this one is false.
static IrOp strip_negate(IrOp op) {
  switch ((int)op) {
  case IR_LT: return IR_GE;
  case IR_LE: return IR_GT;
  case IR_GT: return IR_LE;
  default: return IR_LT;
  }
}

// What the header's phi has when a round follows.
static IrRef strip_back(const Strip *s, IrRef phi) {
  return mx_ir_list_refs(s->fn, strip_at(s, phi)->list)[s->back];
}

// Is the value a phi of the header and a step? Then that is what counts.
static bool strip_count(Strip *s, IrRef next) {
  const IrIns *ins = strip_at(s, next);
  if (ins->op != IR_ADD && ins->op != IR_ADD_OV) return false;
  const IrIns *phi = strip_at(s, ins->a[0]);
  if (phi->op != IR_PHI || phi->block != s->loop->header) return false;
  if (strip_back(s, ins->a[0]) != next || !strip_invariant(s, ins->a[1])) return false;
  s->iv = ins->a[0];
  s->step = ins->a[1];
  s->next = next;
  return true;
}

// The sign of the step, 0: not known. Steps that are too big are not known either.
static int strip_sign(const Strip *s) {
  if (strip_at(s, s->step)->op != IR_KINT) return 0;
  int64_t step = (int64_t)mx_ir_word(s->fn, s->step);
  if (step > STRIP_MAX_STEP || step < -STRIP_MAX_STEP) return 0;
  return step > 0 ? 1 : -1;
}

// Does the loop's condition compare a counter with its end?
static bool strip_counts(Strip *s) {
  const IrIns *test = strip_at(s, s->test);
  if (test->op < IR_LT || test->op > IR_GE) return false;
  bool swapped = strip_invariant(s, test->a[0]);
  s->op = swapped ? mx_interval_swap(test->op) : (IrOp)test->op;
  if (!s->truth) s->op = strip_negate(s->op);
  s->limit = test->a[swapped ? 0 : 1];
  IrRef counter = test->a[swapped ? 1 : 0];
  if (!strip_invariant(s, s->limit) || strip_invariant(s, counter)) return false;
  if (s->top) {
    const IrIns *phi = strip_at(s, counter);
    if (phi->op != IR_PHI || phi->block != s->loop->header) return false;
    if (!strip_count(s, strip_back(s, counter)) || s->iv != counter) return false;
  } else if (!strip_count(s, counter)) {
    return false;
  }
  int sign = strip_sign(s), wanted = strip_is_up(s->op) ? 1 : -1;
  // The head sees to it that a step that is not constant is positive.
  bool checked = wanted > 0 && strip_at(s, s->step)->op != IR_KINT;
  return sign == wanted || (checked && s->checks != SNAP_NONE);
}

// Note a value of the poll's snapshot that no phi of the header has.
static void strip_check_value(void *ctx, IrRef *value) {
  Strip *s = ctx;
  const IrIns *ins = strip_at(s, *value);
  bool phi = ins->op == IR_PHI && ins->block == s->loop->header;
  if (!phi && !strip_invariant(s, *value)) s->good = false;
}

static bool strip_may(Strip *s) {
  const IrLoop *loop = s->loop;
  if (loop->preheader == IR_NO_BLOCK || !strip_body(s) || !strip_find_latch(s)) return false;
  s->checks = strip_at(s, mx_ir_block_at(s->fn, loop->preheader)->last)->snap;
  s->good = true;
  mx_ir_snap_values(s->fn, strip_at(s, s->poll)->snap, strip_check_value, s);
  if (!s->good) return false;
  if (!strip_find_top(s) && (s->top || !strip_find_bottom(s))) return false;
  return strip_counts(s);
}

// ---- the head

// Emit an instruction in the head.
static IrRef strip_emit(Strip *s, IrOp op, IrRef a, IrRef b, SnapId snap) {
  IrIns ins = {.op = (uint16_t)op, .a = {a, b}, .snap = snap};
  ins.place = strip_at(s, s->poll)->place;
  if (op == IR_SUB) ins.flags = IRI_EXACT;
  return mx_ir_emit(s->fn, s->head, &ins);
}

// The smaller of two Integers in the head, or downwards the greater one.
static IrRef strip_nearer(Strip *s, IrRef a, IrRef b) {
  IrRef first = strip_emit(s, strip_is_up(s->op) ? IR_LT : IR_GT, a, b, SNAP_NONE);
  IrIns choice = {.op = IR_SELECT, .type = IRT_INT, .a = {first, a, b}, .snap = SNAP_NONE};
  return mx_ir_emit(s->fn, s->head, &choice);
}

// A value of a snapshot as it is in the head.
static void strip_map_value(void *ctx, IrRef *value) {
  const Strip *s = ctx;
  const IrIns *ins = strip_at(s, *value);
  if (ins->op == IR_PHI && ins->block == s->loop->header) *value = s->other[*value];
}

// Make the head on the edge to the loop, with its phis, which still lack what strips end with, and
// the poll.
static void strip_make_head(Strip *s) {
  IrBlockId header = s->loop->header;
  s->head = mx_ir_split_edge(s->fn, s->loop->preheader, header);
  mx_ir_block_at(s->fn, s->head)->loop = true;
  uint32_t entry = 1 - s->back;
  IrRef phi = mx_ir_block_at(s->fn, header)->first;
  for (; strip_at(s, phi)->op == IR_PHI; phi = strip_at(s, phi)->next) {
    IrRef first = mx_ir_list_refs(s->fn, strip_at(s, phi)->list)[entry];
    IrIns own = {.op = IR_PHI, .type = strip_at(s, phi)->type, .snap = SNAP_NONE};
    IrRef made = mx_ir_emit(s->fn, s->head, &own);
    mx_ir_phi_push(s->fn, made, first);
    mx_ir_list_refs(s->fn, strip_at(s, phi)->list)[entry] = s->other[phi] = made;
  }
  s->snap = mx_ir_snap_copy(s->fn, strip_at(s, s->poll)->snap);
  mx_ir_snap_values(s->fn, s->snap, strip_map_value, s);
  mx_ir_move_before(s->fn, s->poll, mx_ir_block_at(s->fn, s->head)->last);
  mx_ir_at(s->fn, s->poll)->snap = s->snap;
}

// The header becomes the head, behind which rounds begin in a block of their own, with phis that
// still lack what rounds end with.
static void strip_make_rounds(Strip *s) {
  IrBlockId header = s->loop->header;
  IrBlockId body = mx_ir_block_at(s->fn, header)->targets[!s->truth];
  s->head = mx_ir_split_edge(s->fn, header, body);
  s->rounds = mx_ir_split_edge(s->fn, s->head, body);
  mx_ir_block_at(s->fn, s->rounds)->loop = true;
  s->snap = strip_at(s, s->poll)->snap;
  IrRef phi = mx_ir_block_at(s->fn, header)->first;
  for (; strip_at(s, phi)->op == IR_PHI; phi = strip_at(s, phi)->next) {
    IrIns own = {.op = IR_PHI, .type = strip_at(s, phi)->type, .snap = SNAP_NONE};
    s->other[phi] = mx_ir_emit(s->fn, s->rounds, &own);
    mx_ir_phi_push(s->fn, s->other[phi], phi);
  }
}

// The snapshot for checks in the head.
static void strip_make_checks(Strip *s) {
  if (s->checks == SNAP_NONE) return;
  uint32_t reason = s->fn->snaps.at[s->checks].reason;
  s->checks = mx_ir_snap_copy(s->fn, s->snap);
  s->fn->snaps.at[s->checks].reason = reason;
}

// A phi's value in the head.
static IrRef strip_first(const Strip *s, IrRef phi) { return s->top ? phi : s->other[phi]; }

// Let a sum not be checked.
static void strip_unguard(IrIns *sum) {
  sum->op = IR_ADD;
  sum->snap = SNAP_NONE;
  sum->flags |= IRI_EXACT;
}

// So many rounds from the head's on, or the loop's end.
static void strip_bound(Strip *s) {
  int64_t rounds = s->fn->strip;
  bool constant = strip_at(s, s->step)->op == IR_KINT;
  IrRef way = mx_ir_int(s->fn, rounds);
  if (constant) {
    way = mx_ir_int(s->fn, rounds * (int64_t)mx_ir_word(s->fn, s->step));
  } else {
    IrRef positive = strip_emit(s, IR_GT, s->step, mx_ir_int(s->fn, 0), SNAP_NONE);
    strip_emit(s, IR_GUARD_TRUE, positive, IR_NONE, s->checks);
    way = strip_emit(s, IR_MUL_OV, s->step, way, s->checks);
  }
  s->bound = strip_emit(s, IR_ADD_OV, strip_first(s, s->iv), way, constant ? s->snap : s->checks);
  if (!strip_is_strict(s->op)) s->bound = strip_emit(s, IR_SUB, s->bound, s->step, SNAP_NONE);
  s->bound = strip_nearer(s, s->limit, s->bound);
  strip_unguard(mx_ir_at(s->fn, s->next));
}

// ---- checks of the counter

// Is the condition one that, once it holds in a strip's first round, holds in all up to a bound?
static bool strip_is_check(const Strip *s, const IrIns *test) {
  if (test->a[0] != s->iv || !strip_invariant(s, test->a[1])) return false;
  bool up = strip_is_up(s->op);
  switch ((int)test->op) {
  case IR_LT: return true;
  case IR_BELOW: return true;
  case IR_GE:
  case IR_GT: return up;
  default: return false;
  }
}

// Let the bound be such that the check holds: upwards below its operand, downwards not below 0.
static void strip_narrow(Strip *s, const IrIns *test) {
  bool up = strip_is_up(s->op), strict = strip_is_strict(s->op);
  if (up ? test->op == IR_GE || test->op == IR_GT : test->op == IR_LT) return;
  IrRef to = up ? test->a[1] : mx_ir_int(s->fn, strict ? -1 : 0);
  if (up && strict && to == s->limit) return;
  if (up && !strict) to = strip_emit(s, IR_SUB, to, mx_ir_int(s->fn, 1), SNAP_NONE);
  s->bound = strip_nearer(s, to, s->bound);
}

// Move a check to the head.
static void strip_move_check(Strip *s, IrRef guard) {
  IrIns test = *strip_at(s, strip_at(s, guard)->a[0]);
  IrRef made = strip_emit(s, (IrOp)test.op, strip_first(s, s->iv), test.a[1], SNAP_NONE);
  strip_emit(s, IR_GUARD_TRUE, made, IR_NONE, s->checks);
  strip_narrow(s, &test);
  mx_ir_kill(s->fn, guard);
  s->changes++;
}

// Move the checks that every round passes.
static void strip_move_checks(Strip *s) {
  for (uint32_t i = 0; i < s->loop->count; i++) {
    IrBlockId block = s->loop->blocks[i];
    IrRef next, ref = mx_ir_block_at(s->fn, block)->first;
    if (!ir_cfg_dominates(&s->cfg, block, s->latch)) continue;
    for (; ref; ref = next) {
      next = strip_at(s, ref)->next;
      if (strip_at(s, ref)->op != IR_GUARD_TRUE) continue;
      if (strip_is_check(s, strip_at(s, strip_at(s, ref)->a[0]))) strip_move_check(s, ref);
    }
  }
}

// ---- other values that rounds change by constants

// Does a value of a round differ from a header's phi by constants, on whatever way it came about?
// `drift`: by how much it does at least and at most, it and what it is made of.
static bool strip_drifts(const Strip *s, IrRef ref, IrRef phi, uint32_t depth, Interval *drift) {
  const IrIns *ins = strip_at(s, ref);
  *drift = (Interval){0, 0};
  if (ref == phi) return true;
  if (depth == STRIP_MAX_DEPTH || strip_invariant(s, ref)) return false;
  if (ins->op == IR_ADD || ins->op == IR_ADD_OV) {
    const IrIns *by = strip_at(s, ins->a[1]);
    if (by->op != IR_KINT || !strip_drifts(s, ins->a[0], phi, depth + 1, drift)) return false;
    int64_t n = (int64_t)mx_ir_word(s->fn, ins->a[1]);
    if (n > STRIP_MAX_STEP || n < -STRIP_MAX_STEP) return false;
    *drift = mx_interval_join(*drift, (Interval){drift->lo + n, drift->hi + n});
    return true;
  }
  if (ins->op != IR_PHI || ins->block == s->loop->header) return false;
  for (uint32_t i = 0; i < mx_ir_list_count(s->fn, ins->list); i++) {
    Interval one;
    IrRef operand = mx_ir_list_refs(s->fn, ins->list)[i];
    if (!strip_drifts(s, operand, phi, depth + 1, &one)) return false;
    *drift = mx_interval_join(*drift, one);
  }
  return true;
}

// Let the sums that such a value is made of not be checked.
static void strip_settle(const Strip *s, IrRef ref, IrRef phi) {
  if (ref == phi) return;
  IrIns *ins = mx_ir_at(s->fn, ref);
  if (ins->op == IR_ADD_OV) strip_unguard(ins);
  if (ins->op == IR_ADD) strip_settle(s, ins->a[0], phi);
  for (uint32_t i = 0; ins->op == IR_PHI && i < mx_ir_list_count(s->fn, ins->list); i++)
    strip_settle(s, mx_ir_list_refs(s->fn, ins->list)[i], phi);
}

// Check in the head that a phi is on one side of a constant.
static void strip_check_first(Strip *s, IrRef phi, IrOp op, int64_t to) {
  IrRef ok = strip_emit(s, op, strip_first(s, phi), mx_ir_int(s->fn, to), SNAP_NONE);
  strip_emit(s, IR_GUARD_TRUE, ok, IR_NONE, s->checks);
}

// Where a phi is so far from the bounds of Integers that it gets to neither in a strip, its sums
// need not be checked.
static void strip_settle_phi(Strip *s, IrRef phi) {
  Interval drift, full = interval_full(IR_EVAL_BITS);
  if (phi == s->iv || strip_at(s, phi)->type != IRT_INT) return;
  IrRef back = strip_back(s, phi);
  if (!strip_drifts(s, back, phi, 0, &drift) || drift.lo == drift.hi) return;
  int64_t rounds = s->fn->strip;
  if (drift.hi > 0) strip_check_first(s, phi, IR_LE, full.hi - rounds * drift.hi);
  if (drift.lo < 0) strip_check_first(s, phi, IR_GE, full.lo - rounds * drift.lo);
  strip_settle(s, back, phi);
  s->changes++;
}

static void strip_settle_phis(Strip *s) {
  IrRef phi = mx_ir_block_at(s->fn, s->loop->header)->first;
  for (; phi && strip_at(s, phi)->op == IR_PHI; phi = strip_at(s, phi)->next)
    strip_settle_phi(s, phi);
}

// ---- the end

// Let a block know another one as its predecessor.
static void strip_replace_pred(IrFn *fn, IrBlockId id, IrBlockId from, IrBlockId to) {
  IrBlock *block = mx_ir_block_at(fn, id);
  for (uint32_t i = 0; i < block->preds.count; i++)
    if (block->preds.at[i] == from) block->preds.at[i] = to;
}

// Give the end its last instruction: to the head, or where the latch left the loop for.
static void strip_leave_end(Strip *s, IrBlockId end) {
  const IrBlock *latch = mx_ir_block_at(s->fn, s->latch);
  if (s->guard) {
    mx_ir_jump(s->fn, end, s->head);
    mx_ir_move_before(s->fn, s->guard, mx_ir_block_at(s->fn, end)->last);
    return;
  }
  IrBlockId out = latch->targets[s->truth];
  strip_replace_pred(s->fn, out, s->latch, end);
  mx_ir_emit(s->fn, end, &(IrIns){.op = IR_BRANCH, .a = {s->test}, .snap = SNAP_NONE});
  IrBlock *block = mx_ir_block_at(s->fn, end);
  block->targets[!s->truth] = s->head;
  block->targets[s->truth] = out;
  vec_push(&mx_ir_block_at(s->fn, s->head)->preds, end);
}

// Let the latch go on with the strip, or with another block.
static void strip_close_latch(Strip *s, IrBlockId more, IrBlockId end) {
  IrIns test = {.op = (uint16_t)s->op, .a = {s->next, s->bound}, .snap = SNAP_NONE};
  IrRef last = mx_ir_block_at(s->fn, s->latch)->last;
  test.place = strip_at(s, s->next)->place;
  IrRef follows = mx_ir_insert_before(s->fn, last, &test);
  IrIns *branch = mx_ir_at(s->fn, last);
  branch->op = IR_BRANCH;
  branch->a[0] = follows;
  branch->snap = SNAP_NONE;
  IrBlock *latch = mx_ir_block_at(s->fn, s->latch);
  latch->targets[0] = more;
  latch->targets[1] = end;
}

// Make the block behind a strip, in which the loop's condition is asked.
static void strip_make_end(Strip *s) {
  IrBlockId end = mx_ir_block(s->fn);
  strip_leave_end(s, end);
  strip_close_latch(s, s->again, end);
  vec_push(&mx_ir_block_at(s->fn, end)->preds, s->latch);
  IrRef phi = mx_ir_block_at(s->fn, s->loop->header)->first;
  for (; phi && strip_at(s, phi)->op == IR_PHI; phi = strip_at(s, phi)->next)
    mx_ir_phi_push(s->fn, s->other[phi], strip_back(s, phi));
}

// Let an instruction of a round use the phis that rounds begin with; so do exits.
static void strip_renew(Strip *s, IrRef ref) {
  mx_ir_operands(s->fn, ref, strip_map_value, s);
  SnapId old = strip_at(s, ref)->snap;
  if (old == SNAP_NONE) return;
  if (!s->snaps[old]) {
    s->snaps[old] = mx_ir_snap_copy(s->fn, old);
    mx_ir_snap_values(s->fn, s->snaps[old], strip_map_value, s);
  }
  mx_ir_at(s->fn, ref)->snap = s->snaps[old];
}

// Let rounds use their own phis and go on with each other.
static void strip_close_rounds(Strip *s) {
  memset(s->snaps, 0, s->snap_count * sizeof *s->snaps);
  for (uint32_t i = 0; i < s->loop->count; i++) {
    if (s->loop->blocks[i] == s->loop->header) continue;
    IrRef ref = mx_ir_block_at(s->fn, s->loop->blocks[i])->first;
    for (; ref; ref = strip_at(s, ref)->next) strip_renew(s, ref);
  }
  IrRef phi = mx_ir_block_at(s->fn, s->loop->header)->first;
  for (; strip_at(s, phi)->op == IR_PHI; phi = strip_at(s, phi)->next) {
    strip_map_value(s, &mx_ir_list_refs(s->fn, strip_at(s, phi)->list)[s->back]);
    mx_ir_phi_push(s->fn, s->other[phi], strip_back(s, phi));
  }
  strip_close_latch(s, s->rounds, s->loop->header);
  vec_push(&mx_ir_block_at(s->fn, s->rounds)->preds, s->latch);
}

static void strip_loop(Strip *s) {
  if (s->top)
    strip_make_rounds(s);
  else
    strip_make_head(s);
  strip_make_checks(s);
  strip_bound(s);
  if (s->checks != SNAP_NONE) {
    strip_move_checks(s);
    strip_settle_phis(s);
  }
  if (s->top)
    strip_close_rounds(s);
  else
    strip_make_end(s);
  s->changes++;
}

// Is no other loop inside the loop?
static bool strip_is_innermost(const IrCfg *cfg, IrLoopId loop) {
  for (IrLoopId i = loop + 1; i < cfg->loop_count; i++)
    if (cfg->loops[i].parent == loop) return false;
  return true;
}

// Run the pass.
uint32_t mx_pass_strip(IrFn *fn) {
  if (fn->strip < 2) return 0;
  Strip s = {.fn = fn, .changes = mx_ir_cfg_preheaders(fn)};
  mx_ir_cfg_make(fn, &s.cfg);
  s.other = mx_arena_array(&s.cfg.arena, IrRef, fn->ins.count);
  s.snap_count = fn->snaps.count;
  s.snaps = mx_arena_array(&s.cfg.arena, SnapId, s.snap_count);
  for (IrLoopId i = 0; i < s.cfg.loop_count && !s.cfg.irreducible; i++) {
    s.loop = &s.cfg.loops[i];
    if (strip_is_innermost(&s.cfg, i) && strip_may(&s) && mx_ir_burn(fn)) strip_loop(&s);
  }
  mx_ir_cfg_free(&s.cfg);
  return s.changes;
}
