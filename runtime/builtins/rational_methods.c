// SPDX-License-Identifier: MIT
// Rational and Complex: leaves under core/rational.mx and core/complex.mx.
#include "runtime/array.h"
#include "runtime/complex.h"
#include "runtime/numeric.h"
#include "runtime/rational.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/integer_round.h"
#include "runtime/builtins/rows.h"

// rational.inspect
Value mx_rational_m_inspect(ExecCtx *ec, Value self) {
  Value text = mx_num_to_s(ec, self);
  return mx_str_printf(ec, "(%.*s)", (int)mx_str_len(text), mx_str_bytes(text));
}

// Exact value of a real number; VAL_EXC for infinite Floats and other values.
static Value exact(ExecCtx *ec, Value v) {
  if (val_is_real(v)) return mx_numeric_m_to_r(ec, v);
  return mx_check_convert(ec, v, ec->vm->cls.Rational, SYM_to_r);
}

// rational.rationalize(eps = ...)
Value mx_rational_m_rationalize(ExecCtx *ec, Value self, Value eps) {
  if (eps == VAL_UNDEF) return self;
  Value radius = exact(ec, eps);
  if (radius == VAL_EXC) return radius;
  if (val_is_nil(radius)) return mx_raise_no_conversion(ec, eps, "Rational");
  if (mx_int_is_negative(mx_rational_num(radius))) radius = mx_num_negate(ec, radius);
  bool negative = mx_int_is_negative(mx_rational_num(self));
  Value center = radius == VAL_EXC || !negative ? self : mx_num_negate(ec, self);
  if (radius == VAL_EXC || center == VAL_EXC) return VAL_EXC;
  Value low = mx_rational_binary(ec, SYM_MINUS, center, radius);
  Value high = low == VAL_EXC ? low : mx_rational_binary(ec, SYM_PLUS, center, radius);
  Value found = high == VAL_EXC ? high : mx_rational_simplest(ec, low, high);
  return found == VAL_EXC || !negative ? found : mx_num_negate(ec, found);
}

// Make num/den of two Integers.
Value mx_rational_make_new(ExecCtx *ec, Value self, Value num, Value den) {
  return mx_rational_new(ec, num, den);
}

// Round an exact number to an Integer.
Value mx_rational_round_whole(ExecCtx *ec, Value v, RoundMode mode) {
  Value den = mx_rational_den(v), q, r;
  if (!mx_int_divmod(ec, mx_rational_num(v), den, &q, &r)) return VAL_EXC;
  bool negative = mx_int_is_negative(mx_rational_num(v)), up = false;
  int order = mx_int_cmp(mx_int_add(ec, r, r), den);
  switch (mode) {
  case ROUND_FLOOR: break;
  case ROUND_CEIL: up = !mx_int_is_zero(r); break;
  case ROUND_TRUNCATE: up = negative && !mx_int_is_zero(r); break;
  case ROUND_HALF_UP: up = order > 0 || (order == 0 && !negative); break;
  case ROUND_HALF_EVEN: up = order > 0 || (order == 0 && !mx_int_is_even(q)); break;
  case ROUND_HALF_DOWN: up = order > 0 || (order == 0 && negative); break;
  }
  return up ? mx_int_add(ec, q, val_from_fixnum(1)) : q;
}

// Round to so many digits; undefined, or none, to an Integer.
static Value round_digits(ExecCtx *ec, Value v, Value digits, RoundMode mode) {
  int64_t count;
  if (val_is_undef(digits) || digits == val_from_fixnum(0))
    return mx_rational_round_whole(ec, v, mode);
  if (!val_is_integer(digits)) return mx_raise_type(ec, "not an integer");
  if (!mx_to_int64(ec, digits, &count)) return VAL_EXC;
  Value scale = mx_rational_pow_int(ec, val_from_fixnum(10), val_from_fixnum(count));
  Value scaled = scale == VAL_EXC ? scale : mx_rational_binary(ec, SYM_STAR, v, scale);
  Value whole = scaled == VAL_EXC ? scaled : mx_rational_round_whole(ec, scaled, mode);
  if (whole == VAL_EXC) return whole;
  Value result = mx_rational_binary(ec, SYM_SLASH, whole, scale);
  return result == VAL_EXC || count > 0 ? result : mx_rational_num(result);
}

// rational.floor(digits)
Value mx_rational_m_floor(ExecCtx *ec, Value self, Value digits) {
  return round_digits(ec, self, digits, ROUND_FLOOR);
}

// rational.ceil(digits)
Value mx_rational_m_ceil(ExecCtx *ec, Value self, Value digits) {
  return round_digits(ec, self, digits, ROUND_CEIL);
}

// rational.truncate(digits)
Value mx_rational_m_truncate(ExecCtx *ec, Value self, Value digits) {
  return round_digits(ec, self, digits, ROUND_TRUNCATE);
}

// rational.to_i
Value mx_rational_m_to_i(ExecCtx *ec, Value self) {
  return mx_rational_round_whole(ec, self, ROUND_TRUNCATE);
}

// Round to so many digits by the value of a half: option.
Value mx_rational_round(ExecCtx *ec, Value self, Value v, Value digits, Value half) {
  RoundMode mode;
  return mx_round_half_mode(ec, half, &mode) ? round_digits(ec, v, digits, mode) : VAL_EXC;
}

// complex.real
Value mx_complex_m_real(ExecCtx *ec, Value self) { return VAL_CAST(ComplexObj, self)->re; }

// complex.imaginary
Value mx_complex_m_imaginary(ExecCtx *ec, Value self) { return VAL_CAST(ComplexObj, self)->im; }

// complex.inspect
Value mx_complex_m_inspect(ExecCtx *ec, Value self) { return mx_complex_to_s(ec, self, true); }

// Make a Complex of two real numbers.
Value mx_complex_make_new(ExecCtx *ec, Value self, Value re, Value im) {
  return mx_complex_new(ec, re, im);
}
