// SPDX-License-Identifier: MIT
// Dead code: values that nothing uses, phis that have one value only.
//
// What counts is found from its roots: stores, calls, guards, ends of blocks, and from there along
// operands and snapshots; everything else goes, dead cycles of phis too. An overflow check whose
// sum nothing uses goes as well: the interpreter would have made a bignum and dropped it. A guard
// of types stays: what it guards against may be a program's own method.
// PRE: the snapshots of jumps have served (guards have been hoisted).
// POST: every value is used; no jump has a snapshot; no phi has one value only.
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"

typedef struct Dce {
  IrFn *fn;
  bool *live;      // by ref
  VEC(IrRef) work; // live, operands not yet visited
} Dce;

// Note that a ref is used.
static void dce_mark(void *ctx, IrRef *ref) {
  Dce *dce = ctx;
  if (dce->live[*ref] || mx_ir_is_const(mx_ir_at(dce->fn, *ref)->op)) return;
  dce->live[*ref] = true;
  vec_push(&dce->work, *ref);
}

// Does a runtime call nothing but compute?
static bool dce_is_idle_call(const IrFn *fn, const IrIns *ins) {
  return !(mx_ir_call_effects(fn, ins) & ~(uint32_t)(RTE_COLLECTS | RTE_BORROWS));
}

// Must the instruction stay even if nothing uses its value?
static bool dce_is_root(const IrFn *fn, const IrIns *ins) {
  switch ((IrEffect)mx_ir_info(ins->op)->effect) {
  case IR_EFFECT_PURE:
  case IR_EFFECT_PARTIAL:
  case IR_EFFECT_READ:
  case IR_EFFECT_ALLOC:
  case IR_EFFECT_PHI: return false;
  case IR_EFFECT_WRITE:
  case IR_EFFECT_FLOW: return true;
  case IR_EFFECT_CALL: return !dce_is_idle_call(fn, ins);
  case IR_EFFECT_GUARD: return ins->op != IR_ADD_OV && ins->op != IR_SUB_OV && ins->op != IR_MUL_OV;
  }
  MX_UNREACHABLE();
}

// Mark what an instruction uses, with its snapshot and the allocations of that one's objects.
static void dce_visit(Dce *dce, IrRef ref) {
  mx_ir_operands(dce->fn, ref, dce_mark, dce);
  SnapId id = mx_ir_at(dce->fn, ref)->snap;
  if (id == SNAP_NONE) return;
  mx_ir_snap_values(dce->fn, id, dce_mark, dce);
  const Snap *snap = &dce->fn->snaps.at[id];
  for (uint32_t i = 0; i < snap->objects; i++)
    dce_mark(dce, &dce->fn->snap_objects.at[snap->object + i].alloc);
}

// Find everything that is used.
static void dce_find(Dce *dce) {
  for (IrBlockId id = 0; id < dce->fn->blocks.count; id++) {
    for (IrRef ref = dce->fn->blocks.at[id].first; ref; ref = mx_ir_at(dce->fn, ref)->next) {
      IrRef root = ref;
      if (dce_is_root(dce->fn, mx_ir_at(dce->fn, ref))) dce_mark(dce, &root);
    }
  }
  while (dce->work.count) dce_visit(dce, vec_pop(&dce->work));
}

// Kill what is not.
static uint32_t dce_sweep(Dce *dce) {
  uint32_t killed = 0;
  for (IrBlockId id = 0; id < dce->fn->blocks.count; id++) {
    IrRef prev;
    for (IrRef ref = dce->fn->blocks.at[id].last; ref; ref = prev) {
      prev = mx_ir_at(dce->fn, ref)->prev;
      if (dce->live[ref]) continue;
      mx_ir_kill(dce->fn, ref);
      killed++;
    }
  }
  return killed;
}

// Take the snapshots of jumps away, so that they keep nothing alive.
static void dce_drop_snapshots(IrFn *fn) {
  for (IrBlockId id = 0; id < fn->blocks.count; id++) {
    IrRef last = fn->blocks.at[id].last;
    if (last && mx_ir_at(fn, last)->op == IR_JUMP) mx_ir_at(fn, last)->snap = SNAP_NONE;
  }
}

// Run the pass. Dead code is one change: half of a dead cycle cannot go alone.
uint32_t mx_pass_dce(IrFn *fn) {
  Rewrite rw;
  mx_rewrite_init(&rw, fn);
  mx_rewrite_phis(&rw);
  uint32_t changes = mx_rewrite_finish(&rw);
  dce_drop_snapshots(fn);
  if (!mx_ir_burn(fn)) return changes;
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  Dce dce = {.fn = fn, .live = mx_arena_array(&arena, bool, fn->ins.count)};
  dce_find(&dce);
  changes += dce_sweep(&dce);
  vec_free(&dce.work);
  mx_arena_free(&arena);
  return changes;
}
