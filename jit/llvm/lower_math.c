// SPDX-License-Identifier: MIT
// Integers (shifted left by one), doubles, booleans, words, boxes. Nothing here leaves.
#include "runtime/value.h"
#include "jit/llvm/lower.h"

LLVMValueRef mx_lower_number(Lower *lo, LLVMValueRef n) {
  LLVMValueRef number = LLVMBuildAShr(lo->at, n, mx_lower_word(lo, 1), "");
  if (LLVMIsAInstruction(number)) LLVMSetExact(number, 1);
  return number;
}

static LLVMValueRef math_shifted(Lower *lo, LLVMValueRef n) {
  return LLVMBuildShl(lo->at, n, mx_lower_word(lo, 1), "");
}

// Does the remainder of a truncating division need the divisor's sign?
static LLVMValueRef math_off(Lower *lo, LLVMValueRef r, LLVMValueRef y) {
  LLVMValueRef zero = mx_lower_word(lo, 0);
  LLVMValueRef rest = LLVMBuildICmp(lo->at, LLVMIntNE, r, zero, "");
  LLVMValueRef signs = LLVMBuildXor(lo->at, r, y, "");
  LLVMValueRef differ = LLVMBuildICmp(lo->at, LLVMIntSLT, signs, zero, "");
  return LLVMBuildAnd(lo->at, rest, differ, "");
}

// a / b rounded down, on the shifted values: the quotient is the number itself.
static LLVMValueRef math_div(Lower *lo, LLVMValueRef a, LLVMValueRef b) {
  LLVMValueRef q = LLVMBuildSDiv(lo->at, a, b, ""), r = LLVMBuildSRem(lo->at, a, b, "");
  LLVMValueRef off = LLVMBuildZExt(lo->at, math_off(lo, r, b), lo->i64, "");
  return math_shifted(lo, LLVMBuildSub(lo->at, q, off, ""));
}

// a - b * (a / b), on the shifted values: the remainder is shifted, too.
static LLVMValueRef math_mod(Lower *lo, LLVMValueRef a, LLVMValueRef b) {
  LLVMValueRef r = LLVMBuildSRem(lo->at, a, b, "");
  LLVMValueRef fixed = LLVMBuildAdd(lo->at, r, b, "");
  return LLVMBuildSelect(lo->at, math_off(lo, r, b), fixed, r, "");
}

// a >> b for b >= 0, however big.
static LLVMValueRef math_shr(Lower *lo, LLVMValueRef a, LLVMValueRef b) {
  LLVMValueRef most = mx_lower_word(lo, 63), by = mx_lower_number(lo, b);
  LLVMValueRef fits = LLVMBuildICmp(lo->at, LLVMIntULT, by, most, "");
  by = LLVMBuildSelect(lo->at, fits, by, most, "");
  a = LLVMBuildAShr(lo->at, a, by, "");
  return LLVMBuildAnd(lo->at, a, mx_lower_word(lo, ~(uint64_t)1), "");
}

static LLVMValueRef math_icmp(Lower *lo, LLVMIntPredicate p, LLVMValueRef a, LLVMValueRef b) {
  return LLVMBuildICmp(lo->at, p, a, b, "");
}

static LLVMValueRef math_fcmp(Lower *lo, LLVMRealPredicate p, LLVMValueRef a, LLVMValueRef b) {
  return LLVMBuildFCmp(lo->at, p, a, b, "");
}

// A function of one double that LLVM knows.
static LLVMValueRef math_intrinsic(Lower *lo, const char *name, LLVMValueRef d) {
  unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
  LLVMValueRef function = LLVMGetIntrinsicDeclaration(lo->module, id, &lo->f64, 1);
  LLVMTypeRef type = LLVMIntrinsicGetType(lo->cx, id, &lo->f64, 1);
  return LLVMBuildCall2(lo->at, type, function, &d, 1, "");
}

static LLVMValueRef math_truthy(Lower *lo, LLVMValueRef v) {
  v = LLVMBuildAnd(lo->at, v, mx_lower_word(lo, ~(uint64_t)4), "");
  return math_icmp(lo, LLVMIntNE, v, mx_lower_word(lo, 0));
}

static LLVMValueRef math_box_bool(Lower *lo, LLVMValueRef b) {
  return LLVMBuildSelect(lo->at, b, mx_lower_word(lo, VAL_TRUE), mx_lower_word(lo, VAL_FALSE), "");
}

// |d|: the bits without the sign. FastISel does not know llvm.fabs.
static LLVMValueRef math_abs(Lower *lo, LLVMValueRef d) {
  LLVMValueRef bits = LLVMBuildBitCast(lo->at, d, lo->i64, "");
  bits = LLVMBuildAnd(lo->at, bits, mx_lower_word(lo, INT64_MAX), "");
  return LLVMBuildBitCast(lo->at, bits, lo->f64, "");
}

// One of two values. FastISel selects no BOOLs.
static LLVMValueRef math_select(Lower *lo, const IrIns *ins, LLVMValueRef which, LLVMValueRef a) {
  LLVMValueRef b = mx_lower_value(lo, ins->a[2]);
  if (ins->type != IRT_BOOL) return LLVMBuildSelect(lo->at, which, a, b, "");
  b = LLVMBuildAnd(lo->at, LLVMBuildNot(lo->at, which, ""), b, "");
  return LLVMBuildOr(lo->at, LLVMBuildAnd(lo->at, which, a, ""), b, "");
}

// On Integers and words.
static LLVMValueRef math_ints(Lower *lo, const IrIns *ins, LLVMValueRef a, LLVMValueRef b) {
  switch ((IrOp)ins->op) {
  case IR_ADD: return LLVMBuildNSWAdd(lo->at, a, b, "");
  case IR_SUB: return LLVMBuildNSWSub(lo->at, a, b, "");
  case IR_MUL: return LLVMBuildNSWMul(lo->at, a, mx_lower_number(lo, b), "");
  case IR_NEG: return LLVMBuildNSWNeg(lo->at, a, "");
  case IR_DIV: return math_div(lo, a, b);
  case IR_MOD: return math_mod(lo, a, b);
  case IR_AND:
  case IR_WAND: return LLVMBuildAnd(lo->at, a, b, "");
  case IR_OR: return LLVMBuildOr(lo->at, a, b, "");
  case IR_XOR: return LLVMBuildXor(lo->at, a, b, "");
  case IR_SHL: return LLVMBuildShl(lo->at, a, mx_lower_number(lo, b), "");
  case IR_SHR: return math_shr(lo, a, b);
  case IR_WADD: return LLVMBuildAdd(lo->at, a, b, "");
  case IR_EQ:
  case IR_WEQ:
  case IR_SAME: return math_icmp(lo, LLVMIntEQ, a, b);
  case IR_NE: return math_icmp(lo, LLVMIntNE, a, b);
  case IR_LT: return math_icmp(lo, LLVMIntSLT, a, b);
  case IR_LE: return math_icmp(lo, LLVMIntSLE, a, b);
  case IR_GT: return math_icmp(lo, LLVMIntSGT, a, b);
  case IR_GE: return math_icmp(lo, LLVMIntSGE, a, b);
  case IR_BELOW:
  case IR_WBELOW: return math_icmp(lo, LLVMIntULT, a, b);
  default: return NULL;
  }
}

static LLVMValueRef math_doubles(Lower *lo, const IrIns *ins, LLVMValueRef a, LLVMValueRef b) {
  switch ((IrOp)ins->op) {
  case IR_FADD: return LLVMBuildFAdd(lo->at, a, b, "");
  case IR_FSUB: return LLVMBuildFSub(lo->at, a, b, "");
  case IR_FMUL: return LLVMBuildFMul(lo->at, a, b, "");
  case IR_FDIV: return LLVMBuildFDiv(lo->at, a, b, "");
  case IR_FNEG: return LLVMBuildFNeg(lo->at, a, "");
  case IR_FABS: return math_abs(lo, a);
  case IR_FSQRT: return math_intrinsic(lo, "llvm.sqrt", a);
  case IR_FEQ: return math_fcmp(lo, LLVMRealOEQ, a, b);
  case IR_FNE: return math_fcmp(lo, LLVMRealUNE, a, b);
  case IR_FLT: return math_fcmp(lo, LLVMRealOLT, a, b);
  case IR_FLE: return math_fcmp(lo, LLVMRealOLE, a, b);
  case IR_FGT: return math_fcmp(lo, LLVMRealOGT, a, b);
  case IR_FGE: return math_fcmp(lo, LLVMRealOGE, a, b);
  default: return NULL;
  }
}

static LLVMValueRef math_conversions(Lower *lo, const IrIns *ins, LLVMValueRef a) {
  switch ((IrOp)ins->op) {
  case IR_INT_TO_DOUBLE: return LLVMBuildSIToFP(lo->at, mx_lower_number(lo, a), lo->f64, "");
  case IR_NOT: return LLVMBuildNot(lo->at, a, "");
  case IR_TRUTHY: return math_truthy(lo, a);
  case IR_IS_NIL: return math_icmp(lo, LLVMIntEQ, a, mx_lower_word(lo, VAL_NIL));
  case IR_OFFSET: return LLVMBuildPtrToInt(lo->at, mx_lower_address(lo, a, ins->imm), lo->i64, "");
  case IR_IS_INT: return LLVMBuildTrunc(lo->at, a, lo->i1, "");
  case IR_WORD_TO_INT: return math_shifted(lo, a);
  case IR_BOX_INT: return LLVMBuildOr(lo->at, a, mx_lower_word(lo, 1), "");
  case IR_BOX_BOOL: return math_box_bool(lo, a);
  case IR_BOX_DOUBLE: return mx_lower_box_double(lo, a);
  case IR_AS_VAL:
  case IR_AS_OBJ: return a;
  default: MX_UNREACHABLE();
  }
}

LLVMValueRef mx_lower_math(Lower *lo, const IrIns *ins) {
  LLVMValueRef a = ins->a[0] ? mx_lower_value(lo, ins->a[0]) : NULL;
  LLVMValueRef b = ins->a[1] ? mx_lower_value(lo, ins->a[1]) : NULL;
  if (ins->op == IR_SELECT) return math_select(lo, ins, a, b);
  LLVMValueRef result = math_ints(lo, ins, a, b);
  if (!result) result = math_doubles(lo, ins, a, b);
  return result ? result : math_conversions(lo, ins, a);
}
