// SPDX-License-Identifier: MIT
// Loads and stores. What kind of memory each touches is told to LLVM by its alias metadata.
#include "jit/llvm/lower.h"

// Address of element i of a buffer, of words if `shift`. Since nothing is lost when the index is
// shifted back, LLVM addresses words by the INT times 4.
static LLVMValueRef memory_element(Lower *lo, const IrIns *ins, unsigned shift) {
  LLVMValueRef i = mx_lower_number(lo, mx_lower_value(lo, ins->a[1]));
  LLVMTypeRef type = shift ? lo->i64 : LLVMInt8TypeInContext(lo->cx);
  LLVMValueRef base = mx_lower_pointer(lo, mx_lower_value(lo, ins->a[0]));
  return LLVMBuildGEP2(lo->at, type, base, &i, 1, "");
}

// The captured locals of an Env.
static LLVMValueRef memory_slots(Lower *lo, const IrIns *ins) {
  return mx_lower_field(lo, mx_lower_value(lo, ins->a[0]), IRF_ENV_SLOTS);
}

// An INT in the form in which memory has it, tagged.
static LLVMValueRef memory_tagged(Lower *lo, IrRef ref) {
  return LLVMBuildOr(lo->at, mx_lower_value(lo, ref), mx_lower_word(lo, 1), "");
}

static LLVMValueRef memory_untagged(Lower *lo, LLVMValueRef v) {
  return LLVMBuildXor(lo->at, v, mx_lower_word(lo, 1), "");
}

// Store a field; short ones are cut.
static void memory_store_field(Lower *lo, const IrIns *ins) {
  const IrFieldInfo *info = mx_ir_field_info((IrField)ins->imm);
  LLVMValueRef value = mx_lower_value(lo, ins->a[1]);
  if (info->bytes < 8)
    value = LLVMBuildTrunc(lo->at, value, LLVMIntTypeInContext(lo->cx, info->bytes * 8), "");
  // A signal handler that comes in between (--profile) finds the record complete. Code that is made
  // quickly keeps the order anyway, and FastISel knows no fences.
  if (ins->imm == IRF_EC_FRAME && !lo->job->budget)
    LLVMBuildFence(lo->at, LLVMAtomicOrderingRelease, 1, "");
  mx_lower_store(lo, value, mx_lower_value(lo, ins->a[0]), lo->hooks->offsets[ins->imm],
                 LOWER_FIELD + ins->imm);
}

// A local of the outermost frame, wherever its locals are, or a word of the VM stack from its Frame
// on, where those of the other frames are that the region is entered with.
static LLVMValueRef memory_home(Lower *lo, uint32_t at) {
  uint32_t homes = lo->fn->homes;
  LLVMValueRef base = at < homes ? lo->homes : lo->frame;
  return mx_lower_load(lo, lo->i64, base, (at < homes ? at : at - homes) * sizeof(uint64_t),
                       LOWER_HOME);
}

static bool memory_load(Lower *lo, const IrIns *ins, LLVMValueRef *result) {
  uint64_t at = (uint64_t)ins->imm, word = at * sizeof(uint64_t);
  LLVMValueRef a = ins->a[0] ? mx_lower_value(lo, ins->a[0]) : NULL, v;
  switch ((IrOp)ins->op) {
  case IR_HOME_LOAD: *result = memory_home(lo, ins->imm); break;
  case IR_UPVAL_LOAD:
    *result = mx_lower_load(lo, lo->i64, memory_slots(lo, ins), word, LOWER_HOME);
    break;
  case IR_FIELD_LOAD: *result = mx_lower_field(lo, a, (IrField)ins->imm); break;
  case IR_IVAR_LOAD: *result = mx_lower_load(lo, lo->i64, a, at, LOWER_IVAR); break;
  case IR_IVAR_LOAD_DOUBLE: *result = mx_lower_load(lo, lo->f64, a, at, LOWER_IVAR); break;
  case IR_ELEM_LOAD:
    *result = mx_lower_load(lo, lo->i64, memory_element(lo, ins, 3), 0, LOWER_ELEM);
    break;
  case IR_ELEM_LOAD_INT:
    v = mx_lower_load(lo, lo->i64, memory_element(lo, ins, 3), 0, LOWER_ELEM);
    *result = memory_untagged(lo, v);
    break;
  case IR_ELEM_LOAD_DOUBLE:
    *result = mx_lower_load(lo, lo->f64, memory_element(lo, ins, 3), 0, LOWER_ELEM);
    break;
  case IR_BYTE_LOAD:
    v = mx_lower_load(lo, LLVMInt8TypeInContext(lo->cx), memory_element(lo, ins, 0), 0, LOWER_ELEM);
    v = LLVMBuildZExt(lo->at, v, lo->i64, "");
    *result = LLVMBuildShl(lo->at, v, mx_lower_word(lo, 1), "");
    break;
  default: return false;
  }
  return true;
}

static bool memory_store(Lower *lo, const IrIns *ins) {
  uint64_t at = (uint64_t)ins->imm, word = at * sizeof(uint64_t);
  switch ((IrOp)ins->op) {
  case IR_HOME_STORE:
    mx_lower_store(lo, mx_lower_value(lo, ins->a[0]), lo->homes, word, LOWER_HOME);
    break;
  case IR_UPVAL_STORE:
    mx_lower_store(lo, mx_lower_value(lo, ins->a[1]), memory_slots(lo, ins), word, LOWER_HOME);
    break;
  case IR_FIELD_STORE: memory_store_field(lo, ins); break;
  case IR_SHAPE_STORE:
    mx_lower_store(lo, LLVMConstInt(lo->i32, ins->imm, 0), mx_lower_value(lo, ins->a[0]),
                   lo->hooks->offsets[IRF_SHAPE], LOWER_FIELD + IRF_SHAPE);
    break;
  case IR_IVAR_STORE:
  case IR_IVAR_STORE_DOUBLE:
    mx_lower_store(lo, mx_lower_value(lo, ins->a[1]), mx_lower_value(lo, ins->a[0]), at,
                   LOWER_IVAR);
    break;
  case IR_ELEM_STORE:
  case IR_ELEM_STORE_DOUBLE:
    mx_lower_store(lo, mx_lower_value(lo, ins->a[2]), memory_element(lo, ins, 3), 0, LOWER_ELEM);
    break;
  case IR_ELEM_STORE_INT:
    mx_lower_store(lo, memory_tagged(lo, ins->a[2]), memory_element(lo, ins, 3), 0, LOWER_ELEM);
    break;
  default: return false;
  }
  return true;
}

bool mx_lower_memory(Lower *lo, const IrIns *ins, LLVMValueRef *result) {
  return memory_load(lo, ins, result) || memory_store(lo, ins);
}
