// SPDX-License-Identifier: MIT
// The numeric tower: dispatch of operators by the higher of two kinds, exact mixed comparison,
// hashing. Protocols with user classes are in numeric_coerce.c.
#include "runtime/numeric.h"

#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <math.h>

// Tell the kind of a value.
NumKind mx_num_kind(Value v) {
  if (val_is_fixnum(v)) return NUM_INT;
  if (val_is_flonum(v)) return NUM_FLOAT;
  if (!val_is_heap(v)) return NUM_NONE;
  TypeTag type = val_heap_type(v);
  if (type == T_BIGNUM) return NUM_INT;
  if (type == T_FLOAT) return NUM_FLOAT;
  if (type == T_RATIONAL) return NUM_RATIONAL;
  return type == T_COMPLEX ? NUM_COMPLEX : NUM_NONE;
}

// Round a real number to the nearest double.
double mx_num_to_double(ExecCtx *ec, Value v) {
  switch (mx_num_kind(v)) {
  case NUM_INT: return mx_int_to_double(v);
  case NUM_FLOAT: return val_to_double(v);
  case NUM_RATIONAL:
    if (mx_int_is_zero(mx_rational_num(v))) return 0.0;
    return mx_int_fdiv(ec, mx_rational_num(v), mx_rational_den(v));
  case NUM_COMPLEX:
  case NUM_NONE: break;
  }
  return NAN;
}

// Answer a comparison operator from an order (2: unordered); VAL_UNDEF for other operators.
static Value answer_order(Sym op, int order) {
  bool ordered = order != 2;
  switch (op) {
  case SYM_EQ:
  case SYM_EQQ: return val_bool(order == 0);
  case SYM_NEQ: return val_bool(order != 0);
  case SYM_LT: return val_bool(order < 0);
  case SYM_LE: return val_bool(order <= 0);
  case SYM_GT: return val_bool(ordered && order > 0);
  case SYM_GE: return val_bool(ordered && order >= 0);
  case SYM_CMP: return ordered ? val_from_fixnum(order) : VAL_NIL;
  default: return VAL_UNDEF;
  }
}

// [quotient, rest] of Integers.
static Value int_divmod(ExecCtx *ec, Value a, Value b) {
  Value q, r;
  if (!mx_int_divmod(ec, a, b, &q, &r)) return VAL_EXC;
  return MX_ARRAY_OF(ec, q, r);
}

// Power of Integers; a negative exponent gives a Rational, but of 1 and -1.
static Value int_pow(ExecCtx *ec, Value a, Value b) {
  bool unit = a == val_from_fixnum(1) || a == val_from_fixnum(-1);
  if (!unit && mx_int_is_negative(b)) return mx_rational_pow_int(ec, a, b);
  return mx_int_pow(ec, a, b);
}

// Apply an operator to Integers.
static Value int_binary(ExecCtx *ec, Sym op, Value a, Value b) {
  switch (op) {
  case SYM_PLUS: return mx_int_add(ec, a, b);
  case SYM_MINUS: return mx_int_sub(ec, a, b);
  case SYM_STAR: return mx_int_mul(ec, a, b);
  case SYM_SLASH: return mx_int_div(ec, a, b);
  case SYM_PERCENT: return mx_int_mod(ec, a, b);
  case SYM_POW: return int_pow(ec, a, b);
  case SYM_divmod: return int_divmod(ec, a, b);
  case SYM_AMP: return mx_int_and(ec, a, b);
  case SYM_PIPE: return mx_int_or(ec, a, b);
  case SYM_CARET: return mx_int_xor(ec, a, b);
  case SYM_LSHIFT: return mx_int_shift(ec, a, b, true);
  case SYM_RSHIFT: return mx_int_shift(ec, a, b, false);
  default: return answer_order(op, mx_int_cmp(a, b));
  }
}

// Power of doubles; of a negative base with a broken exponent, a Complex.
static Value float_pow(ExecCtx *ec, double x, double y) {
  if (x < 0 && isfinite(y) && y != round(y)) return mx_complex_polar_pi(ec, pow(-x, y), y);
  return mx_float_new(ec, pow(x, y));
}

// Rest of a floored division.
static Value float_modulo(ExecCtx *ec, double x, double y) {
  if (y == 0) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
  return mx_float_new(ec, mx_float_mod(x, y));
}

// Quotient rounded down, as an Integer, and the rest.
static Value float_divmod(ExecCtx *ec, double x, double y) {
  if (y == 0) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
  double rest = mx_float_mod(x, y);
  if (isinf(x) && !isinf(y)) return mx_int_from_double(ec, x); // raises
  double quotient = isinf(y) && isfinite(x) ? (rest == x ? 0.0 : -1.0) : round((x - rest) / y);
  Value q = mx_int_from_double(ec, quotient);
  return q == VAL_EXC ? q : MX_ARRAY_OF(ec, q, mx_float_new(ec, rest));
}

// Order of two doubles, 2 with a NaN.
static int double_cmp(double x, double y) {
  if (isnan(x) || isnan(y)) return 2;
  return x < y ? -1 : x > y;
}

// Compare real numbers, exactly between Integers and Floats.
int mx_num_cmp(ExecCtx *ec, Value a, Value b) {
  bool fa = val_is_float(a), fb = val_is_float(b);
  if (fa && fb) return double_cmp(val_to_double(a), val_to_double(b));
  if (fb && val_is_integer(a)) return mx_int_cmp_double(a, val_to_double(b));
  if (fa && val_is_integer(b)) {
    int order = mx_int_cmp_double(b, val_to_double(a));
    return order == 2 ? 2 : -order;
  }
  if (fa || fb) return double_cmp(mx_num_to_double(ec, a), mx_num_to_double(ec, b));
  if (val_is_integer(a) && val_is_integer(b)) return mx_int_cmp(a, b);
  return mx_rational_cmp(ec, a, b);
}

// Is it an operator that Rational does not define itself for Floats?
static bool is_inherited_by_rational(Sym op) {
  switch (op) {
  case SYM_PERCENT:
  case SYM_divmod:
  case SYM_LT:
  case SYM_LE:
  case SYM_GT:
  case SYM_GE: return true;
  default: return false;
  }
}

// Apply an operator of which one side is a Float.
static Value float_binary(ExecCtx *ec, Sym op, Value a, Value b) {
  double x = mx_num_to_double(ec, a), y = mx_num_to_double(ec, b);
  if (val_is_rational(a) && is_inherited_by_rational(op)) return VAL_UNDEF;
  switch (op) {
  case SYM_PLUS: return mx_float_new(ec, x + y);
  case SYM_MINUS: return mx_float_new(ec, x - y);
  case SYM_STAR: return mx_float_new(ec, x * y);
  case SYM_SLASH: return mx_float_new(ec, x / y);
  case SYM_PERCENT: return float_modulo(ec, x, y);
  case SYM_POW: return float_pow(ec, x, y);
  case SYM_divmod: return float_divmod(ec, x, y);
  default: return answer_order(op, mx_num_cmp(ec, a, b));
  }
}

// Apply an operator to two built-in numbers.
Value mx_num_binary(ExecCtx *ec, Sym op, Value a, Value b) {
  NumKind ka = mx_num_kind(a), kb = mx_num_kind(b);
  if (ka == NUM_NONE || kb == NUM_NONE) return VAL_UNDEF;
  switch (ka > kb ? ka : kb) {
  case NUM_INT: return int_binary(ec, op, a, b);
  case NUM_RATIONAL: return mx_rational_binary(ec, op, a, b);
  case NUM_FLOAT: return float_binary(ec, op, a, b);
  case NUM_COMPLEX: return mx_complex_binary(ec, op, a, b);
  case NUM_NONE: break;
  }
  return VAL_UNDEF;
}

// Apply an operator to numbers of any class.
Value mx_num_op(ExecCtx *ec, Sym op, Value a, Value b) {
  Value result = mx_num_binary(ec, op, a, b);
  return result == VAL_UNDEF ? mx_op_binary(ec, op, a, b) : result;
}

// Compare kind and value.
bool mx_num_eql(ExecCtx *ec, Value a, Value b) {
  NumKind kind = mx_num_kind(a);
  if (kind != mx_num_kind(b)) return false;
  if (kind == NUM_NONE) return a == b;
  if (kind != NUM_COMPLEX) return mx_num_cmp(ec, a, b) == 0;
  const ComplexObj *x = VAL_CAST(ComplexObj, a), *y = VAL_CAST(ComplexObj, b);
  return mx_num_eql(ec, x->re, y->re) && mx_num_eql(ec, x->im, y->im);
}

// Hash a built-in number.
uint64_t mx_num_hash(VM *vm, Value v) {
  switch (mx_num_kind(v)) {
  case NUM_INT: return mx_int_hash(vm, v);
  case NUM_FLOAT: return mx_float_hash(vm, val_to_double(v));
  case NUM_RATIONAL:
    return mx_hash_mix(mx_int_hash(vm, mx_rational_num(v)), ~mx_int_hash(vm, mx_rational_den(v)));
  case NUM_COMPLEX:
    return mx_hash_mix(mx_num_hash(vm, VAL_CAST(ComplexObj, v)->re),
                       mx_num_hash(vm, VAL_CAST(ComplexObj, v)->im));
  case NUM_NONE: break;
  }
  return mx_hash_mix(vm->hash_seed[0], v);
}

// Change the sign of a number of any class.
Value mx_num_negate(ExecCtx *ec, Value v) {
  switch (mx_num_kind(v)) {
  case NUM_INT: return mx_int_neg(ec, v);
  case NUM_FLOAT: return mx_float_new(ec, -val_to_double(v));
  case NUM_COMPLEX: {
    Value re = mx_num_negate(ec, VAL_CAST(ComplexObj, v)->re);
    return re == VAL_EXC ? re
                         : mx_complex_new(ec, re, mx_num_negate(ec, VAL_CAST(ComplexObj, v)->im));
  }
  case NUM_RATIONAL: return mx_rational_binary(ec, SYM_MINUS, val_from_fixnum(0), v);
  case NUM_NONE: break;
  }
  return mx_send0(ec, v, SYM_UMINUS);
}

// Print a number of any class.
Value mx_num_to_s(ExecCtx *ec, Value v) {
  switch (mx_num_kind(v)) {
  case NUM_INT: return mx_int_to_s(ec, v, 10);
  case NUM_FLOAT: return mx_float_to_s(ec, val_to_double(v));
  case NUM_RATIONAL: {
    Value num = mx_int_to_s(ec, mx_rational_num(v), 10);
    Value den = mx_int_to_s(ec, mx_rational_den(v), 10);
    mx_str_append_bytes(ec, num, "/", 1);
    mx_str_append_bytes(ec, num, mx_str_bytes(den), mx_str_len(den));
    return num;
  }
  case NUM_COMPLEX: return mx_complex_to_s(ec, v, false);
  case NUM_NONE: break;
  }
  return mx_to_s(ec, v);
}
