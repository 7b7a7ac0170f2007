// SPDX-License-Identifier: MIT
// Guards and exits. One exit block serves all guards that have the same snapshot.
#include "runtime/object.h"
#include "jit/ir/snap_map.h"
#include "jit/llvm/lower.h"
#include <string.h>

LLVMBasicBlockRef mx_lower_exit(Lower *lo, SnapId snap) {
  if (lo->exits[snap]) return lo->exits[snap];
  LLVMBasicBlockRef here = LLVMGetInsertBlock(lo->at);
  lo->exits[snap] = mx_lower_block(lo, "exit");
  LLVMPositionBuilderAtEnd(lo->at, lo->exits[snap]);
  uint32_t place = mx_lines_at(lo, 0);
  mx_lower_store_snap(lo, snap);
  mx_lower_leave(lo, snap, JIT_LEAVE_EXIT);
  mx_lines_at(lo, place);
  LLVMPositionBuilderAtEnd(lo->at, here);
  return lo->exits[snap];
}

uint32_t mx_lower_store_snap(Lower *lo, SnapId snap) {
  IrRef slots[SNAP_MAX_SLOTS];
  uint32_t count = mx_snap_slots(lo->fn, snap, slots);
  for (uint32_t i = 0; i < count; i++) {
    LLVMValueRef value = mx_lower_value(lo, slots[i]);
    if (mx_ir_at(lo->fn, slots[i])->type == IRT_BOOL)
      value = LLVMBuildZExt(lo->at, value, lo->i64, "");
    mx_lower_store(lo, value, lo->out, i * sizeof(uint64_t), LOWER_OTHER);
  }
  return count;
}

void mx_lower_leave(Lower *lo, SnapId snap, JitLeave how) {
  LLVMValueRef left = mx_lower_word(lo, ((uint64_t)snap << JIT_LEAVE_BITS) | (uint64_t)how);
  if (!lo->job->method.callee) {
    LLVMBuildRet(lo->at, left);
    return;
  }
  LLVMTypeRef type =
      LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->ptr, lo->i64, lo->i64, lo->ptr}, 5, 0);
  LLVMValueRef owner = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->job->owner);
  LLVMValueRef args[5] = {lo->ec, lo->frame, owner, left, lo->out};
  mx_lower_method_give(lo, mx_lower_call_address(lo, (RtFn)lo->hooks->leave, type, args, 5));
}

void mx_lower_require(Lower *lo, LLVMValueRef ok, SnapId snap) {
  LLVMBasicBlockRef exit = mx_lower_exit(lo, snap), next = mx_lower_block(lo, "");
  LLVMMoveBasicBlockAfter(next, LLVMGetInsertBlock(lo->at));
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, ok, next, exit);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, next);
}

LLVMBasicBlockRef mx_lower_unless(Lower *lo, LLVMValueRef ok) {
  LLVMBasicBlockRef bad = mx_lower_block(lo, "rare"), next = mx_lower_block(lo, "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, ok, next, bad);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, next);
  return bad;
}

// (v & mask) == bits
static LLVMValueRef guard_masked(Lower *lo, LLVMValueRef v, uint64_t mask, uint64_t bits) {
  v = LLVMBuildAnd(lo->at, v, mx_lower_word(lo, mask), "");
  return LLVMBuildICmp(lo->at, LLVMIntEQ, v, mx_lower_word(lo, bits), "");
}

static LLVMValueRef guard_is_nil(Lower *lo, LLVMValueRef v) {
  return LLVMBuildICmp(lo->at, LLVMIntEQ, v, mx_lower_word(lo, VAL_NIL), "");
}

LLVMValueRef mx_lower_is_heap(Lower *lo, LLVMValueRef v) {
  LLVMValueRef aligned = guard_masked(lo, v, 15, 0);
  return LLVMBuildAnd(lo->at, aligned, LLVMBuildNot(lo->at, guard_is_nil(lo, v), ""), "");
}

// The flags of an object.
static LLVMValueRef guard_flags(Lower *lo, LLVMValueRef object) {
  return mx_lower_field(lo, object, IRF_FLAGS);
}

// Decode an immediate Float.
static LLVMValueRef guard_decode(Lower *lo, LLVMValueRef v) {
  LLVMValueRef low = LLVMBuildShl(lo->at, v, mx_lower_word(lo, 61), "");
  LLVMValueRef high = LLVMBuildLShr(lo->at, v, mx_lower_word(lo, 3), "");
  LLVMValueRef bits = LLVMBuildOr(lo->at, high, low, "");
  bits = LLVMBuildSub(lo->at, bits, mx_lower_word(lo, FLONUM_BIAS), "");
  return LLVMBuildBitCast(lo->at, bits, lo->f64, "");
}

// A boxed Float's double, in the block that is current; leaves if it is none.
static LLVMValueRef guard_boxed(Lower *lo, LLVMValueRef v, SnapId snap) {
  mx_lower_require(lo, mx_lower_is_heap(lo, v), snap);
  mx_lower_require(lo, guard_masked(lo, guard_flags(lo, v), FL_TYPE_MASK, T_FLOAT), snap);
  return mx_lower_field(lo, v, IRF_FLOAT_VALUE);
}

// The double of a Value that is a Float, immediate or boxed, or else leaves.
static LLVMValueRef guard_double(Lower *lo, LLVMValueRef v, SnapId snap) {
  LLVMBasicBlockRef boxed = mx_lower_block(lo, "boxed"), flat = mx_lower_block(lo, "flat");
  LLVMBasicBlockRef done = mx_lower_block(lo, "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, guard_masked(lo, v, 3, 2), flat, boxed);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, flat);
  LLVMValueRef values[2] = {guard_decode(lo, v)};
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, boxed);
  values[1] = guard_boxed(lo, v, snap);
  LLVMBasicBlockRef from[2] = {flat, LLVMGetInsertBlock(lo->at)};
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  LLVMValueRef phi = LLVMBuildPhi(lo->at, lo->f64, "");
  LLVMAddIncoming(phi, values, from, 2);
  return phi;
}

LLVMValueRef mx_lower_box_double(Lower *lo, LLVMValueRef d) {
  LLVMValueRef bits = LLVMBuildBitCast(lo->at, d, lo->i64, "");
  bits = LLVMBuildAdd(lo->at, bits, mx_lower_word(lo, FLONUM_BIAS), "");
  LLVMValueRef high = LLVMBuildShl(lo->at, bits, mx_lower_word(lo, 3), "");
  LLVMValueRef low = LLVMBuildLShr(lo->at, bits, mx_lower_word(lo, 61), "");
  LLVMValueRef values[2] = {LLVMBuildOr(lo->at, high, low, "")};
  LLVMBasicBlockRef from[2] = {LLVMGetInsertBlock(lo->at), mx_lower_block(lo, "rare")};
  LLVMBasicBlockRef done = mx_lower_block(lo, "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, guard_masked(lo, values[0], 3, 2), done, from[1]);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, from[1]);
  mx_lower_method_hold(lo);
  LLVMTypeRef type = LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->f64}, 2, 0);
  values[1] = mx_lower_call_address(lo, lo->hooks->addresses[RT_FLOAT_NEW], type,
                                    (LLVMValueRef[]){lo->ec, d}, 2);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  LLVMValueRef phi = LLVMBuildPhi(lo->at, lo->i64, "");
  LLVMAddIncoming(phi, values, from, 2);
  return phi;
}

// a op b with the CPU's overflow.
static LLVMValueRef guard_overflow(Lower *lo, const char *name, LLVMValueRef a, LLVMValueRef b,
                                   SnapId snap) {
  unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
  LLVMValueRef function = LLVMGetIntrinsicDeclaration(lo->module, id, &lo->i64, 1);
  LLVMTypeRef type = LLVMIntrinsicGetType(lo->cx, id, &lo->i64, 1);
  LLVMValueRef pair = LLVMBuildCall2(lo->at, type, function, (LLVMValueRef[]){a, b}, 2, "");
  LLVMValueRef result = LLVMBuildExtractValue(lo->at, pair, 0, "");
  LLVMValueRef over = LLVMBuildExtractValue(lo->at, pair, 1, "");
  mx_lower_require(lo, LLVMBuildNot(lo->at, over, ""), snap);
  return result;
}

static LLVMValueRef guard_shift(Lower *lo, LLVMValueRef a, LLVMValueRef b, SnapId snap) {
  LLVMValueRef by = mx_lower_number(lo, b);
  mx_lower_require(lo, LLVMBuildICmp(lo->at, LLVMIntULT, by, mx_lower_word(lo, 63), ""), snap);
  LLVMValueRef result = LLVMBuildShl(lo->at, a, by, "");
  LLVMValueRef back = LLVMBuildAShr(lo->at, result, by, "");
  mx_lower_require(lo, LLVMBuildICmp(lo->at, LLVMIntEQ, back, a, ""), snap);
  return result;
}

// Towards 0; leaves beyond 63 bits and for NaN.
static LLVMValueRef guard_double_to_int(Lower *lo, LLVMValueRef d, SnapId snap) {
  LLVMValueRef limit = LLVMConstReal(lo->f64, 0x1p62);
  LLVMValueRef below = LLVMBuildFCmp(lo->at, LLVMRealOLT, d, limit, "");
  LLVMValueRef above = LLVMBuildFCmp(lo->at, LLVMRealOGE, d, LLVMConstReal(lo->f64, -0x1p62), "");
  mx_lower_require(lo, LLVMBuildAnd(lo->at, below, above, ""), snap);
  LLVMValueRef n = LLVMBuildFPToSI(lo->at, d, lo->i64, "");
  return LLVMBuildShl(lo->at, n, mx_lower_word(lo, 1), "");
}

static LLVMValueRef guard_shape(Lower *lo, const IrIns *ins, LLVMValueRef object) {
  LLVMValueRef shape = mx_lower_field(lo, object, IRF_SHAPE);
  LLVMValueRef same = LLVMBuildICmp(lo->at, LLVMIntEQ, shape, mx_lower_word(lo, ins->imm), "");
  mx_lower_require(lo, same, ins->snap);
  return object;
}

static LLVMValueRef guard_special(Lower *lo, const IrIns *ins, LLVMValueRef v) {
  LLVMValueRef ok = LLVMBuildOr(lo->at, guard_masked(lo, v, 7, 4), guard_is_nil(lo, v), "");
  mx_lower_require(lo, ok, ins->snap);
  return v;
}

static LLVMValueRef guard_not_double(Lower *lo, const IrIns *ins, LLVMValueRef v) {
  mx_lower_require(lo, LLVMBuildNot(lo->at, guard_masked(lo, v, 3, 2), ""), ins->snap);
  LLVMBasicBlockRef heap = mx_lower_block(lo, "heap"), done = mx_lower_block(lo, "");
  LLVMBuildCondBr(lo->at, mx_lower_is_heap(lo, v), heap, done);
  LLVMPositionBuilderAtEnd(lo->at, heap);
  LLVMValueRef is_float = guard_masked(lo, guard_flags(lo, v), FL_TYPE_MASK, T_FLOAT);
  mx_lower_require(lo, LLVMBuildNot(lo->at, is_float, ""), ins->snap);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  return v;
}

// Count the budget down; is there any left?
static LLVMValueRef guard_budget(Lower *lo) {
  LLVMValueRef at = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->job->budget);
  LLVMValueRef left = mx_lower_load(lo, lo->i64, at, 0, LOWER_OTHER);
  left = LLVMBuildSub(lo->at, left, mx_lower_word(lo, 1), "");
  mx_lower_store(lo, left, at, 0, LOWER_OTHER);
  return LLVMBuildICmp(lo->at, LLVMIntNE, left, mx_lower_word(lo, 0), "");
}

// Leave when a thread switch, a signal or a finalizer waits, or the code is worth making well.
static void guard_poll(Lower *lo, const IrIns *ins) {
  uint32_t offset = lo->hooks->offsets[IRF_EC_POLL];
  LLVMValueRef poll = mx_lower_load(lo, lo->i32, lo->ec, offset, LOWER_OTHER);
  LLVMSetVolatile(poll, 1);
  LLVMValueRef none = LLVMBuildICmp(lo->at, LLVMIntEQ, poll, LLVMConstInt(lo->i32, 0, 0), "");
  mx_lower_require(lo, none, ins->snap);
  if (lo->job->budget) mx_lower_require(lo, guard_budget(lo), ins->snap);
}

LLVMValueRef mx_lower_is_valid(Lower *lo) {
  LLVMValueRef owner = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->job->owner);
  LLVMValueRef broken = mx_lower_load(lo, lo->i32, owner, 0, LOWER_OTHER);
  LLVMSetVolatile(broken, 1);
  return LLVMBuildICmp(lo->at, LLVMIntEQ, broken, LLVMConstInt(lo->i32, 0, 0), "");
}

// --stress=exits: leave though the guard holds, when the countdown is over.
static void guard_stress(Lower *lo, const IrIns *ins) {
  LLVMValueRef word = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->hooks->stress);
  LLVMValueRef left = mx_lower_load(lo, lo->i32, word, 0, LOWER_OTHER);
  LLVMSetVolatile(left, 1);
  left = LLVMBuildSub(lo->at, left, LLVMConstInt(lo->i32, 1, 0), "");
  mx_lower_store(lo, left, word, 0, LOWER_OTHER);
  LLVMValueRef go_on = LLVMBuildICmp(lo->at, LLVMIntNE, left, LLVMConstInt(lo->i32, 0, 0), "");
  mx_lower_require(lo, go_on, ins->snap);
}

LLVMValueRef mx_lower_guard(Lower *lo, const IrIns *ins) {
  if (lo->hooks->stress) guard_stress(lo, ins);
  LLVMValueRef a = ins->a[0] ? mx_lower_value(lo, ins->a[0]) : NULL;
  LLVMValueRef b = ins->a[1] ? mx_lower_value(lo, ins->a[1]) : NULL;
  switch ((IrOp)ins->op) {
  case IR_ADD_OV: return guard_overflow(lo, "llvm.sadd.with.overflow", a, b, ins->snap);
  case IR_SUB_OV: return guard_overflow(lo, "llvm.ssub.with.overflow", a, b, ins->snap);
  case IR_MUL_OV:
    b = mx_lower_number(lo, b);
    return guard_overflow(lo, "llvm.smul.with.overflow", a, b, ins->snap);
  case IR_SHL_OV: return guard_shift(lo, a, b, ins->snap);
  case IR_DOUBLE_TO_INT: return guard_double_to_int(lo, a, ins->snap);
  case IR_GUARD_INT:
    mx_lower_require(lo, guard_masked(lo, a, 1, 1), ins->snap);
    return LLVMBuildXor(lo->at, a, mx_lower_word(lo, 1), "");
  case IR_GUARD_DOUBLE: return guard_double(lo, a, ins->snap);
  case IR_GUARD_OBJ: mx_lower_require(lo, mx_lower_is_heap(lo, a), ins->snap); return a;
  case IR_GUARD_SHAPE: return guard_shape(lo, ins, a);
  case IR_GUARD_SPECIAL: return guard_special(lo, ins, a);
  case IR_GUARD_SYMBOL: mx_lower_require(lo, guard_masked(lo, a, 0xff, 0x0c), ins->snap); return a;
  case IR_GUARD_NOT_DOUBLE: return guard_not_double(lo, ins, a);
  case IR_GUARD_SAME:
    mx_lower_require(lo, LLVMBuildICmp(lo->at, LLVMIntEQ, a, b, ""), ins->snap);
    return a;
  case IR_GUARD_TRUE: mx_lower_require(lo, a, ins->snap); return NULL;
  case IR_GUARD_FALSE: mx_lower_require(lo, LLVMBuildNot(lo->at, a, ""), ins->snap); return NULL;
  case IR_POLL: guard_poll(lo, ins); return NULL;
  case IR_GUARD_VALID: mx_lower_require(lo, mx_lower_is_valid(lo), ins->snap); return NULL;
  default: MX_UNREACHABLE();
  }
}
