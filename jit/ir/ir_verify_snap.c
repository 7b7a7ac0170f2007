// SPDX-License-Identifier: MIT
// The verifier's checks of snapshots: who has one, and that it can be restored.
#include "jit/ir/ir_verify_parts.h"

// Whether an instruction has a snapshot.
typedef enum SnapNeed { SNAP_FORBIDDEN, SNAP_ALLOWED, SNAP_REQUIRED } SnapNeed;

// Must the instruction have a snapshot?
static SnapNeed snap_need(const IrFn *fn, const IrIns *ins) {
  const IrInfo *info = mx_ir_info(ins->op);
  if (info->effect == IR_EFFECT_GUARD || ins->op == IR_EXIT) return SNAP_REQUIRED;
  if (ins->op == IR_JUMP) return SNAP_ALLOWED;
  if (info->effect != IR_EFFECT_CALL) return SNAP_FORBIDDEN;
  if (ins->op == IR_CALL_GUEST || ins->op == IR_CALL_OWN) return SNAP_ALLOWED;
  if (ins->op == IR_CALL_YIELD || ins->op == IR_RETURNED) return SNAP_ALLOWED;
  return mx_ir_call_effects(fn, ins) & RTE_LEAVES ? SNAP_REQUIRED : SNAP_ALLOWED;
}

// Check one value: a ref of a type that has a Value (or an address, where that is fine), or an
// object among the first `objects`.
static void snap_value(Verifier *v, SnapValue value, uint32_t objects, bool home, bool address) {
  if (value == SNAP_HOME) {
    if (!home) mx_ir_verify_fail(v, "snapshot: only the outermost frame has homes");
    return;
  }
  if (value & SNAP_OBJECT) {
    if ((value & ~SNAP_OBJECT) >= objects)
      mx_ir_verify_fail(v, "snapshot: sunk:%u is no object, or comes later", value & ~SNAP_OBJECT);
    return;
  }
  if (!mx_ir_verify_use(v, value, "snapshot:")) return;
  const IrIns *ins = mx_ir_at(v->fn, value);
  if (ins->type == IRT_WORD || (ins->type == IRT_PTR && !address))
    mx_ir_verify_fail(v, "snapshot: %%%u is %s, which is no Value", value,
                      mx_ir_type_text(ins->type));
  else if (ins->flags & IRI_SUNK)
    mx_ir_verify_fail(v, "snapshot: %%%u is sunk, and no object of it", value);
}

// Check one frame.
static void snap_frame(Verifier *v, const Snap *snap, uint32_t number) {
  const SnapFrame *frame = &v->fn->snap_frames.at[snap->frame + number];
  bool outer = number == 0;
  if (frame->code >= v->fn->codes.count)
    mx_ir_verify_fail(v, "snapshot: there is no code %u", frame->code);
  if (frame->site != UINT32_MAX && frame->site >= v->fn->sites.count)
    mx_ir_verify_fail(v, "snapshot: there is no site %u", frame->site);
  if (!outer && frame->site == UINT32_MAX)
    mx_ir_verify_fail(v, "snapshot: frame %u has no site", number);
  snap_value(v, frame->self, snap->objects, outer, false);
  snap_value(v, frame->block, snap->objects, outer, true);
  if (frame->env) snap_value(v, frame->env, snap->objects, false, true);
  for (uint32_t i = 0; i < frame->locals + frame->operands && !v->failed; i++) {
    bool home = outer || (frame->env && i < frame->locals);
    snap_value(v, v->fn->snap_values.at[frame->first + i], snap->objects, home, false);
  }
}

// Is the place of a pair one that the allocation has?
static bool snap_place(const IrFn *fn, const IrIns *alloc, uint32_t place) {
  if (alloc->op == IR_NEW_OBJECT) return place < alloc->imm2 && place % 8 == 0;
  return place < mx_ir_info(alloc->op)->refs + mx_ir_list_count(fn, alloc->list);
}

// Check one pair.
static void snap_pair(Verifier *v, const Snap *snap, uint32_t number, const SnapValue *pair) {
  const IrIns *alloc = mx_ir_at(v->fn, v->fn->snap_objects.at[snap->object + number].alloc);
  bool shape = alloc->op == IR_NEW_OBJECT && pair[0] == 0;
  uint32_t objects = mx_ir_snap_late((IrOp)alloc->op, pair[0]) ? snap->objects : number;
  if (!snap_place(v->fn, alloc, pair[0]))
    mx_ir_verify_fail(v, "snapshot: %s has no place %u", mx_ir_info(alloc->op)->text, pair[0]);
  else if (!shape)
    snap_value(v, pair[1], objects, false, pair[0] == 0);
  else if (pair[1] >= v->fn->ins.count || mx_ir_at(v->fn, pair[1])->op != IR_KWORD)
    mx_ir_verify_fail(v, "snapshot: the shape of an object is no constant");
}

// Check one object.
static void snap_object(Verifier *v, const Snap *snap, uint32_t number) {
  const IrFn *fn = v->fn;
  const SnapObject *object = &fn->snap_objects.at[snap->object + number];
  if (object->alloc >= fn->ins.count || !(mx_ir_at(fn, object->alloc)->flags & IRI_SUNK)) {
    mx_ir_verify_fail(v, "snapshot: object %%%u is not sunk", object->alloc);
    return;
  }
  const IrIns *alloc = mx_ir_at(fn, object->alloc);
  if (object->real) snap_value(v, object->real, 0, false, false);
  uint32_t operands = mx_ir_info(alloc->op)->refs + mx_ir_list_count(fn, alloc->list);
  if (alloc->op != IR_NEW_OBJECT && object->stores != operands)
    mx_ir_verify_fail(v, "snapshot: object %%%u has %u operands", object->alloc, operands);
  for (uint32_t i = 0; i < object->stores && !v->failed; i++)
    snap_pair(v, snap, number, &fn->snap_values.at[object->first + 2 * i]);
}

// Check the snapshot of the instruction under inspection.
void mx_ir_verify_snap(Verifier *v) {
  const IrIns *ins = mx_ir_at(v->fn, v->ref);
  SnapNeed need = snap_need(v->fn, ins);
  if (ins->snap == SNAP_NONE) {
    if (need == SNAP_REQUIRED) mx_ir_verify_fail(v, "has no snapshot");
    return;
  }
  if (need == SNAP_FORBIDDEN)
    mx_ir_verify_fail(v, "may not have a snapshot");
  else if (ins->snap >= v->fn->snaps.count)
    mx_ir_verify_fail(v, "there is no such snapshot");
  if (v->failed) return;
  const Snap *snap = &v->fn->snaps.at[ins->snap];
  if (!snap->frames) mx_ir_verify_fail(v, "its snapshot has no frame");
  for (uint32_t i = 0; i < snap->frames && !v->failed; i++) snap_frame(v, snap, i);
  for (uint32_t i = 0; i < snap->objects && !v->failed; i++) snap_object(v, snap, i);
}
