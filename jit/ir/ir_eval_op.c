// SPDX-License-Identifier: MIT
// The meaning of the ops that depend on nothing but their operands.
#include "runtime/value.h"
#include "jit/ir/ir_eval.h"

#include <math.h>

// ---- words

// The double of a word.
static double op_double(uint64_t word) {
  double d;
  memcpy(&d, &word, sizeof d);
  return d;
}

// Give a double.
static IrEvalWay op_give_double(double d, uint64_t *result) {
  memcpy(result, &d, sizeof d);
  return IR_EVAL_VALUE;
}

// Give a word.
static IrEvalWay op_give(uint64_t word, uint64_t *result) {
  *result = word;
  return IR_EVAL_VALUE;
}

// Does an Integer fit the width?
static bool op_fits(__int128 n, uint32_t bits) {
  __int128 most = ((__int128)1 << (bits - 1)) - 1;
  return n <= most && n >= -most - 1;
}

// Give an Integer, or end another way when it does not fit.
static IrEvalWay op_give_int(__int128 n, uint32_t bits, IrEvalWay otherwise, uint64_t *result) {
  if (!op_fits(n, bits)) return otherwise;
  return op_give((uint64_t)(int64_t)n, result);
}

// ---- groups of ops

// The quotient rounded down, or the remainder that has the sign of b.
static IrEvalWay op_divide(IrOp op, int64_t a, int64_t b, uint32_t bits, uint64_t *result) {
  if (b == 0) return IR_EVAL_UNDEFINED;
  if (b == -1) {
    __int128 quotient = op == IR_DIV ? -(__int128)a : 0;
    return op_give_int(quotient, bits, IR_EVAL_UNDEFINED, result);
  }
  int64_t quotient = a / b, rest = a % b;
  bool down = rest != 0 && (rest < 0) != (b < 0);
  return op_give((uint64_t)(op == IR_DIV ? quotient - down : rest + (down ? b : 0)), result);
}

// A shift to the left.
static IrEvalWay op_shift(int64_t a, int64_t b, uint32_t bits, IrEvalWay otherwise,
                          uint64_t *result) {
  if (b < 0 || b >= IR_EVAL_BITS) return otherwise;
  return op_give_int((__int128)a * ((__int128)1 << b), bits, otherwise, result);
}

// Arithmetic of Integers.
static IrEvalWay op_integer(IrOp op, int64_t a, int64_t b, uint32_t bits, uint64_t *result) {
  const IrEvalWay unknown = IR_EVAL_UNDEFINED, leaves = IR_EVAL_LEAVES;
  switch ((int)op) {
  case IR_ADD: return op_give_int((__int128)a + b, bits, unknown, result);
  case IR_SUB: return op_give_int((__int128)a - b, bits, unknown, result);
  case IR_MUL: return op_give_int((__int128)a * b, bits, unknown, result);
  case IR_NEG: return op_give_int(-(__int128)a, bits, unknown, result);
  case IR_ADD_OV: return op_give_int((__int128)a + b, bits, leaves, result);
  case IR_SUB_OV: return op_give_int((__int128)a - b, bits, leaves, result);
  case IR_MUL_OV: return op_give_int((__int128)a * b, bits, leaves, result);
  case IR_DIV:
  case IR_MOD: return op_divide(op, a, b, bits, result);
  case IR_AND: return op_give((uint64_t)(a & b), result);
  case IR_OR: return op_give((uint64_t)(a | b), result);
  case IR_XOR: return op_give((uint64_t)(a ^ b), result);
  case IR_SHL: return op_shift(a, b, bits, unknown, result);
  case IR_SHL_OV: return op_shift(a, b, bits, leaves, result);
  case IR_SHR:
    if (b < 0) return unknown;
    return op_give((uint64_t)(a >> (b > 62 ? 62 : b)), result);
  default: MX_UNREACHABLE();
  }
}

// Comparisons of Integers.
static IrEvalWay op_compare(IrOp op, int64_t a, int64_t b, uint64_t *result) {
  switch ((int)op) {
  case IR_EQ: return op_give(a == b, result);
  case IR_NE: return op_give(a != b, result);
  case IR_LT: return op_give(a < b, result);
  case IR_LE: return op_give(a <= b, result);
  case IR_GT: return op_give(a > b, result);
  case IR_GE: return op_give(a >= b, result);
  case IR_BELOW: return b < 0 ? IR_EVAL_UNDEFINED : op_give(a >= 0 && a < b, result);
  default: MX_UNREACHABLE();
  }
}

// Arithmetic and comparisons of doubles.
static IrEvalWay op_float(IrOp op, double a, double b, uint32_t bits, uint64_t *result) {
  switch ((int)op) {
  case IR_FADD: return op_give_double(a + b, result);
  case IR_FSUB: return op_give_double(a - b, result);
  case IR_FMUL: return op_give_double(a * b, result);
  case IR_FDIV: return op_give_double(a / b, result);
  case IR_FNEG: return op_give_double(-a, result);
  case IR_FABS: return op_give_double(fabs(a), result);
  case IR_FSQRT: return op_give_double(sqrt(a), result);
  case IR_FEQ: return op_give(a == b, result);
  case IR_FNE: return op_give(a != b, result);
  case IR_FLT: return op_give(a < b, result);
  case IR_FLE: return op_give(a <= b, result);
  case IR_FGT: return op_give(a > b, result);
  case IR_FGE: return op_give(a >= b, result);
  case IR_DOUBLE_TO_INT:
    if (!(fabs(a) < 0x1p62))
      return a == -0x1p62 && bits == IR_EVAL_BITS ? op_give((uint64_t)FIXNUM_MIN, result)
                                                  : IR_EVAL_LEAVES;
    return op_give_int((int64_t)a, bits, IR_EVAL_LEAVES, result);
  default: MX_UNREACHABLE();
  }
}

// Words and truth.
static IrEvalWay op_word(IrOp op, const uint64_t *w, uint32_t bits, uint64_t *result) {
  switch ((int)op) {
  case IR_WADD: return op_give(w[0] + w[1], result);
  case IR_WAND: return op_give(w[0] & w[1], result);
  case IR_WEQ: return op_give(w[0] == w[1], result);
  case IR_WBELOW: return op_give(w[0] < w[1], result);
  case IR_WORD_TO_INT: return w[0] >> (bits - 1) ? IR_EVAL_UNDEFINED : op_give(w[0], result);
  case IR_INT_TO_DOUBLE: return op_give_double((double)(int64_t)w[0], result);
  case IR_NOT: return op_give(!w[0], result);
  case IR_SELECT: return op_give(w[0] ? w[1] : w[2], result);
  case IR_TRUTHY: return op_give(val_truthy(w[0]), result);
  case IR_IS_NIL: return op_give(val_is_nil(w[0]), result);
  case IR_IS_INT: return op_give(val_is_fixnum(w[0]), result);
  case IR_SAME: return op_give(w[0] == w[1], result);
  default: MX_UNREACHABLE();
  }
}

// The double of a Value; a boxed one depends on memory.
static IrEvalWay op_guard_double(Value v, uint64_t *result) {
  if (val_is_flonum(v)) return op_give_double(val_to_flonum(v), result);
  return val_is_heap(v) ? IR_EVAL_MEMORY : IR_EVAL_LEAVES;
}

// Boxes.
static IrEvalWay op_box(IrOp op, uint64_t w, uint64_t *result) {
  switch ((int)op) {
  case IR_BOX_INT: return op_give(val_from_fixnum((int64_t)w), result);
  case IR_BOX_BOOL: return op_give(val_bool(w != 0), result);
  case IR_BOX_DOUBLE: return val_from_flonum(op_double(w), result) ? IR_EVAL_VALUE : IR_EVAL_MEMORY;
  case IR_AS_VAL: return op_give(w, result);
  case IR_AS_OBJ: return val_is_heap(w) ? op_give(w, result) : IR_EVAL_UNDEFINED;
  default: MX_UNREACHABLE();
  }
}

// Guards that read no memory.
static IrEvalWay op_guard(IrOp op, const uint64_t *w, uint64_t *result) {
  const IrEvalWay leaves = IR_EVAL_LEAVES;
  switch ((int)op) {
  case IR_GUARD_INT:
    return val_is_fixnum(w[0]) ? op_give((uint64_t)val_to_fixnum(w[0]), result) : leaves;
  case IR_GUARD_DOUBLE: return op_guard_double(w[0], result);
  case IR_GUARD_OBJ: return val_is_heap(w[0]) ? op_give(w[0], result) : leaves;
  case IR_GUARD_SPECIAL: {
    bool special = !val_is_fixnum(w[0]) && !val_is_flonum(w[0]) && !val_is_heap(w[0]);
    return special ? op_give(w[0], result) : leaves;
  }
  case IR_GUARD_SYMBOL: return val_is_symbol(w[0]) ? op_give(w[0], result) : leaves;
  case IR_GUARD_NOT_DOUBLE:
    if (val_is_flonum(w[0])) return leaves;
    return val_is_heap(w[0]) ? IR_EVAL_MEMORY : op_give(w[0], result);
  case IR_GUARD_SAME: return w[0] == w[1] ? op_give(w[1], result) : leaves;
  case IR_GUARD_TRUE: return w[0] ? op_give(0, result) : leaves;
  case IR_GUARD_FALSE: return w[0] ? leaves : op_give(0, result);
  default: return IR_EVAL_MEMORY;
  }
}

// Evaluate an op that needs nothing but its operands' words.
IrEvalWay mx_ir_eval_op(IrOp op, const uint64_t *words, uint32_t bits, uint64_t *result) {
  if (op >= IR_ADD && op <= IR_SHR)
    return op_integer(op, (int64_t)words[0], (int64_t)words[1], bits, result);
  if (op >= IR_EQ && op <= IR_BELOW)
    return op_compare(op, (int64_t)words[0], (int64_t)words[1], result);
  if ((op >= IR_FADD && op <= IR_FGE) || op == IR_DOUBLE_TO_INT)
    return op_float(op, op_double(words[0]), op_double(words[1]), bits, result);
  if (op >= IR_INT_TO_DOUBLE && op <= IR_WORD_TO_INT) return op_word(op, words, bits, result);
  if (op >= IR_BOX_INT && op <= IR_AS_OBJ) return op_box(op, words[0], result);
  if (op >= IR_GUARD_INT && op <= IR_GUARD_FALSE) return op_guard(op, words, result);
  return IR_EVAL_MEMORY;
}

static_assert(IR_NEG - IR_ADD == 3 && IR_SHR - IR_ADD == 14, "arithmetic of Integers");
static_assert(IR_BELOW - IR_EQ == 6 && IR_FGE - IR_FADD == 12, "comparisons, doubles");
static_assert(IR_DOUBLE_TO_INT == IR_INT_TO_DOUBLE + 1, "conversions");
static_assert(IR_WORD_TO_INT - IR_NOT == 10 && IR_AS_OBJ - IR_BOX_INT == 4, "words, boxes");
static_assert(IR_GUARD_FALSE - IR_GUARD_INT == 9, "guards");
