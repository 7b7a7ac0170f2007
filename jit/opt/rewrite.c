// SPDX-License-Identifier: MIT
// A pass's table of what it replaces.
#include "jit/opt/rewrite.h"

// An empty table.
void mx_rewrite_init(Rewrite *rw, IrFn *fn) { *rw = (Rewrite){.fn = fn}; }

// Let the table cover all refs that there are by now.
static void rewrite_cover(Rewrite *rw) {
  while (rw->by_ref.count < rw->fn->ins.count) vec_push(&rw->by_ref, IR_NONE);
}

// Note that `ref` is replaced, and kill it.
void mx_rewrite_set(Rewrite *rw, IrRef ref, IrRef by) {
  rewrite_cover(rw);
  by = mx_rewrite_get(rw, by);
  MX_ASSERT(by != ref, "%%%u would be replaced by itself", ref);
  rw->by_ref.at[ref] = by;
  rw->changes++;
  mx_ir_kill(rw->fn, ref);
}

// What stands for the ref by now.
IrRef mx_rewrite_get(const Rewrite *rw, IrRef ref) {
  while (ref < rw->by_ref.count && rw->by_ref.at[ref] != IR_NONE) ref = rw->by_ref.at[ref];
  return ref;
}

// Look an operand up.
static void rewrite_visit(void *ctx, IrRef *operand) { *operand = mx_rewrite_get(ctx, *operand); }

// Look up the operands of an instruction.
void mx_rewrite_operands(Rewrite *rw, IrRef ref) { mx_ir_operands(rw->fn, ref, rewrite_visit, rw); }

// The one value that a phi has besides itself; IR_NONE if there are more.
static IrRef rewrite_only(const Rewrite *rw, IrRef phi) {
  IrList list = mx_ir_at(rw->fn, phi)->list;
  IrRef only = IR_NONE;
  for (uint32_t i = 0; i < mx_ir_list_count(rw->fn, list); i++) {
    IrRef ref = mx_rewrite_get(rw, mx_ir_list_refs(rw->fn, list)[i]);
    if (ref == phi || ref == only) continue;
    if (only != IR_NONE) return IR_NONE;
    only = ref;
  }
  return only;
}

// Replace phis that have one value only.
void mx_rewrite_phis(Rewrite *rw) {
  for (bool again = true; again;) {
    again = false;
    for (IrBlockId id = 0; id < rw->fn->blocks.count; id++) {
      IrRef next, phi = rw->fn->blocks.at[id].first;
      for (; phi && mx_ir_at(rw->fn, phi)->op == IR_PHI; phi = next) {
        next = mx_ir_at(rw->fn, phi)->next;
        IrRef only = rewrite_only(rw, phi);
        if (only == IR_NONE || !mx_ir_burn(rw->fn)) continue;
        mx_rewrite_set(rw, phi, only);
        again = true;
      }
    }
  }
}

// Apply the table and free it.
uint32_t mx_rewrite_finish(Rewrite *rw) {
  rewrite_cover(rw);
  mx_ir_replace_all(rw->fn, rw->by_ref.at);
  vec_free(&rw->by_ref);
  return rw->changes;
}
