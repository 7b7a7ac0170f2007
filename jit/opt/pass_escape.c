// SPDX-License-Identifier: MIT
// Objects that only this code and its snapshots see are not made: their slots become values, and an
// exit whose snapshot has them makes them then.
//
// A candidate is an allocation whose every use is an access to its own slots, a snapshot, a slot of
// another candidate, or a shape guard that its shape decides. Its slots are followed through the
// blocks that it dominates: where ways meet with different values, a phi is made. The walk is done
// twice. The dry one finds candidates that do not work out (a load of another type than was stored,
// a shape that is not known), until no more fall out; the wet one changes the function. Phis in
// which candidates meet are candidates, too (escape_phi.c).
// Not followed: stores in a loop that does not contain the allocation.
// PRE: verified; loads forwarded. Irreducible graphs are left alone.
// POST: candidates have the flag SUNK and no use but snapshots' objects, or are gone.
#include "runtime/value.h"
#include "jit/opt/escape.h"
#include "jit/opt/pipeline.h"

// ---- candidates

// The candidate that a ref stands for, if it still is one.
Candidate *mx_escape_of(Escape *e, IrRef ref) {
  if (ref >= e->refs || e->by_ref[ref] == ESCAPE_NONE) return NULL;
  Candidate *c = &e->all[e->by_ref[ref]];
  return c->bad ? NULL : c;
}

// A candidate escapes.
void mx_escape_drop(Escape *e, Candidate *c) {
  if (!c || c->bad) return;
  MX_ASSERT(!e->wet, "%%%u escapes after all", c->alloc);
  c->bad = e->fell = true;
}

// Note an operand that nothing may be done with.
void mx_escape_use(void *ctx, IrRef *operand) { mx_escape_drop(ctx, mx_escape_of(ctx, *operand)); }

// How many slots an allocation has; ESCAPE_NONE: it is no candidate.
static uint32_t escape_slots(const IrFn *fn, const IrIns *ins) {
  if (mx_ir_info(ins->op)->effect != IR_EFFECT_ALLOC || ins->flags & IRI_SUNK) return ESCAPE_NONE;
  if (ins->op == IR_BOX_DOUBLE || ins->op == IR_NEW_STRING) return ESCAPE_NONE;
  uint32_t slots = ins->op == IR_NEW_OBJECT
                       ? ins->imm2 / 8
                       : mx_ir_info(ins->op)->refs + mx_ir_list_count(fn, ins->list);
  return slots <= ESCAPE_SLOTS ? slots : ESCAPE_NONE;
}

// Enter an allocation as a candidate.
static void escape_enter(Escape *e, IrRef ref) {
  IrFn *fn = e->rw.fn;
  const IrIns *ins = mx_ir_at(fn, ref);
  uint32_t slots = escape_slots(fn, ins);
  if (slots == ESCAPE_NONE || e->count == ESCAPE_MOST || e->width + slots > ESCAPE_WIDTH) return;
  e->all[e->count] = (Candidate){.alloc = ref, .first = e->width, .slots = slots, .net = e->count};
  e->by_ref[ref] = e->count++;
  e->width += slots;
}

// ---- slots

// The slot that an instruction accesses, or ESCAPE_NONE.
static uint32_t escape_slot(const IrFn *fn, const Candidate *c, const IrIns *ins) {
  IrOp made = mx_ir_at(fn, c->alloc)->op;
  uint32_t slot = ESCAPE_NONE;
  switch ((int)ins->op) {
  case IR_IVAR_LOAD:
  case IR_IVAR_LOAD_DOUBLE:
  case IR_IVAR_STORE:
  case IR_IVAR_STORE_DOUBLE:
    if (made == IR_NEW_OBJECT && ins->imm >= 8 && ins->imm % 8 == 0) slot = ins->imm / 8;
    break;
  case IR_UPVAL_LOAD:
  case IR_UPVAL_STORE:
    if (made == IR_NEW_ENV) slot = 1 + ins->imm;
    break;
  case IR_SHAPE_STORE:
  case IR_GUARD_SHAPE:
    if (made == IR_NEW_OBJECT) slot = 0;
    break;
  case IR_FIELD_LOAD:
    if (made == IR_NEW_OBJECT && ins->imm == IRF_SHAPE) slot = 0;
    if (made == IR_NEW_ENV && ins->imm == IRF_ENV_PARENT) slot = 0;
    if (made == IR_NEW_PROC && ins->imm == IRF_PROC_ENV) slot = 0;
    if (made == IR_NEW_PROC && ins->imm == IRF_PROC_SELF) slot = 1;
    if (made == IR_NEW_RANGE && ins->imm == IRF_RANGE_FIRST) slot = 0;
    if (made == IR_NEW_RANGE && ins->imm == IRF_RANGE_LAST) slot = 1;
    break;
  default: break;
  }
  return slot < c->slots ? slot : ESCAPE_NONE;
}

// Put a value into a slot. Another candidate in it is held, and escapes with its holder.
static void escape_put(Escape *e, Candidate *c, uint32_t slot, IrRef value) {
  Candidate *held = mx_escape_of(e, value);
  if (held) e->holds[c - e->all][held - e->all] = true;
  e->now[c->first + slot] = value;
}

// Let an operand of a sunk allocation be nothing: snapshots' objects have the values.
static void escape_clear(void *ctx, IrRef *operand) {
  IrFn *fn = ctx;
  bool address = mx_ir_at(fn, *operand)->type == IRT_PTR;
  *operand = address ? mx_ir_const(fn, IR_KPTR, 0) : mx_ir_const(fn, IR_KVAL, VAL_NIL);
}

// Mark an allocation as sunk. The constants for its operands are made first: making one moves the
// instructions, and with them the operands that are visited.
static void escape_sink(Escape *e, IrRef alloc) {
  mx_ir_const(e->rw.fn, IR_KPTR, 0);
  mx_ir_const(e->rw.fn, IR_KVAL, VAL_NIL);
  mx_ir_operands(e->rw.fn, alloc, escape_clear, e->rw.fn);
  mx_ir_at(e->rw.fn, alloc)->flags |= IRI_SUNK;
}

// Give the slots of a new object their first values.
static void escape_alloc(Escape *e, Candidate *c) {
  IrFn *fn = e->rw.fn;
  IrIns ins = *mx_ir_at(fn, c->alloc);
  if (ins.op == IR_NEW_OBJECT) {
    escape_put(e, c, 0, mx_ir_const(fn, IR_KWORD, ins.imm));
    for (uint32_t i = 1; i < c->slots; i++) escape_put(e, c, i, mx_ir_const(fn, IR_KVAL, VAL_NIL));
    return;
  }
  uint32_t fixed = mx_ir_info(ins.op)->refs;
  for (uint32_t i = 0; i < c->slots; i++)
    escape_put(e, c, i, i < fixed ? ins.a[i] : mx_ir_list_refs(fn, ins.list)[i - fixed]);
}

// ---- joins

// The value of a slot at the start of a block where ways meet; in the wet walk a phi is made when
// they differ. What comes around a loop is what entered it: the loop has no store to the object.
static IrRef escape_meet(Escape *e, IrBlockId id, uint32_t slot) {
  IrFn *fn = e->rw.fn;
  const IrBlock *block = mx_ir_block_at(fn, id);
  IrRef value = IR_NONE;
  bool differ = false;
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (e->cfg.number[pred] >= e->cfg.number[id]) continue;
    IrRef other = mx_rewrite_get(&e->rw, e->ends[pred][slot]);
    differ |= value != IR_NONE && other != value;
    if (value == IR_NONE) value = other;
  }
  if (!differ || !e->wet) return value;
  IrRef phi = mx_ir_emit(
      fn, id, &(IrIns){.op = IR_PHI, .type = mx_ir_at(fn, value)->type, .snap = SNAP_NONE});
  for (uint32_t i = 0; i < fn->blocks.at[id].preds.count; i++) {
    IrBlockId pred = fn->blocks.at[id].preds.at[i];
    bool back = e->cfg.number[pred] >= e->cfg.number[id];
    mx_ir_phi_push(fn, phi, back ? phi : mx_rewrite_get(&e->rw, e->ends[pred][slot]));
  }
  return phi;
}

// In the dry walk: can the values of a slot meet in a phi? They must be of one type, no candidates,
// and no shapes.
static void escape_check_meet(Escape *e, Candidate *c, IrBlockId id, uint32_t slot, IrRef value) {
  const IrFn *fn = e->rw.fn;
  const IrBlock *block = mx_ir_block_at(fn, id);
  bool shape = slot == 0 && mx_ir_at(fn, c->alloc)->op == IR_NEW_OBJECT;
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (e->cfg.number[pred] >= e->cfg.number[id]) continue;
    IrRef other = e->ends[pred][c->first + slot];
    if (other == value) continue;
    if (shape || mx_ir_at(fn, other)->type != mx_ir_at(fn, value)->type) mx_escape_drop(e, c);
    mx_escape_drop(e, mx_escape_of(e, other));
    mx_escape_drop(e, mx_escape_of(e, value));
  }
}

// Set up the slots at the start of a block, for the candidates made in blocks above it.
static void escape_start(Escape *e, IrBlockId id) {
  e->now = mx_arena_array(&e->cfg.arena, IrRef, e->width + 1);
  for (uint32_t i = 0; i < e->count; i++) {
    Candidate *c = &e->all[i];
    IrBlockId made = mx_ir_at(e->rw.fn, mx_escape_born(c))->block;
    if (!c->bad && made == id && c->phi) mx_escape_start_phi(e, c);
    if (c->bad || made == id || !ir_cfg_dominates(&e->cfg, made, id)) continue;
    for (uint32_t slot = 0; slot < c->slots; slot++) {
      IrRef value = escape_meet(e, id, c->first + slot);
      e->now[c->first + slot] = value;
      if (!e->wet) escape_check_meet(e, c, id, slot, value);
    }
  }
  e->ends[id] = e->now;
}

// ---- instructions

// Follow an access to a candidate's slot: what it stores or gives.
static void escape_access(Escape *e, Candidate *c, IrRef ref) {
  IrFn *fn = e->rw.fn;
  IrIns ins = *mx_ir_at(fn, ref);
  uint32_t slot = escape_slot(fn, c, &ins);
  if (slot == ESCAPE_NONE || c->real) {
    mx_ir_operands(fn, ref, mx_escape_use, e);
    return;
  }
  if (mx_ir_info(ins.op)->effect == IR_EFFECT_WRITE) {
    if (!e->wet) mx_escape_check_store(e, c, ins.block);
    bool shape = ins.op == IR_SHAPE_STORE;
    escape_put(e, c, slot, shape ? mx_ir_const(fn, IR_KWORD, ins.imm) : ins.a[1]);
    if (e->wet) mx_ir_kill(fn, ref);
    return;
  }
  IrRef value = mx_rewrite_get(&e->rw, e->now[c->first + slot]);
  if (ins.op == IR_GUARD_SHAPE) {
    if (value != mx_ir_const(fn, IR_KWORD, ins.imm)) mx_escape_drop(e, c);
    value = ins.a[0];
  } else {
    if (mx_ir_at(fn, value)->type != ins.type) mx_escape_drop(e, c);
    mx_escape_drop(e, mx_escape_of(e, value)); // the held object would have uses of its own
  }
  if (e->wet) mx_rewrite_set(&e->rw, ref, value);
}

// Follow one instruction.
static void escape_one(Escape *e, IrRef ref) {
  if (e->wet) mx_rewrite_operands(&e->rw, ref);
  const IrIns ins = *mx_ir_at(e->rw.fn, ref); // snapshots and slots make constants
  Candidate *self = mx_escape_of(e, ref);
  Candidate *base = mx_ir_info(ins.op)->refs ? mx_escape_of(e, ins.a[0]) : NULL;
  bool decided = base && (ins.op == IR_GUARD_SHAPE || ins.op == IR_GUARD_OBJ);
  if (ins.snap != SNAP_NONE && !decided) mx_escape_snap(e, ref);
  IrEffect effect = mx_ir_info(ins.op)->effect;
  bool access = effect == IR_EFFECT_READ || effect == IR_EFFECT_WRITE || ins.op == IR_GUARD_SHAPE;
  if (self && self->phi == ref) return;
  if (self && self->alloc == ref) {
    escape_alloc(e, self);
    if (e->wet) escape_sink(e, ref);
  } else if (base && (ins.op == IR_AS_VAL || (ins.op == IR_GUARD_OBJ && !base->real))) {
    if (e->wet) mx_ir_kill(e->rw.fn, ref);
  } else if (base && access)
    escape_access(e, base, ref);
  else
    mx_ir_operands(e->rw.fn, ref, mx_escape_use, e);
}

// Walk all blocks.
static void escape_walk(Escape *e) {
  for (uint32_t i = 0; i < e->cfg.count; i++) {
    IrBlockId id = e->cfg.order[i];
    IrRef next;
    escape_start(e, id);
    for (IrRef ref = e->rw.fn->blocks.at[id].first; ref; ref = next) {
      next = mx_ir_at(e->rw.fn, ref)->next;
      escape_one(e, ref);
    }
  }
}

// ---- what falls out beforehand, and between walks

// Drop candidates that a loop stores to which does not contain their allocation.
static void escape_check_loops(Escape *e, IrRef ref) {
  IrFn *fn = e->rw.fn;
  const IrIns *ins = mx_ir_at(fn, ref);
  if (mx_ir_info(ins->op)->effect != IR_EFFECT_WRITE || !mx_ir_info(ins->op)->refs) return;
  Candidate *c = mx_escape_of(e, ins->a[0]);
  if (!c) return;
  IrBlockId made = mx_ir_at(fn, mx_escape_born(c))->block;
  for (IrLoopId loop = e->cfg.loop_of[ins->block]; loop != IR_NO_LOOP;
       loop = e->cfg.loops[loop].parent)
    if (!mx_ir_cfg_in_loop(&e->cfg, loop, made)) mx_escape_drop(e, c);
}

// Drop what bad candidates hold. Of the others, find those from which one comes to a circle of
// candidates that hold each other: they are what is left when all are taken away that hold none
// that is left.
static void escape_check_holders(Escape *e) {
  for (uint32_t i = 0; i < e->count; i++) {
    e->all[i].circular = !e->all[i].bad;
    for (uint32_t j = 0; j < e->count && e->all[i].bad; j++)
      if (e->holds[i][j]) mx_escape_drop(e, &e->all[j]);
  }
  for (bool again = true; again;) {
    again = false;
    for (uint32_t i = 0; i < e->count; i++) {
      if (!e->all[i].circular) continue;
      bool left = false;
      for (uint32_t j = 0; j < e->count; j++) left |= e->holds[i][j] && e->all[j].circular;
      if (!left) e->all[i].circular = !(again = true);
    }
  }
}

// Let fuel decide how many candidates go.
static uint32_t escape_burn(Escape *e) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < e->count; i++) {
    if (e->all[i].bad) continue;
    if (mx_ir_burn(e->rw.fn))
      kept++;
    else
      mx_escape_drop(e, &e->all[i]);
  }
  return kept;
}

// Find the candidates.
static void escape_find(Escape *e) {
  IrFn *fn = e->rw.fn;
  for (uint32_t i = 0; i < e->cfg.count; i++) {
    IrRef ref = fn->blocks.at[e->cfg.order[i]].first;
    for (; ref; ref = mx_ir_at(fn, ref)->next) escape_enter(e, ref);
  }
  mx_escape_find_phis(e);
  for (uint32_t i = 0; i < e->cfg.count; i++) {
    IrRef ref = fn->blocks.at[e->cfg.order[i]].first;
    for (; ref; ref = mx_ir_at(fn, ref)->next) escape_check_loops(e, ref);
  }
}

// Walk dry until no candidate falls out.
static void escape_settle(Escape *e) {
  do {
    e->fell = false;
    mx_escape_sort_phis(e);
    escape_walk(e);
    mx_escape_check_phis(e);
    escape_check_holders(e);
  } while (e->fell);
}

// Run the pass.
uint32_t mx_pass_escape(IrFn *fn) {
  Escape e = {.refs = fn->ins.count};
  mx_rewrite_init(&e.rw, fn);
  mx_ir_cfg_make(fn, &e.cfg);
  e.by_ref = mx_arena_array(&e.cfg.arena, uint32_t, e.refs);
  for (IrRef ref = 0; ref < e.refs; ref++) e.by_ref[ref] = ESCAPE_NONE;
  e.holds = mx_arena_alloc(&e.cfg.arena, sizeof(bool[ESCAPE_MOST][ESCAPE_MOST]));
  e.ends = mx_arena_array(&e.cfg.arena, IrRef *, fn->blocks.count);
  if (!e.cfg.irreducible) escape_find(&e);
  if (e.count) escape_settle(&e);
  uint32_t kept = escape_burn(&e);
  if (e.fell && kept) escape_settle(&e);
  e.wet = true;
  if (kept) escape_walk(&e);
  if (kept) mx_escape_close_phis(&e);
  mx_ir_cfg_free(&e.cfg);
  e.rw.changes += kept;
  return mx_rewrite_finish(&e.rw);
}
