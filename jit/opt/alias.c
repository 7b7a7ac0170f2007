// SPDX-License-Identifier: MIT
// Which memory an instruction reads or writes, and whether two places may be one.
#include "jit/opt/alias.h"

// The value that an object's guards and casts are of: all of them give their operand's address.
IrRef mx_alias_root(const IrFn *fn, IrRef ref) {
  for (;;) {
    const IrIns *ins = mx_ir_at(fn, ref);
    switch ((int)ins->op) {
    case IR_AS_OBJ:
    case IR_AS_VAL:
    case IR_GUARD_OBJ:
    case IR_GUARD_SHAPE: ref = ins->a[0]; break;
    case IR_GUARD_SAME: ref = ins->a[1]; break;
    default: return ref;
    }
  }
}

// The place of a READ or WRITE, and of GUARD_SHAPE.
Place mx_alias_place(const IrFn *fn, const IrIns *ins) {
  const IrInfo *info = mx_ir_info(ins->op);
  Place place = {.memory = info->memory, .imm = ins->imm};
  bool fits = info->effect == IR_EFFECT_READ || info->effect == IR_EFFECT_WRITE ||
              ins->op == IR_GUARD_SHAPE;
  if (!fits) return (Place){.memory = IR_MEMORY_NONE};
  bool home = ins->op == IR_HOME_LOAD || ins->op == IR_HOME_STORE;
  if (!home) place.base = mx_alias_root(fn, ins->a[0]);
  if (info->memory == IR_MEMORY_ELEM) {
    place.index = ins->a[1];
    place.bytes = ins->op == IR_BYTE_LOAD;
  }
  if (ins->op == IR_SHAPE_STORE || ins->op == IR_GUARD_SHAPE) place.imm = IRF_SHAPE;
  return place;
}

// Is it surely one place?
bool mx_alias_same(const Place *a, const Place *b) {
  return a->memory == b->memory && a->base == b->base && a->index == b->index && a->imm == b->imm &&
         a->bytes == b->bytes;
}

// Is the value an object that this code has made?
static bool alias_is_fresh(const IrIns *ins) {
  return mx_ir_info(ins->op)->effect == IR_EFFECT_ALLOC && ins->op != IR_BOX_DOUBLE;
}

// Was the value there before the code ran?
static bool alias_is_old(const IrIns *ins) {
  return ins->op == IR_PARAM || mx_ir_is_const(ins->op);
}

// Is a value surely no object that a maker of objects gives? It is not if it comes from another
// maker, nor if it dominates this one: it is older then. Both dominate the place where they are
// compared, so one dominates the other; the builder numbers refs so that dominating ones come
// first, and passes make no makers.
static bool alias_is_not(const IrFn *fn, IrRef ref, IrRef maker) {
  const IrIns *ins = mx_ir_at(fn, ref);
  return ref < maker || alias_is_fresh(ins) || alias_is_old(ins);
}

// Are two roots surely different objects?
static bool alias_differ(const IrFn *fn, IrRef a, IrRef b) {
  if (a == b) return false;
  const IrIns *x = mx_ir_at(fn, a), *y = mx_ir_at(fn, b);
  if (alias_is_fresh(x)) return alias_is_not(fn, b, a);
  if (alias_is_fresh(y)) return alias_is_not(fn, a, b);
  return alias_is_old(x) && alias_is_old(y) && x->op == y->op && x->op != IR_PARAM;
}

// May slots of homes and Envs be one? This frame's homes may be the slots of an open Env, under
// another number; an Env that this code has made is in the heap.
static bool alias_slots(const IrFn *fn, const Place *a, const Place *b) {
  if (a->base == IR_NONE && b->base == IR_NONE) return a->imm == b->imm;
  if (a->base == IR_NONE) return !alias_is_fresh(mx_ir_at(fn, b->base));
  if (b->base == IR_NONE) return !alias_is_fresh(mx_ir_at(fn, a->base));
  return a->imm == b->imm && !alias_differ(fn, a->base, b->base);
}

// Are two indices of one buffer surely different: constants, or one a constant more than the other?
static bool alias_indices_differ(const IrFn *fn, IrRef a, IrRef b) {
  if (a == b) return false;
  const IrIns *x = mx_ir_at(fn, a), *y = mx_ir_at(fn, b);
  if (x->op == IR_KINT && y->op == IR_KINT) return true;
  bool x_more = (x->op == IR_ADD || x->op == IR_ADD_OV) && x->a[0] == b;
  bool y_more = (y->op == IR_ADD || y->op == IR_ADD_OV) && y->a[0] == a;
  IrRef step = x_more ? x->a[1] : y_more ? y->a[1] : IR_NONE;
  if (step == IR_NONE || mx_ir_at(fn, step)->op != IR_KINT) return false;
  return mx_ir_word(fn, step) != 0;
}

// May it be one place? Both are of a kind of memory that has places.
bool mx_alias_may(const IrFn *fn, const Place *a, const Place *b) {
  if (a->memory != b->memory) return false;
  switch (a->memory) {
  case IR_MEMORY_HOME: return alias_slots(fn, a, b);
  case IR_MEMORY_IVAR:
  case IR_MEMORY_FIELD: return a->imm == b->imm && !alias_differ(fn, a->base, b->base);
  case IR_MEMORY_ELEM:
    if (a->bytes != b->bytes) return false;
    return a->base != b->base || !alias_indices_differ(fn, a->index, b->index);
  case IR_MEMORY_NONE:
  case IR_MEMORY_ANY: break;
  }
  MX_UNREACHABLE();
}

// Is the field one that no call changes?
static bool alias_stays(const Place *place) {
  if (place->memory != IR_MEMORY_FIELD) return false;
  return mx_ir_field_info(place->imm)->kind != IR_FIELD_OWN;
}

// May a call that writes the Array that is its first operand write the place, a field?
static bool alias_array_writes(const IrFn *fn, const IrIns *call, const Place *place) {
  bool of_arrays =
      place->imm == IRF_ARRAY_CAP || place->imm == IRF_ARRAY_BUFFER || place->imm == IRF_FLAGS;
  IrRef array = mx_alias_root(fn, mx_ir_list_refs(fn, call->list)[0]);
  return of_arrays && !alias_differ(fn, array, place->base);
}

// May a call mark an Array as one whose buffer another sees? Leaves that make an Array of a part of
// one do, though all else they do is read and allocate.
static bool alias_shares(const IrIns *call, uint32_t effects, const Place *place) {
  return call->op == IR_CALL_LEAF && effects & RTE_COLLECTS && place->imm == IRF_FLAGS;
}

// May a call write the place?
bool mx_alias_call_writes(const IrFn *fn, const IrIns *call, const Place *place) {
  if (alias_stays(place)) return false;
  uint32_t effects = mx_ir_call_effects(fn, call);
  if (effects & RTE_GUEST) return true;
  switch (place->memory) {
  case IR_MEMORY_IVAR: return (effects & RTE_WRITES_IVAR) != 0;
  case IR_MEMORY_ELEM: return (effects & RTE_WRITES_ELEM) != 0;
  case IR_MEMORY_FIELD:
    return (effects & RTE_WRITES_FIELD) != 0 || alias_shares(call, effects, place) ||
           (effects & RTE_WRITES_ARRAY && alias_array_writes(fn, call, place));
  case IR_MEMORY_NONE:
  case IR_MEMORY_HOME:
  case IR_MEMORY_ANY: break;
  }
  return false;
}

// May the instruction write the place?
bool mx_alias_writes(const IrFn *fn, const IrIns *ins, const Place *place) {
  IrEffect effect = mx_ir_info(ins->op)->effect;
  if (effect == IR_EFFECT_CALL) return mx_alias_call_writes(fn, ins, place);
  if (effect != IR_EFFECT_WRITE) return false;
  Place written = mx_alias_place(fn, ins);
  return mx_alias_may(fn, &written, place);
}

enum { ALIAS_PHIS = 3 }; // that are looked through, one behind the other

// Is the value an object whose shape is known, or that this code has made?
static bool alias_is_shaped(const IrIns *ins) {
  return ins->op == IR_GUARD_SHAPE || ins->op == IR_KOBJ ||
         mx_ir_info(ins->op)->effect == IR_EFFECT_ALLOC;
}

// Is the value an object wherever it is defined?
static bool alias_is_object(const IrFn *fn, IrRef ref, uint32_t depth) {
  const IrIns *ins = mx_ir_at(fn, ref);
  if (ins->op != IR_PHI) {
    bool known = ins->op == IR_GUARD_OBJ || ins->op == IR_AS_OBJ || ins->op == IR_PARAM;
    return known || alias_is_shaped(ins);
  }
  bool all = depth < ALIAS_PHIS;
  for (uint32_t i = 0; i < mx_ir_list_count(fn, ins->list) && all; i++) {
    IrRef operand = mx_ir_list_refs(fn, ins->list)[i];
    all = operand == ref || alias_is_object(fn, operand, depth + 1);
  }
  return all;
}

// Does the object say itself that it has this field or instance variable? Every object has a shape
// and flags; what else it has is known of one with a shape, or that this code has made.
bool mx_alias_base_is_good(const IrFn *fn, const IrIns *ins) {
  if (ins->op == IR_HOME_LOAD || ins->op == IR_UPVAL_LOAD) return true;
  const IrIns *base = mx_ir_at(fn, ins->a[0]);
  if (mx_ir_info(ins->op)->memory == IR_MEMORY_ELEM || base->type != IRT_OBJ) return false;
  if (alias_is_shaped(base)) return true;
  bool header = ins->op == IR_GUARD_SHAPE ||
                (ins->op == IR_FIELD_LOAD && (ins->imm == IRF_SHAPE || ins->imm == IRF_FLAGS));
  return header && alias_is_object(fn, ins->a[0], 0);
}
