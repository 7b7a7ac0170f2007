// SPDX-License-Identifier: MIT
// Calls of C: rows of rtcalls.def by their addresses, guest calls through the hook.
#include "runtime/value.h"
#include "jit/ir/snap_map.h"
#include "jit/llvm/lower.h"

enum { CALL_MAX_ARGS = 6 }; // ec and five more: what registers take

// The LLVM type of a letter of rtcalls.def.
static LLVMTypeRef call_letter(const Lower *lo, char letter) {
  switch (mx_ir_letter_type(letter)) {
  case IRT_DOUBLE: return lo->f64;
  case IRT_BOOL: return lo->i1;
  default: return lo->i64;
  }
}

static LLVMTypeRef call_result(const Lower *lo, uint8_t type) {
  return type == IRT_VOID ? lo->none : type == IRT_DOUBLE ? lo->f64 : lo->i64;
}

// Leave with `how` when a call gave a word.
static void call_leave_if(Lower *lo, LLVMValueRef value, uint64_t word, SnapId snap, JitLeave how) {
  LLVMBasicBlockRef leave = mx_lower_block(lo, "leave"), next = mx_lower_block(lo, "");
  LLVMValueRef is = LLVMBuildICmp(lo->at, LLVMIntNE, value, mx_lower_word(lo, word), "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, is, next, leave);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, leave);
  mx_lower_leave(lo, snap, how);
  LLVMPositionBuilderAtEnd(lo->at, next);
}

// A row of rtcalls.def. Pure ones on doubles take no ec.
static LLVMValueRef call_runtime(Lower *lo, const IrIns *ins) {
  const IrRtInfo *info = mx_ir_rt_info((IrRtCall)ins->imm);
  LLVMValueRef args[CALL_MAX_ARGS];
  LLVMTypeRef types[CALL_MAX_ARGS];
  unsigned count = 0;
  if (info->effects != RTE_NONE || info->raises != RT_RAISES_NEVER) {
    args[count] = lo->ec;
    types[count++] = lo->ptr;
  }
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  for (uint32_t i = 0; i < mx_ir_list_count(lo->fn, ins->list); i++) {
    args[count] = mx_lower_value(lo, refs[i]);
    types[count++] = call_letter(lo, info->operands[i]);
  }
  LLVMTypeRef type = LLVMFunctionType(call_result(lo, info->result), types, count, 0);
  return mx_lower_call_address(lo, lo->hooks->addresses[ins->imm], type, args, count);
}

// A call by the interpreter's protocol: the snapshot's values lie in the buffer, the arguments
// among them, as operands of the innermost frame.
static LLVMValueRef call_guest(Lower *lo, const IrIns *ins) {
  mx_lower_store_snap(lo, ins->snap);
  LLVMTypeRef type =
      LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->ptr, lo->i64, lo->i64, lo->ptr}, 5, 0);
  LLVMValueRef owner = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->job->owner);
  LLVMValueRef args[5] = {lo->ec, lo->frame, owner,
                          mx_lower_word(lo, (uint64_t)ins->snap << JIT_SITE_BITS | ins->imm),
                          lo->out};
  LLVMValueRef value = mx_lower_call_address(lo, (RtFn)lo->hooks->call, type, args, 5);
  call_leave_if(lo, value, VAL_EXC, ins->snap, JIT_LEAVE_RAISED);
  call_leave_if(lo, value, VAL_UNDEF, ins->snap, JIT_LEAVE_LANDED);
  return value;
}

static LLVMValueRef call_new_object(Lower *lo, const IrIns *ins) {
  LLVMTypeRef type = LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->i64}, 2, 0);
  LLVMValueRef args[2] = {lo->ec, mx_lower_word(lo, ins->imm)};
  return mx_lower_call_address(lo, (RtFn)lo->hooks->new_object, type, args, 2);
}

bool mx_lower_call(Lower *lo, const IrIns *ins, LLVMValueRef *result) {
  switch ((IrOp)ins->op) {
  case IR_CALL_RT: *result = call_runtime(lo, ins); return true;
  case IR_CALL_LEAF:
  case IR_CALL_SEND: *result = call_guest(lo, ins); return true;
  case IR_NEW_OBJECT: *result = call_new_object(lo, ins); return true;
  default: return false;
  }
}
