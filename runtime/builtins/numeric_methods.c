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
  return result == VAL_UNDEF ? mx_num_coerce_bin(ec, self, other, op) : result;
}

// Apply an order operator likewise.
static Value relation(ExecCtx *ec, Sym op, Value self, Value other) {
  Value result = mx_num_binary(ec, op, self, other);
  return result == VAL_UNDEF ? mx_num_coerce_relop(ec, self, other, op) : result;
}

Value mx_numeric_m_plus(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_PLUS, self, other);
}

Value mx_numeric_m_minus(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_MINUS, self, other);
}

Value mx_numeric_m_times(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_STAR, self, other);
}

Value mx_numeric_m_divide(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_SLASH, self, other);
}

Value mx_numeric_m_modulo(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_PERCENT, self, other);
}

Value mx_numeric_m_power(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_POW, self, other);
}

Value mx_numeric_m_divmod(ExecCtx *ec, Value self, Value other) {
  return binary(ec, SYM_divmod, self, other);
}

Value mx_numeric_m_less(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_LT, self, other);
}

Value mx_numeric_m_less_equal(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_LE, self, other);
}

Value mx_numeric_m_greater(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_GT, self, other);
}

Value mx_numeric_m_greater_equal(ExecCtx *ec, Value self, Value other) {
  return relation(ec, SYM_GE, self, other);
}

Value mx_numeric_m_compare(ExecCtx *ec, Value self, Value other) {
  Value result = mx_num_binary(ec, SYM_CMP, self, other);
  return result == VAL_UNDEF ? mx_num_coerce_cmp(ec, self, other) : result;
}

Value mx_numeric_m_equal(ExecCtx *ec, Value self, Value other) {
  Value result = mx_num_binary(ec, SYM_EQ, self, other);
  if (result != VAL_UNDEF) return result;
  if (!val_is_heap(other)) return VAL_FALSE;
  result = mx_send1(ec, other, SYM_EQ, self); // the other class may know
  return result == VAL_EXC ? result : val_bool(val_truthy(result));
}

Value mx_numeric_m_negate(ExecCtx *ec, Value self) { return mx_num_negate(ec, self); }

Value mx_numeric_m_eql(ExecCtx *ec, Value self, Value other) {
  return val_bool(mx_num_eql(ec, self, other));
}

Value mx_numeric_m_hash(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_num_hash(ec->vm, self) >> 2);
}

Value mx_numeric_m_to_s(ExecCtx *ec, Value self) { return mx_num_to_s(ec, self); }

// Sign of a real number: -1, 0, 1; 0 for NaN.
static int sign_of(Value v) {
  if (val_is_float(v)) return val_to_double(v) < 0 ? -1 : val_to_double(v) > 0;
  return mx_int_sign(mx_rational_num(v));
}

Value mx_numeric_m_is_zero(ExecCtx *ec, Value self) {
  if (val_is_float(self)) return val_bool(val_to_double(self) == 0);
  return val_bool(sign_of(self) == 0);
}

Value mx_numeric_m_is_positive(ExecCtx *ec, Value self) { return val_bool(sign_of(self) > 0); }

Value mx_numeric_m_is_negative(ExecCtx *ec, Value self) { return val_bool(sign_of(self) < 0); }

Value mx_numeric_m_abs(ExecCtx *ec, Value self) {
  if (val_is_float(self)) return mx_float_new(ec, fabs(val_to_double(self)));
  return sign_of(self) < 0 ? mx_num_negate(ec, self) : self;
}

Value mx_numeric_m_to_f(ExecCtx *ec, Value self) {
  return val_is_float(self) ? self : mx_float_new(ec, mx_num_to_double(ec, self));
}

// The exact value of a finite Float, or FloatDomainError.
static Value exact_of(ExecCtx *ec, Value v) {
  if (!val_is_float(v)) return v;
  double d = val_to_double(v);
  return isfinite(d) ? mx_rational_from_double(ec, d) : mx_int_from_double(ec, d);
}

Value mx_numeric_m_to_r(ExecCtx *ec, Value self) {
  if (val_is_integer(self)) return mx_rational_new(ec, self, val_from_fixnum(1));
  return exact_of(ec, self);
}

Value mx_numeric_m_fdiv(ExecCtx *ec, Value self, Value other) {
  if (!val_is_real(other)) return mx_num_coerce_bin(ec, self, other, mx_sym(ec->vm, "fdiv"));
  bool whole = val_is_integer(self) && val_is_integer(other);
  if (whole && !mx_int_is_zero(self) && !mx_int_is_zero(other)) {
    return mx_float_new(ec, mx_int_fdiv(ec, self, other));
  }
  return mx_float_new(ec, mx_num_to_double(ec, self) / mx_num_to_double(ec, other));
}

// Is it a Float without a fraction form, that answers for itself?
static bool is_endless(Value v) { return val_is_float(v) && !isfinite(val_to_double(v)); }

Value mx_numeric_m_numerator(ExecCtx *ec, Value self) {
  return is_endless(self) ? self : mx_rational_num(exact_of(ec, self));
}

Value mx_numeric_m_denominator(ExecCtx *ec, Value self) {
  return is_endless(self) ? val_from_fixnum(1) : mx_rational_den(exact_of(ec, self));
}

// ---- primitives

// Apply a binary operator (a Symbol) by the coerce protocol.
Value mx_numeric_coerce(ExecCtx *ec, Value self, Value x, Value y, Value op) {
  return mx_num_coerce_bin(ec, x, y, val_to_sym(op));
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

Value mx_numeric_is_builtin_real(ExecCtx *ec, Value self, Value v) {
  return val_bool(val_is_real(v));
}

// Format arguments given as an Array.
Value mx_numeric_format(ExecCtx *ec, Value self, Value fmt, Value args) {
  uint32_t count = mx_array_len(args);
  Value *argv = mx_gc_alloc_words((count + 1) * sizeof *argv);
  mx_array_copy_out(ec, args, argv);
  return mx_format(ec, fmt, (int)count, argv);
}

// Number of steps of a Float range, so that errors of single steps do not add up.
Value mx_numeric_float_step_count(ExecCtx *ec, Value self, Value first, Value last, Value step,
                                  Value exclusive) {
  double from = mx_num_to_double(ec, first), to = mx_num_to_double(ec, last);
  double by = mx_num_to_double(ec, step), n = (to - from) / by;
  if (isinf(by)) return val_from_fixnum(by > 0 ? from <= to : from >= to);
  if (by == 0) return mx_float_new(ec, INFINITY);
  double error = (fabs(from) + fabs(to) + fabs(to - from)) / fabs(by) * 0x1p-52;
  if (error > 0.5) error = 0.5;
  if (n < 0 || isnan(n)) return val_from_fixnum(0);
  if (isinf(n)) return mx_float_new(ec, n);
  if (!val_truthy(exclusive)) return mx_int_from_double(ec, floor(n + error) + 1);
  if (n <= 0) return val_from_fixnum(0);
  double whole = n < 1 ? 0 : floor(n - error);
  bool one_more = by > 0 ? whole * by + from < to : whole * by + from > to;
  return mx_int_from_double(ec, whole + one_more);
}

// The i-th number of a Float range, not beyond its end.
Value mx_numeric_float_step_at(ExecCtx *ec, Value self, Value first, Value last, Value step,
                               Value index) {
  double from = mx_num_to_double(ec, first), to = mx_num_to_double(ec, last);
  double by = mx_num_to_double(ec, step), d = mx_num_to_double(ec, index) * by + from;
  if (!isnan(to) && (by >= 0 ? to < d : to > d)) d = to;
  return mx_float_new(ec, d);
}
