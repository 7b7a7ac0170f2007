// SPDX-License-Identifier: MIT
// Float: classification, rounding, neighbours, rationalize.
#include "runtime/float.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/builtins/integer_round.h"
#include "runtime/builtins/rows.h"

#include <float.h>
#include <math.h>

// float.nan?
Value mx_float_m_is_nan(ExecCtx *ec, Value self) { return val_bool(isnan(val_to_double(self))); }

// float.infinite?
Value mx_float_m_infinite(ExecCtx *ec, Value self) {
  double d = val_to_double(self);
  return isinf(d) ? val_from_fixnum(d < 0 ? -1 : 1) : VAL_NIL;
}

// float.finite?
Value mx_float_m_is_finite(ExecCtx *ec, Value self) {
  return val_bool(isfinite(val_to_double(self)));
}

// float.to_i
Value mx_float_m_to_i(ExecCtx *ec, Value self) {
  return mx_int_from_double(ec, val_to_double(self));
}

// Round to so many digits: a Float for digits > 0, else an Integer.
static Value round_to(ExecCtx *ec, Value self, int64_t digits, RoundMode mode) {
  double d = val_to_double(self);
  if (digits > 0) {
    if (digits > DBL_MAX_10_EXP + DBL_DIG + DBL_MAX_10_EXP) return self;
    return mx_float_new(ec, mx_float_round_digits(d, (int)digits, mode));
  }
  if (digits == 0) return mx_int_from_double(ec, mx_float_round_whole(d, mode));
  // A fraction moves a floor or ceil to the whole number beyond it, a half off its tie.
  bool halves = mode >= ROUND_HALF_UP;
  Value whole = mx_int_from_double(ec, halves ? d : mx_float_round_whole(d, mode));
  if (whole == VAL_EXC) return whole;
  bool fraction = halves && d != trunc(d);
  return mx_integer_round_to(ec, whole, digits, fraction ? ROUND_HALF_UP : mode);
}

// Shared body of floor, ceil and truncate.
static Value float_round_by(ExecCtx *ec, Value self, Value digits, RoundMode mode) {
  int64_t n;
  if (!mx_round_digits_arg(ec, digits, &n)) return VAL_EXC;
  return round_to(ec, self, n, mode);
}

// float.floor(digits = ...)
Value mx_float_m_floor(ExecCtx *ec, Value self, Value digits) {
  return float_round_by(ec, self, digits, ROUND_FLOOR);
}

// float.ceil(digits = ...)
Value mx_float_m_ceil(ExecCtx *ec, Value self, Value digits) {
  return float_round_by(ec, self, digits, ROUND_CEIL);
}

// float.truncate(digits = ...)
Value mx_float_m_truncate(ExecCtx *ec, Value self, Value digits) {
  return float_round_by(ec, self, digits, ROUND_TRUNCATE);
}

// Float#round over its digits and its half: option.
Value mx_float_round(ExecCtx *ec, Value self, Value v, Value digits, Value half) {
  RoundMode mode;
  int64_t count;
  if (!mx_round_digits_arg(ec, digits, &count) || !mx_round_half_mode(ec, half, &mode)) {
    return VAL_EXC;
  }
  return round_to(ec, v, count, mode);
}

// float.next_float
Value mx_float_m_next(ExecCtx *ec, Value self) {
  return mx_float_new(ec, mx_float_next(val_to_double(self), true));
}

// float.prev_float
Value mx_float_m_prev(ExecCtx *ec, Value self) {
  return mx_float_new(ec, mx_float_next(val_to_double(self), false));
}

// Simplest Rational that is within half a unit in the last place.
static Value rationalize_shortest(ExecCtx *ec, double d) {
  int64_t num;
  int exponent;
  frexp(d, &exponent);
  num = (int64_t)ldexp(d, 53 - exponent); // d is num * 2^(exponent - 53)
  exponent -= 53;
  if (exponent >= 0 || d == 0) {
    return mx_rational_new(ec, mx_int_from_double(ec, d), val_from_fixnum(1));
  }
  Value twice = mx_int_from_i64(ec, 2 * num);
  Value den = mx_int_shift(ec, val_from_fixnum(1), val_from_fixnum(1 - exponent), true);
  Value low = mx_rational_new(ec, mx_int_sub(ec, twice, val_from_fixnum(1)), den);
  Value high = mx_rational_new(ec, mx_int_add(ec, twice, val_from_fixnum(1)), den);
  return low == VAL_EXC || high == VAL_EXC ? VAL_EXC : mx_rational_simplest(ec, low, high);
}

// Simplest Rational within eps of a double that is not negative, its ends rounded to doubles.
static Value rationalize_within(ExecCtx *ec, double d, Value eps, bool negate) {
  double radius = fabs(mx_num_to_double(ec, eps)), low = d - radius, high = d + radius;
  if (!isfinite(low) || !isfinite(high)) return mx_int_from_double(ec, high); // raises
  Value from = mx_rational_from_double(ec, low), to = mx_rational_from_double(ec, high);
  if (from == VAL_EXC || to == VAL_EXC) return VAL_EXC;
  Value found = low == high ? mx_rational_from_double(ec, d) : mx_rational_simplest(ec, from, to);
  return found == VAL_EXC || !negate ? found : mx_num_negate(ec, found);
}

// float.rationalize(eps = ...)
Value mx_float_m_rationalize(ExecCtx *ec, Value self, Value eps) {
  Value exact = mx_numeric_m_to_r(ec, self);
  if (exact == VAL_EXC) return exact;
  if (eps == VAL_UNDEF) return rationalize_shortest(ec, val_to_double(self));
  if (!val_is_real(eps)) return mx_rational_m_rationalize(ec, exact, eps);
  return rationalize_within(ec, fabs(val_to_double(self)), eps, val_to_double(self) < 0);
}
