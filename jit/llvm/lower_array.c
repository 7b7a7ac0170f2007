// SPDX-License-Identifier: MIT
// Appending to an Array: a store where it has room and keeps such values. Where it must grow, copy
// what it shares or change its strategy C does it, behind the hot code.
#include "runtime/array.h"
#include "jit/llvm/lower.h"

// How an Array must keep its elements for a value of a type to be stored as it is.
static uint32_t array_flags(IrType type) {
  ArrayStrategy strategy = type == IRT_INT      ? ARRAY_INT
                           : type == IRT_DOUBLE ? ARRAY_DOUBLE
                                                : ARRAY_ANY;
  return (uint32_t)strategy << FL_ARRAY_STRATEGY_SHIFT;
}

// Is the buffer the Array's own, of that strategy, and has room?
static LLVMValueRef array_takes(Lower *lo, LLVMValueRef array, LLVMValueRef len, IrType type) {
  uint64_t mask = 3u << FL_ARRAY_STRATEGY_SHIFT | FL_ARRAY_SHARED;
  LLVMValueRef flags = mx_lower_field(lo, array, IRF_FLAGS);
  flags = LLVMBuildAnd(lo->at, flags, mx_lower_word(lo, mask), "");
  LLVMValueRef fits =
      LLVMBuildICmp(lo->at, LLVMIntEQ, flags, mx_lower_word(lo, array_flags(type)), "");
  LLVMValueRef cap = mx_lower_field(lo, array, IRF_ARRAY_CAP);
  LLVMValueRef room = LLVMBuildICmp(lo->at, LLVMIntULT, len, cap, "");
  return LLVMBuildAnd(lo->at, fits, room, "");
}

// Let C do it.
static void array_add_slowly(Lower *lo, LLVMValueRef array, LLVMValueRef len, LLVMValueRef value) {
  bool flat = LLVMTypeOf(value) == lo->f64;
  LLVMTypeRef types[4] = {lo->ptr, lo->i64, lo->i64, lo->i64};
  LLVMValueRef args[4] = {lo->ec, array, len, flat ? mx_lower_box_double(lo, value) : value};
  mx_lower_method_hold(lo);
  mx_lower_call_address(lo, lo->hooks->addresses[RT_ARRAY_ADD],
                        LLVMFunctionType(lo->none, types, 4, 0), args, 4);
}

static void array_add(Lower *lo, const IrIns *ins) {
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  IrType type = (IrType)mx_ir_at(lo->fn, refs[2])->type;
  LLVMValueRef array = mx_lower_value(lo, refs[0]), len = mx_lower_value(lo, refs[1]);
  LLVMValueRef value = mx_lower_value(lo, refs[2]);
  if (type == IRT_INT) value = LLVMBuildOr(lo->at, value, mx_lower_word(lo, 1), "");
  LLVMBasicBlockRef slow = mx_lower_unless(lo, array_takes(lo, array, len, type));
  LLVMBasicBlockRef done = mx_lower_block(lo, "");
  LLVMValueRef buffer = mx_lower_pointer(lo, mx_lower_field(lo, array, IRF_ARRAY_BUFFER));
  LLVMValueRef end = LLVMBuildGEP2(lo->at, LLVMTypeOf(value), buffer, &len, 1, "");
  mx_lower_store(lo, value, end, 0, LOWER_ELEM);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, slow);
  array_add_slowly(lo, array, len, value);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
}

bool mx_lower_array(Lower *lo, const IrIns *ins) {
  if (ins->op != IR_CALL_RT || ins->imm != RT_ARRAY_ADD) return false;
  array_add(lo, ins);
  return true;
}
