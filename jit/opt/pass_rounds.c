// SPDX-License-Identifier: MIT
// What a round of a loop makes is known in the next one: its shape, and what its fields hold.
//
//     %3 = phi (%1, %9)              %3 = phi (%1, %9)     %20 = phi (%17, %8)
//     %4 = guard.obj %3              %21 = phi (%18, %12)    the field's value
//     %5 = guard.shape %4, shape:7   ...
//     %6 = ivar.load %5, #16         %8 = new.object ...     %9 = as.val %8
//     %8 = new.object ...            with, in the preheader:
//     ivar.store %8, %12, #16          %17 = guard.shape (guard.obj %1), shape:7
//     %9 = as.val %8                   %18 = ivar.load %17, #16
//
// What enters the loop is guarded and loaded in front of it, where the interpreter takes over when
// it is another object. Then snapshots are all that looks at the phi, and escape analysis sinks the
// object (escape_phi.c).
// A phi qualifies if every back edge brings an allocation of one shape, if every round passes one
// of its shape guards, and if nothing in the loop may change the shape; a field, if nothing in the
// loop may write it but the one store to the allocation, which every such round passes.
// PRE: verified; loads forwarded. Irreducible graphs are left alone.
// POST: such guards and loads are gone. Phis may be left that nothing uses, for dce.
#include "runtime/value.h"
#include "jit/ir/ir_cfg.h"
#include "jit/opt/alias.h"
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"

enum { ROUNDS_FIELDS = 16 }; // of one object that are carried

typedef struct Rounds {
  IrFn *fn;
  IrCfg cfg;
  Rewrite rw;
  IrLoopId loop;                  // the one under inspection
  IrRef end;                      // the jump that ends its preheader
  IrRef phi;                      // the one under inspection
  uint32_t shape;                 // of what every round makes
  IrRef entered;                  // what enters the loop, guarded
  IrRef object;                   // phi of it and of the allocations
  uint32_t count;                 // fields that are carried
  uint32_t places[ROUNDS_FIELDS]; // their offsets
  IrRef values[ROUNDS_FIELDS];    // their phis
} Rounds;

static const IrBlock *rounds_header(const Rounds *r) {
  return mx_ir_block_at(r->fn, mx_ir_at(r->fn, r->phi)->block);
}

// What the phi gets from a predecessor of the header; from is that block.
static IrRef rounds_operand(const Rounds *r, uint32_t pred, IrBlockId *from) {
  *from = rounds_header(r)->preds.at[pred];
  return mx_ir_list_refs(r->fn, mx_ir_at(r->fn, r->phi)->list)[pred];
}

// Does the operand of a predecessor enter the loop?
static bool rounds_enters(const Rounds *r, IrBlockId from) {
  return from == r->cfg.loops[r->loop].preheader;
}

// Call visit for each instruction of the loop, as long as it gives true; whether all did.
static bool rounds_walk(Rounds *r, bool (*visit)(Rounds *r, IrRef ref, const Place *place),
                        const Place *place) {
  const IrLoop *loop = &r->cfg.loops[r->loop];
  for (uint32_t i = 0; i < loop->count; i++) {
    IrRef next, ref = r->fn->blocks.at[loop->blocks[i]].first;
    for (; ref; ref = next) {
      next = mx_ir_at(r->fn, ref)->next;
      if (!visit(r, ref, place)) return false;
    }
  }
  return true;
}

static bool rounds_leaves_alone(Rounds *r, IrRef ref, const Place *place) {
  return !mx_alias_writes(r->fn, mx_ir_at(r->fn, ref), place);
}

// The one store to a place of an allocation, IR_NONE if there is none. False: there are several, or
// a round may come back without it.
static bool rounds_store(const Rounds *r, const Place *place, IrBlockId from, IrRef *store) {
  *store = IR_NONE;
  for (IrRef ref = 1; ref < r->fn->ins.count; ref++) {
    const IrIns *ins = mx_ir_at(r->fn, ref);
    if (ins->block == IR_NO_BLOCK || mx_ir_info((IrOp)ins->op)->effect != IR_EFFECT_WRITE) continue;
    Place written = mx_alias_place(r->fn, ins);
    if (!mx_alias_same(&written, place)) continue;
    if (*store || !ir_cfg_dominates(&r->cfg, ins->block, from)) return false;
    *store = ref;
  }
  return true;
}

// The shape that an allocation has at the end of a round, 0 if that is not known.
static uint32_t rounds_shape(const Rounds *r, IrRef made, IrBlockId from) {
  Place place = {.memory = IR_MEMORY_FIELD, .base = made, .imm = IRF_SHAPE};
  IrRef store;
  if (mx_ir_at(r->fn, made)->op != IR_NEW_OBJECT || !rounds_store(r, &place, from, &store))
    return 0;
  return mx_ir_at(r->fn, store ? store : made)->imm;
}

// Do all back edges bring allocations of one shape, that nothing in the loop may change?
static bool rounds_makes(Rounds *r) {
  r->shape = 0;
  for (uint32_t i = 0; i < rounds_header(r)->preds.count; i++) {
    IrBlockId from;
    IrRef made = mx_alias_root(r->fn, rounds_operand(r, i, &from));
    if (rounds_enters(r, from)) continue;
    uint32_t shape = rounds_shape(r, made, from);
    if (shape == 0 || (r->shape && r->shape != shape)) return false;
    r->shape = shape;
  }
  Place place = {.memory = IR_MEMORY_FIELD, .base = r->phi, .imm = IRF_SHAPE};
  return r->shape && rounds_walk(r, rounds_leaves_alone, &place);
}

// Is the instruction a guard that the phi has the shape?
static bool rounds_is_guard(const Rounds *r, const IrIns *ins) {
  return ins->op == IR_GUARD_SHAPE && ins->imm == r->shape &&
         mx_alias_root(r->fn, ins->a[0]) == r->phi;
}

// Give false at a guard of the phi's shape that every round passes.
static bool rounds_is_not_guarded(Rounds *r, IrRef ref, const Place *place) {
  const IrIns *ins = mx_ir_at(r->fn, ref);
  MX_UNUSED(place);
  bool passed = rounds_is_guard(r, ins);
  for (uint32_t i = 0; passed && i < rounds_header(r)->preds.count; i++) {
    IrBlockId from = rounds_header(r)->preds.at[i];
    passed = rounds_enters(r, from) || ir_cfg_dominates(&r->cfg, ins->block, from);
  }
  return !passed;
}

// ---- changing

// Put an instruction in front of the loop.
static IrRef rounds_before(Rounds *r, IrIns ins) {
  return mx_ir_insert_before(r->fn, r->end, &ins);
}

// Guard what enters the loop, and make a phi of objects.
static void rounds_guard(Rounds *r) {
  SnapId snap = mx_ir_at(r->fn, r->end)->snap;
  IrRef object = mx_ir_emit(r->fn, mx_ir_at(r->fn, r->phi)->block,
                            &(IrIns){.op = IR_PHI, .type = IRT_OBJ, .snap = SNAP_NONE});
  for (uint32_t i = 0; i < rounds_header(r)->preds.count; i++) {
    IrBlockId from;
    IrRef operand = rounds_operand(r, i, &from);
    if (rounds_enters(r, from)) {
      if (mx_ir_at(r->fn, operand)->type == IRT_VAL)
        operand = rounds_before(r, (IrIns){.op = IR_GUARD_OBJ, .a = {operand}, .snap = snap});
      IrIns guard = {.op = IR_GUARD_SHAPE, .a = {operand}, .imm = r->shape, .snap = snap};
      operand = r->entered = rounds_before(r, guard);
    } else {
      operand = mx_alias_root(r->fn, operand);
    }
    mx_ir_phi_push(r->fn, object, operand);
  }
  r->object = object;
  r->count = 0;
}

// The value that a field of an allocation has at the end of a round: of the type, else IR_NONE.
static IrRef rounds_value(Rounds *r, const Place *field, IrBlockId from, IrType type) {
  IrRef store;
  if (!rounds_store(r, field, from, &store)) return IR_NONE;
  IrRef value = store ? mx_ir_at(r->fn, store)->a[1] : mx_ir_const(r->fn, IR_KVAL, VAL_NIL);
  value = mx_rewrite_get(&r->rw, value);
  return mx_ir_at(r->fn, value)->type == type ? value : IR_NONE;
}

// Can the field that an instruction loads be carried? values: what it is at the end of rounds.
static bool rounds_carries(Rounds *r, const IrIns *load, IrRef *values) {
  Place place = {.memory = IR_MEMORY_IVAR, .base = r->phi, .imm = load->imm};
  if (r->count == ROUNDS_FIELDS || !rounds_walk(r, rounds_leaves_alone, &place)) return false;
  for (uint32_t i = 0; i < rounds_header(r)->preds.count; i++) {
    IrBlockId from;
    place.base = mx_alias_root(r->fn, rounds_operand(r, i, &from));
    if (rounds_enters(r, from)) continue;
    values[i] = rounds_value(r, &place, from, (IrType)load->type);
    if (values[i] == IR_NONE) return false;
  }
  return mx_ir_burn(r->fn);
}

// The phi of a field; IR_NONE if it cannot be carried.
static IrRef rounds_field(Rounds *r, const IrIns *load) {
  for (uint32_t i = 0; i < r->count; i++)
    if (r->places[i] == load->imm && mx_ir_at(r->fn, r->values[i])->type == load->type)
      return r->values[i];
  uint32_t preds = rounds_header(r)->preds.count;
  IrRef *values = mx_arena_array(&r->cfg.arena, IrRef, preds);
  if (!rounds_carries(r, load, values)) return IR_NONE;
  IrIns phi = {.op = IR_PHI, .type = load->type, .snap = SNAP_NONE};
  IrIns first = {.op = load->op, .a = {r->entered}, .imm = load->imm, .snap = SNAP_NONE};
  IrRef field = mx_ir_emit(r->fn, mx_ir_at(r->fn, r->phi)->block, &phi);
  IrRef before = rounds_before(r, first);
  for (uint32_t i = 0; i < preds; i++)
    mx_ir_phi_push(r->fn, field,
                   rounds_enters(r, rounds_header(r)->preds.at[i]) ? before : values[i]);
  r->places[r->count] = load->imm;
  return r->values[r->count++] = field;
}

// Replace one instruction that looks at the object of the round before.
static bool rounds_replace(Rounds *r, IrRef ref, const Place *place) {
  MX_UNUSED(place);
  mx_rewrite_operands(&r->rw, ref);
  const IrIns ins = *mx_ir_at(r->fn, ref);
  bool loads = ins.op == IR_IVAR_LOAD || ins.op == IR_IVAR_LOAD_DOUBLE;
  if (rounds_is_guard(r, &ins) || (ins.op == IR_GUARD_OBJ && ins.a[0] == r->phi) ||
      (ins.op == IR_GUARD_SHAPE && ins.imm == r->shape && ins.a[0] == r->object)) {
    mx_rewrite_set(&r->rw, ref, r->object);
  } else if (loads && ins.a[0] == r->object) {
    IrRef field = rounds_field(r, &ins);
    if (field) mx_rewrite_set(&r->rw, ref, field);
  }
  return true;
}

// Try a phi of the loop's header.
static void rounds_try(Rounds *r, IrRef phi) {
  r->phi = phi;
  IrType type = (IrType)mx_ir_at(r->fn, phi)->type;
  if ((type != IRT_VAL && type != IRT_OBJ) || !rounds_makes(r)) return;
  if (rounds_walk(r, rounds_is_not_guarded, NULL) || !mx_ir_burn(r->fn)) return;
  rounds_guard(r);
  rounds_walk(r, rounds_replace, NULL);
}

// Try all phis of a loop that it is allowed to guard in front of.
static void rounds_loop(Rounds *r) {
  const IrLoop *loop = &r->cfg.loops[r->loop];
  if (loop->preheader == IR_NO_BLOCK) return;
  r->end = mx_ir_block_at(r->fn, loop->preheader)->last;
  if (mx_ir_at(r->fn, r->end)->snap == SNAP_NONE) return;
  IrRef next, last = r->fn->ins.count;
  for (IrRef phi = mx_ir_block_at(r->fn, loop->header)->first; phi; phi = next) {
    next = mx_ir_at(r->fn, phi)->next;
    if (mx_ir_at(r->fn, phi)->op == IR_PHI && phi < last) rounds_try(r, phi);
  }
}

// Run the pass.
uint32_t mx_pass_rounds(IrFn *fn) {
  Rounds r = {.fn = fn};
  mx_rewrite_init(&r.rw, fn);
  r.rw.changes = mx_ir_cfg_preheaders(fn);
  mx_ir_cfg_make(fn, &r.cfg);
  for (r.loop = 0; r.loop < r.cfg.loop_count && !r.cfg.irreducible; r.loop++) rounds_loop(&r);
  mx_ir_cfg_free(&r.cfg);
  return mx_rewrite_finish(&r.rw);
}
