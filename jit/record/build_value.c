// SPDX-License-Identifier: MIT
// Values while building: their types, narrower versions of them, boxes.
#include "runtime/float.h"
#include "jit/record/build.h"

IrRef mx_build_resolve(const Builder *b, IrRef ref) {
  while (ref < b->forward_room && b->forward[ref]) ref = b->forward[ref];
  return ref;
}

IrType mx_build_type(const Builder *b, IrRef ref) { return (IrType)mx_ir_at(b->fn, ref)->type; }

static IrRef value_emit(Builder *b, IrOp op, const IrRef a[IR_MAX_REFS], uint32_t imm,
                        SnapId snap) {
  IrIns ins = {.op = op, .a = {a[0], a[1], a[2]}, .imm = imm, .snap = snap};
  return mx_ir_emit(b->fn, b->block, &ins);
}

IrRef mx_build_emit(Builder *b, IrOp op, IrRef a0, IrRef a1, IrRef a2, uint32_t imm) {
  return value_emit(b, op, (IrRef[]){a0, a1, a2}, imm, SNAP_NONE);
}

IrRef mx_build_param(Builder *b, uint32_t number, IrType type) {
  IrIns param = {.op = IR_PARAM, .type = (uint8_t)type, .imm = number, .snap = SNAP_NONE};
  return mx_ir_emit(b->fn, b->block, &param);
}

IrRef mx_build_guard(Builder *b, IrOp op, IrRef a0, IrRef a1, uint32_t imm) {
  return value_emit(b, op, (IrRef[]){a0, a1, IR_NONE}, imm, mx_build_snap(b));
}

IrRef mx_build_value_const(Builder *b, Value v) {
  if (val_is_fixnum(v)) return mx_ir_int(b->fn, val_to_fixnum(v));
  if (val_is_float(v)) return mx_ir_double(b->fn, val_to_double(v));
  if (v == VAL_TRUE || v == VAL_FALSE) return mx_ir_bool(b->fn, v == VAL_TRUE);
  return mx_ir_const(b->fn, IR_KVAL, v);
}

// What a narrower version was made of, or IR_NONE.
static IrRef value_origin(const IrIns *ins) {
  switch ((IrOp)ins->op) {
  case IR_GUARD_INT:
  case IR_GUARD_DOUBLE:
  case IR_GUARD_OBJ:
  case IR_GUARD_SHAPE: return ins->a[0];
  default: return IR_NONE;
  }
}

IrRef mx_build_root(const Builder *b, IrRef ref) {
  ref = mx_build_resolve(b, ref);
  for (IrRef of; (of = value_origin(mx_ir_at(b->fn, ref))) != IR_NONE;)
    ref = mx_build_resolve(b, of);
  return ref;
}

// The tagged constant of an untagged one, or IR_NONE.
static IrRef value_const_val(Builder *b, IrRef ref) {
  uint64_t word = mx_ir_is_const((IrOp)mx_ir_at(b->fn, ref)->op) ? mx_ir_word(b->fn, ref) : 0;
  switch ((IrOp)mx_ir_at(b->fn, ref)->op) {
  case IR_KINT: return mx_ir_const(b->fn, IR_KVAL, val_from_fixnum((int64_t)word));
  case IR_KBOOL: return mx_ir_const(b->fn, IR_KVAL, val_bool(word != 0));
  case IR_KOBJ: return mx_ir_const(b->fn, IR_KVAL, word);
  default: return IR_NONE;
  }
}

// The instruction that makes any Value of a type.
static IrOp value_box(IrType type) {
  switch (type) {
  case IRT_INT: return IR_BOX_INT;
  case IRT_DOUBLE: return IR_BOX_DOUBLE;
  case IRT_BOOL: return IR_BOX_BOOL;
  default: return IR_AS_VAL;
  }
}

IrRef mx_build_val(Builder *b, IrRef ref) {
  ref = mx_build_resolve(b, ref);
  IrType type = mx_build_type(b, ref);
  if (type == IRT_VAL) return ref;
  IrRef origin = value_origin(mx_ir_at(b->fn, ref));
  if (origin) return mx_build_val(b, origin);
  IrRef constant = value_const_val(b, ref);
  return constant ? constant : mx_build_emit(b, value_box(type), ref, IR_NONE, IR_NONE, 0);
}

// Let all copies of a value in the state be its narrower version.
static void value_narrow(Builder *b, IrRef from, IrRef to) {
  for (uint32_t i = 0; i < b->state.count; i++)
    if (mx_build_resolve(b, b->state.at[i]) == from) b->state.at[i] = to;
  for (BuildFrame *act = b->act; act; act = act->caller)
    if (mx_build_resolve(b, act->self) == from) act->self = to;
}

// The value can never have the type: control leaves here.
static IrRef value_never(Builder *b) {
  mx_ir_exit(b->fn, b->block, mx_build_snap(b));
  mx_build_leave(b);
  return IR_NONE;
}

// The guard that narrows any Value to a type. What comes round a loop as another one has it.
static IrOp value_guard(IrType type) {
  switch (type) {
  case IRT_INT: return IR_GUARD_INT;
  case IRT_DOUBLE: return IR_GUARD_DOUBLE;
  case IRT_OBJ: return IR_GUARD_OBJ;
  default: MX_UNREACHABLE();
  }
}

IrRef mx_build_as(Builder *b, IrRef *entry, IrType type) {
  IrRef ref = mx_build_resolve(b, *entry);
  IrType has = mx_build_type(b, ref);
  if (has == type) return *entry = ref;
  if (type == IRT_VAL) return mx_build_val(b, ref);
  IrRef bare = mx_build_unboxed(b, ref);
  if (mx_build_type(b, bare) == type) return *entry = bare;
  const IrIns *ins = mx_ir_at(b->fn, ref);
  if (has != IRT_VAL || mx_ir_is_const((IrOp)ins->op)) return value_never(b);
  IrRef narrow = mx_build_guard(b, value_guard(type), ref, IR_NONE, 0);
  value_narrow(b, ref, narrow);
  return *entry = narrow;
}

// Is the ref a Range that was made here? They are frozen from the start: one shape for ever.
static bool value_is_range(const Builder *b, IrRef ref) {
  ref = mx_build_root(b, ref);
  if (mx_ir_at(b->fn, ref)->op == IR_AS_VAL) ref = mx_build_root(b, mx_ir_at(b->fn, ref)->a[0]);
  return mx_ir_at(b->fn, ref)->op == IR_NEW_RANGE;
}

// The shape that a ref is known to have, 0 if none is.
static uint32_t value_shape(const Builder *b, IrRef ref) {
  IrRef root = mx_build_root(b, ref);
  for (uint32_t i = 0; i < b->shapes.count; i++)
    if (mx_build_root(b, b->shapes.at[i].ref) == root) return b->shapes.at[i].shape;
  if (value_is_range(b, ref)) return mx_shape_at(b->vm, b->vm->cls.Range->instance_shape)->frozen;
  return mx_build_list_shape(b, ref);
}

uint32_t mx_build_shape(const Builder *b, IrRef ref) {
  return value_shape(b, mx_build_resolve(b, ref));
}

void mx_build_shape_is(Builder *b, IrRef ref, uint32_t shape) {
  uint32_t before = value_shape(b, ref), kept = 0;
  // Another ref of the old shape may be the same object.
  for (uint32_t i = 0; i < b->shapes.count; i++)
    if (b->shapes.at[i].ref != ref && (before == 0 || b->shapes.at[i].shape != before))
      b->shapes.at[kept++] = b->shapes.at[i];
  b->shapes.count = kept;
  for (BuildFrame *act = b->act; act; act = act->caller)
    if (mx_build_resolve(b, act->self) == ref) act->shape = 0;
  vec_push(&b->shapes, ((BuildShape){ref, shape}));
}

IrRef mx_build_as_shape(Builder *b, IrRef *entry, uint32_t shape) {
  IrRef object = mx_build_as(b, entry, IRT_OBJ);
  if (b->block == IR_NO_BLOCK || value_shape(b, object) == shape) return object;
  IrRef narrow = mx_build_guard(b, IR_GUARD_SHAPE, object, IR_NONE, shape);
  value_narrow(b, object, narrow);
  vec_push(&b->shapes, ((BuildShape){narrow, shape}));
  return *entry = narrow;
}

IrRef mx_build_truth(Builder *b, IrRef ref) {
  ref = mx_build_resolve(b, ref);
  switch (mx_build_type(b, ref)) {
  case IRT_BOOL: return ref;
  case IRT_VAL: break;
  default: return mx_ir_bool(b->fn, true);
  }
  if (mx_ir_at(b->fn, ref)->op == IR_KVAL)
    return mx_ir_bool(b->fn, val_truthy(mx_ir_word(b->fn, ref)));
  return mx_build_emit(b, IR_TRUTHY, ref, IR_NONE, IR_NONE, 0);
}

bool mx_build_fits(Builder *b, const Code *code) {
  uint32_t entries = code->local_count + code->chunk->max_stack + BUILD_SLACK;
  if (b->state.count + entries <= BUILD_MAX_STATE) return true;
  mx_build_abort(b, ABORT_TOO_BIG);
  return false;
}

void mx_build_done(Builder *b, uint32_t pops, IrRef result) {
  if (b->block == IR_NO_BLOCK) return;
  b->state.count -= pops;
  if (result == IR_NONE) return;
  MX_ASSERT(b->state.count < BUILD_MAX_STATE, "activations were not asked room for");
  b->state.at[b->state.count++] = result;
}

void mx_build_leave(Builder *b) { b->block = IR_NO_BLOCK; }

void mx_build_abort(Builder *b, AbortReason why) {
  if (b->abort == ABORT_NONE) b->abort = why;
  mx_build_leave(b);
}

void mx_build_note(Builder *b, Sym name) {
  for (uint32_t i = 0; i < b->out->notes.count; i++) {
    const BuildNote *note = &b->out->notes.at[i];
    if (note->code == b->act->code && note->pc == b->act->pc) return;
  }
  vec_push(&b->out->notes, ((BuildNote){b->act->code, b->act->pc, name}));
}
