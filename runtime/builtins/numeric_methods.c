// SPDX-License-Identifier: MIT
// Methods that Integer, Float, Rational and Complex share: operators over the numeric tower.
#include "runtime/array.h"
#include "runtime/format.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <math.h>

// Apply an operator, through coerce when the other operand is no built-in number.
static Value binary(ExecCtx *ec, Sym op, Value self, Value other) {
  Value result = mx_num_binary(ec, op, self, other);
  if (result != VAL_UNDEF) return result;
  if (!val_is_complex(self)) return mx_num_coerce_bin(ec, self, other, op);
  return mx_send2(ec, self, mx_sym(ec->vm, "__with_other"), other, val_from_sym(op));
}

// Apply an order operator likewise.
static Value relation(ExecCtx *ec, Sym op, Value self, Value other) {
  Value result = mx_num_binary(ec, op, self, other);
  return result == VAL_UNDEF ? mx_num_coerce_relop(ec, self, other, op) : result;
}

// number + other
Value mx_numeric_m_plus(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_PLUS, self, other);
}

// number - other
Value mx_numeric_m_minus(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_MINUS, self, other);
}

// number * other
Value mx_numeric_m_times(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_STAR, self, other);
}

// number / other
Value mx_numeric_m_divide(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_SLASH, self, other);
}

// number % other
Value mx_numeric_m_modulo(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_PERCENT, self, other);
}

// number ** other
Value mx_numeric_m_power(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_POW, self, other);
}

// number.divmod(other)
Value mx_numeric_m_divmod(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_divmod, self, other);
}

// number < other
Value mx_numeric_m_less(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_LT, self, other);
}

// number <= other
Value mx_numeric_m_less_equal(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_LE, self, other);
}

// number > other
Value mx_numeric_m_greater(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_GT, self, other);
}

// number >= other
Value mx_numeric_m_greater_equal(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_GE, self, other);
}

// Order of an infinite Float and an object that may say `infinite?` itself; VAL_UNDEF if not.
static Value compare_infinite(ExecCtx *ec, double self, Value other) {
  Value sign = mx_send_if(ec, other, mx_sym(ec->vm, "infinite?"), 0, NULL);
  if (sign == VAL_EXC || sign == VAL_UNDEF) return sign;
  int side = self < 0 ? -1 : 1;
  if (!val_truthy(sign)) return val_from_fixnum(side);
  Value same = mx_num_op(ec, side < 0 ? SYM_LT : SYM_GT, sign, val_from_fixnum(0));
  return same == VAL_EXC ? same : val_from_fixnum(val_truthy(same) ? 0 : side);
}

// number <=> other
Value mx_numeric_m_compare(ExecCtx *ec, Value self, Value other) {
  Value result = mx_num_binary(ec, SYM_CMP, self, other);
  if (result == VAL_UNDEF && val_is_float(self) && isinf(val_to_double(self))) {
    result = compare_infinite(ec, val_to_double(self), other);
  }
  return result == VAL_UNDEF ? mx_num_coerce_cmp(ec, self, other) : result;
}

// number == other
Value mx_numeric_m_equal(ExecCtx *ec, Value self, Value other) {
  Value result = mx_num_binary(ec, SYM_EQ, self, other);
  if (result != VAL_UNDEF) return result;
  if (!val_is_heap(other)) return VAL_FALSE;
  result = val_is_complex(self) ? mx_send1(ec, self, mx_sym(ec->vm, "__equal_other?"), other)
                                : mx_send1(ec, other, SYM_EQ, self); // the other class may know
  return result == VAL_EXC ? result : val_bool(val_truthy(result));
}

// -number
Value mx_numeric_m_negate(ExecCtx *ec, Value self) { return mx_num_negate(ec, self); }

// number.eql?(other)
Value mx_numeric_m_eql(ExecCtx *ec, Value self, Value other) {
  return val_bool(mx_num_eql(ec, self, other));
}

// number.hash
Value mx_numeric_m_hash(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_num_hash(ec->vm, self) >> 2);
}

// number.to_s
Value mx_numeric_m_to_s(ExecCtx *ec, Value self) { return mx_num_to_s(ec, self); }

// Sign of a real number: -1, 0, 1; 0 for NaN.
static int sign_of(Value v) {
  if (val_is_float(v)) return val_to_double(v) < 0 ? -1 : val_to_double(v) > 0;
  return mx_int_sign(mx_rational_num(v));
}

// number.zero?
Value mx_numeric_m_is_zero(ExecCtx *ec, Value self) {
  if (val_is_float(self)) return val_bool(val_to_double(self) == 0);
  return val_bool(sign_of(self) == 0);
}

// number.positive?
Value mx_numeric_m_is_positive(ExecCtx *ec, Value self) { return val_bool(sign_of(self) > 0); }

// number.negative?
Value mx_numeric_m_is_negative(ExecCtx *ec, Value self) { return val_bool(sign_of(self) < 0); }

// number.abs
Value mx_numeric_m_abs(ExecCtx *ec, Value self) {
  if (val_is_float(self)) return mx_float_new(ec, fabs(val_to_double(self)));
  return sign_of(self) < 0 ? mx_num_negate(ec, self) : self;
}

// number.to_f
Value mx_numeric_m_to_f(ExecCtx *ec, Value self) {
  return val_is_float(self) ? self : mx_float_new(ec, mx_num_to_double(ec, self));
}

// The exact value of a finite Float, or FloatDomainError.
static Value exact_of(ExecCtx *ec, Value v) {
  if (!val_is_float(v)) return v;
  double d = val_to_double(v);
  return isfinite(d) ? mx_rational_from_double(ec, d) : mx_int_from_double(ec, d);
}

// number.to_r
Value mx_numeric_m_to_r(ExecCtx *ec, Value self) {
  if (val_is_integer(self)) return mx_rational_new(ec, self, val_from_fixnum(1));
  return exact_of(ec, self);
}

// Quotient of exact numbers as a double, rounded once.
static Value fdiv_exact(ExecCtx *ec, Value a, Value b) {
  if (val_is_integer(a) && val_is_integer(b) && !mx_int_is_zero(a)) {
    return mx_float_new(ec, mx_int_fdiv(ec, a, b));
  }
  Value quotient = mx_rational_binary(ec, SYM_SLASH, a, b);
  return quotient == VAL_EXC ? quotient : mx_float_new(ec, mx_num_to_double(ec, quotient));
}

// number.fdiv(other)
Value mx_numeric_m_fdiv(ExecCtx *ec, Value self, Value other) {
  if (!val_is_real(other)) {
    Value result = mx_num_coerce_bin(ec, self, other, mx_sym(ec->vm, "fdiv"));
    double d; // exact numbers answer a Float in any case
    if (result == VAL_EXC || val_is_float(self)) return result;
    return mx_to_double(ec, result, &d) ? mx_float_new(ec, d) : VAL_EXC;
  }
  bool exact = !val_is_float(self) && !val_is_float(other);
  if (exact && !mx_int_is_zero(mx_rational_num(other))) return fdiv_exact(ec, self, other);
  return mx_float_new(ec, mx_num_to_double(ec, self) / mx_num_to_double(ec, other));
}

// Is it a Float without a fraction form, that answers for itself?
static bool is_endless(Value v) { return val_is_float(v) && !isfinite(val_to_double(v)); }

// number.numerator
Value mx_numeric_m_numerator(ExecCtx *ec, Value self) {
  return is_endless(self) ? self : mx_rational_num(exact_of(ec, self));
}

// number.denominator
Value mx_numeric_m_denominator(ExecCtx *ec, Value self) {
  return is_endless(self) ? val_from_fixnum(1) : mx_rational_den(exact_of(ec, self));
}

// ---- primitives

// Apply a binary operator (a Symbol) by the coerce protocol.
Value mx_numeric_coerce(ExecCtx *ec, Value self, Value x, Value y, Value op) {
  return mx_num_coerce_bin(ec, x, y, val_to_sym(op));
}

// What y.coerce(x) gives; TypeError when y has none.
Value mx_numeric_coerce_pair(ExecCtx *ec, Value self, Value x, Value y) {
  Value pair[2];
  return mx_num_coerce_pair(ec, x, y, pair) ? MX_ARRAY_OF(ec, pair[0], pair[1]) : VAL_EXC;
}

// Raise "comparison of X with Y failed".
Value mx_numeric_compare_failed(ExecCtx *ec, Value self, Value x, Value y) {
  return mx_num_compare_failed(ec, x, y);
}

// Convert as Math functions do.
Value mx_numeric_to_float(ExecCtx *ec, Value self, Value v) {
  double d;
  return mx_to_double(ec, v, &d) ? mx_float_new(ec, d) : VAL_EXC;
}

// Is it an Integer, Rational or Float?
Value mx_numeric_is_builtin_real(ExecCtx *ec, Value self, Value v) {
  return val_bool(val_is_real(v));
}

// Refuse an option that is neither true nor false.
Value mx_numeric_check_boolean(ExecCtx *ec, Value self, Value name, Value v) {
  if (v == VAL_TRUE || v == VAL_FALSE) return VAL_NIL;
  const char *option = mx_sym_text(&ec->vm->symtab, val_to_sym(name));
  return mx_raise_arg(ec, "expected true or false as %s: %V", option, v);
}

// Kernel.sprintf(...)
Value mx_kernel_sprintf(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return mx_format(ec, argv[0], argc - 1, argv + 1);
}
