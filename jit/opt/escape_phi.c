// SPDX-License-Identifier: MIT
// Candidates that meet in a phi: what goes round a loop, and what two ways have made.
//
//     b1: %3:val = phi (%1, %9)          a local of a while loop: at first whatever it was (%1),
//         ... only snapshots use %3      then the object that the round before has made (%9)
//
// Such a phi is a candidate as well if all allocations that it may be are alike. Each of its slots
// is a phi of what the allocations have in theirs. What else it may be has been made already (it is
// real): then the phi itself stays, with VAL_EXC for what is not made, and the exit looks at it. A
// phi of that kind may be in snapshots, and nothing else.
// The phi and an allocation are one object of two names. So candidates of one net must not be in
// one snapshot unless the phi is older than the allocation, and nothing is stored to what a phi may
// be.
#include "runtime/value.h"
#include "jit/opt/escape.h"

#include <string.h>

// ---- finding

// What a phi gets from a predecessor.
static IrRef phi_operand(const Escape *e, IrRef phi, uint32_t pred) {
  return mx_ir_list_refs(e->rw.fn, mx_ir_at(e->rw.fn, phi)->list)[pred];
}

static uint32_t phi_operands(const Escape *e, IrRef phi) {
  return mx_ir_list_count(e->rw.fn, mx_ir_at(e->rw.fn, phi)->list);
}

// Do two allocations make objects of one kind and size, with what they have in common alike?
static bool phi_alike(const IrFn *fn, IrRef one, IrRef other) {
  const IrIns *a = mx_ir_at(fn, one), *b = mx_ir_at(fn, other);
  return a->op == b->op && a->imm == b->imm && a->imm2 == b->imm2 &&
         mx_ir_list_count(fn, a->list) == mx_ir_list_count(fn, b->list);
}

// Let two nets be one.
static void phi_join(Escape *e, uint32_t one, uint32_t other) {
  for (uint32_t i = 0; i < e->count; i++)
    if (e->all[i].net == other) e->all[i].net = one;
}

// Enter a phi as a candidate if one meets in it.
static bool phi_enter(Escape *e, IrRef ref) {
  if (e->by_ref[ref] != ESCAPE_NONE || e->count == ESCAPE_MOST) return false;
  IrType type = mx_ir_at(e->rw.fn, ref)->type;
  if (type != IRT_VAL && type != IRT_OBJ) return false;
  for (uint32_t i = 0; i < phi_operands(e, ref); i++) {
    const Candidate *met = mx_escape_of(e, phi_operand(e, ref, i));
    if (!met || e->width + met->slots > ESCAPE_WIDTH) continue;
    Candidate *c = &e->all[e->count];
    *c = (Candidate){.alloc = met->alloc, .phi = ref, .first = e->width, .slots = met->slots};
    c->types = mx_arena_array(&e->cfg.arena, uint8_t, c->slots + 1);
    c->shape = mx_ir_at(e->rw.fn, c->alloc)->imm;
    c->net = e->count;
    e->by_ref[ref] = e->count++;
    e->width += c->slots;
    return true;
  }
  return false;
}

// Enter what stands for a candidate: casts, and phis.
static bool phi_enter_one(Escape *e, IrRef ref) {
  const IrIns *ins = mx_ir_at(e->rw.fn, ref);
  if (ins->op == IR_PHI) return phi_enter(e, ref);
  bool cast = ins->op == IR_AS_VAL || ins->op == IR_GUARD_SHAPE || ins->op == IR_GUARD_OBJ;
  if (!cast || e->by_ref[ref] == e->by_ref[ins->a[0]]) return false;
  e->by_ref[ref] = e->by_ref[ins->a[0]];
  return true;
}

void mx_escape_find_phis(Escape *e) {
  IrFn *fn = e->rw.fn;
  for (bool again = true; again;) {
    again = false;
    for (uint32_t i = 0; i < e->cfg.count; i++)
      for (IrRef ref = fn->blocks.at[e->cfg.order[i]].first; ref; ref = mx_ir_at(fn, ref)->next)
        again |= phi_enter_one(e, ref);
  }
  for (uint32_t i = 0; i < e->count; i++) {
    const Candidate *c = &e->all[i];
    for (uint32_t j = 0; c->phi && j < phi_operands(e, c->phi); j++) {
      const Candidate *met = mx_escape_of(e, phi_operand(e, c->phi, j));
      if (met) phi_join(e, c->net, met->net);
    }
  }
}

// ---- before a walk

// Look at what a phi may be: an allocation, what is real. True: that has changed.
static bool phi_sort(Escape *e, Candidate *c, bool *made) {
  bool real = c->real, is_made = *made;
  for (uint32_t i = 0; i < phi_operands(e, c->phi); i++) {
    const Candidate *met = mx_escape_of(e, phi_operand(e, c->phi, i));
    c->real |= !met || met->real;
    if (!met || *made || (met->phi && !e->made[met - e->all])) continue;
    c->alloc = met->alloc;
    *made = true;
  }
  return c->real != real || *made != is_made;
}

void mx_escape_sort_phis(Escape *e) {
  memset(e->made, 0, sizeof e->made);
  for (bool again = true; again;) {
    again = false;
    for (uint32_t i = 0; i < e->count; i++)
      if (e->all[i].phi && !e->all[i].bad) again |= phi_sort(e, &e->all[i], &e->made[i]);
  }
  for (uint32_t i = 0; i < e->count; i++) {
    Candidate *c = &e->all[i];
    bool fits = e->made[i];
    for (uint32_t j = 0; c->phi && fits && j < phi_operands(e, c->phi); j++) {
      const Candidate *met = mx_escape_of(e, phi_operand(e, c->phi, j));
      fits = !met || phi_alike(e->rw.fn, c->alloc, met->alloc);
    }
    if (c->phi && !fits) mx_escape_drop(e, c);
  }
}

// ---- slots

// Is this slot the shape of an object?
static bool phi_is_shape(const Escape *e, const Candidate *c, uint32_t slot) {
  return slot == 0 && mx_ir_at(e->rw.fn, c->alloc)->op == IR_NEW_OBJECT;
}

// The value of a phi's slot that comes from a predecessor, IR_NONE if what comes there is real.
static IrRef phi_incoming(Escape *e, const Candidate *c, uint32_t slot, uint32_t pred) {
  const Candidate *met = mx_escape_of(e, phi_operand(e, c->phi, pred));
  if (!met) return IR_NONE;
  IrBlockId block = mx_ir_at(e->rw.fn, c->phi)->block;
  IrBlockId from = mx_ir_block_at(e->rw.fn, block)->preds.at[pred];
  return mx_rewrite_get(&e->rw, e->ends[from][met->first + slot]);
}

// In the dry walk: a value that stands for a phi's slot, of its type, or its shape, as far as that
// is known: what comes from above.
static IrRef phi_stand_in(Escape *e, const Candidate *c, uint32_t slot) {
  IrBlockId block = mx_ir_at(e->rw.fn, c->phi)->block;
  for (uint32_t i = 0; i < phi_operands(e, c->phi); i++) {
    IrBlockId from = mx_ir_block_at(e->rw.fn, block)->preds.at[i];
    if (e->cfg.number[from] >= e->cfg.number[block]) continue;
    IrRef value = phi_incoming(e, c, slot, i);
    if (value != IR_NONE) return value;
  }
  bool shape = phi_is_shape(e, c, slot);
  return mx_ir_const(e->rw.fn, shape ? IR_KWORD : IR_KVAL, shape ? c->shape : VAL_NIL);
}

void mx_escape_start_phi(Escape *e, const Candidate *c) {
  IrFn *fn = e->rw.fn;
  for (uint32_t slot = 0; slot < c->slots; slot++) {
    IrRef *now = &e->now[c->first + slot];
    if (phi_is_shape(e, c, slot) && c->types[slot] != IRT_VOID) {
      *now = mx_ir_const(fn, IR_KWORD, c->shape);
    } else if (!e->wet) {
      *now = phi_stand_in(e, c, slot);
    } else {
      IrIns phi = {.op = IR_PHI, .type = c->types[slot], .snap = SNAP_NONE};
      *now = mx_ir_emit(fn, mx_ir_at(fn, c->phi)->block, &phi);
      SlotPhi made = {*now, (uint32_t)(c - e->all), slot};
      vec_push(&e->slot_phis, made);
    }
  }
}

// ---- behind a dry walk

// A slot's type, or its shape, has become known; if it was another one, the phi falls out.
static void phi_learn(Escape *e, Candidate *c, uint32_t slot, IrType type, uint32_t shape) {
  bool is_shape = phi_is_shape(e, c, slot);
  if (c->types[slot] == type && (!is_shape || c->shape == shape)) return;
  if (c->types[slot] != IRT_VOID) mx_escape_drop(e, c);
  c->types[slot] = (uint8_t)type;
  if (is_shape) c->shape = shape;
  e->fell = true;
}

// Check what comes into a slot from a predecessor.
static void phi_check(Escape *e, Candidate *c, uint32_t slot, uint32_t pred) {
  const Candidate *met = mx_escape_of(e, phi_operand(e, c->phi, pred));
  IrRef value = phi_incoming(e, c, slot, pred);
  if (value == IR_NONE || (met->phi && met->types[slot] == IRT_VOID)) return;
  mx_escape_drop(e, mx_escape_of(e, value)); // what is held would be in two objects
  IrType type = met->phi ? (IrType)met->types[slot] : (IrType)mx_ir_at(e->rw.fn, value)->type;
  bool is_shape = phi_is_shape(e, c, slot);
  phi_learn(e, c, slot, type, is_shape ? (uint32_t)mx_ir_word(e->rw.fn, value) : 0);
}

void mx_escape_check_phis(Escape *e) {
  for (uint32_t i = 0; i < e->count; i++) {
    Candidate *c = &e->all[i];
    for (uint32_t j = 0; c->phi && !c->bad && j < phi_operands(e, c->phi); j++)
      for (uint32_t slot = 0; slot < c->slots && !c->bad; slot++) phi_check(e, c, slot, j);
  }
}

// The block in which a candidate comes to be.
static IrBlockId phi_block(const Escape *e, const Candidate *c) {
  return mx_ir_at(e->rw.fn, mx_escape_born(c))->block;
}

// A store after which a phi may be the object that was stored to is too late for the phi's slots.
// One in front of the phi's block comes round to it only by way of a new allocation: a loop that
// stores contains the allocation.
void mx_escape_check_store(Escape *e, const Candidate *c, IrBlockId at) {
  for (uint32_t i = 0; i < e->count; i++) {
    Candidate *phi = &e->all[i];
    if (!phi->phi || phi->net != c->net) continue;
    bool older = phi_block(e, phi) == phi_block(e, c) ||
                 !ir_cfg_dominates(&e->cfg, phi_block(e, c), phi_block(e, phi));
    if (c->phi || (!older && e->cfg.number[at] >= e->cfg.number[phi_block(e, phi)]))
      mx_escape_drop(e, phi);
  }
}

void mx_escape_check_together(Escape *e, const bool in[ESCAPE_MOST]) {
  for (uint32_t i = 0; i < e->count; i++) {
    Candidate *phi = &e->all[i];
    for (uint32_t j = 0; in[i] && phi->phi && j < e->count; j++) {
      const Candidate *other = &e->all[j];
      if (i == j || !in[j] || other->net != phi->net) continue;
      if (other->phi || !ir_cfg_dominates(&e->cfg, phi_block(e, phi), phi_block(e, other)))
        mx_escape_drop(e, phi);
    }
  }
}

// ---- behind the wet walk

// What is left of a phi's operand: what is real, or VAL_EXC.
static IrRef phi_real_operand(Escape *e, const Candidate *c, uint32_t pred) {
  IrFn *fn = e->rw.fn;
  IrRef operand = phi_operand(e, c->phi, pred);
  const Candidate *met = mx_escape_of(e, operand);
  if (met) return met->phi && met->real ? met->phi : mx_ir_const(fn, IR_KVAL, VAL_EXC);
  operand = mx_rewrite_get(&e->rw, operand);
  if (mx_ir_at(fn, operand)->type == IRT_VAL) return operand;
  IrBlockId from = mx_ir_block_at(fn, mx_ir_at(fn, c->phi)->block)->preds.at[pred];
  return mx_ir_emit(fn, from, &(IrIns){.op = IR_AS_VAL, .a = {operand}, .snap = SNAP_NONE});
}

// The constant that comes into a slot wherever what comes is not real, IR_NONE if there is none.
static IrRef phi_constant(Escape *e, const SlotPhi *made) {
  const Candidate *c = &e->all[made->of];
  IrRef constant = IR_NONE;
  for (uint32_t i = 0; i < phi_operands(e, c->phi); i++) {
    IrRef value = phi_incoming(e, c, made->slot, i);
    if (value == IR_NONE || value == made->phi || value == constant) continue;
    if (constant || !mx_ir_is_const((IrOp)mx_ir_at(e->rw.fn, value)->op)) return IR_NONE;
    constant = value;
  }
  return constant;
}

// Give a phi of a slot its operands; where what comes is real nothing looks at it.
static void phi_close_slot(Escape *e, const SlotPhi *made) {
  IrFn *fn = e->rw.fn;
  const Candidate *c = &e->all[made->of];
  IrRef constant = phi_constant(e, made);
  if (constant) mx_rewrite_set(&e->rw, made->phi, constant);
  for (uint32_t i = 0; !constant && i < phi_operands(e, c->phi); i++) {
    IrRef value = phi_incoming(e, c, made->slot, i);
    if (value == IR_NONE) {
      IrBlockId from = mx_ir_block_at(fn, mx_ir_at(fn, c->phi)->block)->preds.at[i];
      IrIns nothing = {.op = IR_UNDEF, .type = c->types[made->slot], .snap = SNAP_NONE};
      value = mx_ir_emit(fn, from, &nothing);
    }
    mx_ir_phi_push(fn, made->phi, value);
  }
}

void mx_escape_close_phis(Escape *e) {
  IrFn *fn = e->rw.fn;
  for (uint32_t i = 0; i < e->slot_phis.count; i++) phi_close_slot(e, &e->slot_phis.at[i]);
  vec_free(&e->slot_phis);
  for (uint32_t i = 0; i < e->count; i++) {
    const Candidate *c = &e->all[i];
    if (!c->phi || c->bad) continue;
    for (uint32_t j = 0; c->real && j < phi_operands(e, c->phi); j++) {
      IrRef operand = phi_real_operand(e, c, j);
      mx_ir_list_refs(fn, mx_ir_at(fn, c->phi)->list)[j] = operand;
    }
    if (c->real)
      mx_ir_at(fn, c->phi)->type = IRT_VAL;
    else
      mx_ir_kill(fn, c->phi);
  }
}
