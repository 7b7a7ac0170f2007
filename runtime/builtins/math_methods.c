// SPDX-License-Identifier: MIT
// Math: the C library's functions with Ruby's domains and conversions.
#include "runtime/array.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/builtins/rows.h"

#include <float.h>
#include <math.h>

// Raise Math::DomainError.
static Value raise_domain(ExecCtx *ec, const char *function) {
  return mx_raise(ec, ec->vm->cls.DomainError, "Numerical argument is out of domain - %s",
                  function);
}

// Apply a function to a number.
static Value apply(ExecCtx *ec, double (*function)(double), Value v) {
  double x;
  return mx_to_double(ec, v, &x) ? mx_float_new(ec, function(x)) : VAL_EXC;
}

// Apply a function whose argument must lie in [low, high].
static Value apply_within(ExecCtx *ec, const char *name, double (*function)(double), Value v,
                          double low, double high) {
  double x;
  if (!mx_to_double(ec, v, &x)) return VAL_EXC;
  return x < low || x > high ? raise_domain(ec, name) : mx_float_new(ec, function(x));
}

// Math.sin(v)
Value mx_math_sin(ExecCtx *ec, Value self, Value v) { return apply(ec, sin, v); }

// Math.cos(v)
Value mx_math_cos(ExecCtx *ec, Value self, Value v) { return apply(ec, cos, v); }

// Math.tan(v)
Value mx_math_tan(ExecCtx *ec, Value self, Value v) { return apply(ec, tan, v); }

// Math.asin(v)
Value mx_math_asin(ExecCtx *ec, Value self, Value v) {
  return apply_within(ec, "asin", asin, v, -1, 1);
}

// Math.acos(v)
Value mx_math_acos(ExecCtx *ec, Value self, Value v) {
  return apply_within(ec, "acos", acos, v, -1, 1);
}

// Math.atan(v)
Value mx_math_atan(ExecCtx *ec, Value self, Value v) { return apply(ec, atan, v); }

// Math.sinh(v)
Value mx_math_sinh(ExecCtx *ec, Value self, Value v) { return apply(ec, sinh, v); }

// Math.cosh(v)
Value mx_math_cosh(ExecCtx *ec, Value self, Value v) { return apply(ec, cosh, v); }

// Math.tanh(v)
Value mx_math_tanh(ExecCtx *ec, Value self, Value v) { return apply(ec, tanh, v); }

// Math.asinh(v)
Value mx_math_asinh(ExecCtx *ec, Value self, Value v) { return apply(ec, asinh, v); }

// Math.acosh(v)
Value mx_math_acosh(ExecCtx *ec, Value self, Value v) {
  return apply_within(ec, "acosh", acosh, v, 1, INFINITY);
}

// Math.atanh(v)
Value mx_math_atanh(ExecCtx *ec, Value self, Value v) {
  return apply_within(ec, "atanh", atanh, v, -1, 1);
}

// Math.exp(v)
Value mx_math_exp(ExecCtx *ec, Value self, Value v) { return apply(ec, exp, v); }

// Math.expm1(v)
Value mx_math_expm1(ExecCtx *ec, Value self, Value v) { return apply(ec, expm1, v); }

// Math.log1p(v)
Value mx_math_log1p(ExecCtx *ec, Value self, Value v) {
  return apply_within(ec, "log1p", log1p, v, -1, INFINITY);
}

// Math.cbrt(v)
Value mx_math_cbrt(ExecCtx *ec, Value self, Value v) {
  double x;
  if (!mx_to_double(ec, v, &x)) return VAL_EXC;
  double root = cbrt(x);
  // The C library's root is off by one unit now and then: one step of Newton's method.
  if (isfinite(root) && root != 0) root = (2.0 * root + x / root / root) / 3.0;
  return mx_float_new(ec, root);
}

// Math.erf(v)
Value mx_math_erf(ExecCtx *ec, Value self, Value v) { return apply(ec, erf, v); }

// Math.erfc(v)
Value mx_math_erfc(ExecCtx *ec, Value self, Value v) { return apply(ec, erfc, v); }

// Square root of a Complex with the same sign of the imaginary part.
static Value complex_sqrt(ExecCtx *ec, const ComplexObj *c) {
  double re, im;
  if (!mx_to_double(ec, c->re, &re) || !mx_to_double(ec, c->im, &im)) return VAL_EXC;
  double size = hypot(re, im);
  return mx_complex_new(ec, mx_float_new(ec, sqrt((size + re) / 2)),
                        mx_float_new(ec, copysign(sqrt((size - re) / 2), im)));
}

// Math.sqrt(v)
Value mx_math_sqrt(ExecCtx *ec, Value self, Value v) {
  double x;
  if (val_is_complex(v)) return complex_sqrt(ec, VAL_CAST(ComplexObj, v));
  if (!mx_to_double(ec, v, &x)) return VAL_EXC;
  if (x < 0) return raise_domain(ec, "sqrt");
  return mx_float_new(ec, x == 0 ? 0.0 : sqrt(x)); // not -0.0
}

// Math.atan2(v, w)
Value mx_math_atan2(ExecCtx *ec, Value self, Value v, Value w) {
  double y, x;
  return mx_to_double(ec, v, &y) && mx_to_double(ec, w, &x) ? mx_float_new(ec, atan2(y, x))
                                                            : VAL_EXC;
}

// Math.hypot(v, w)
Value mx_math_hypot(ExecCtx *ec, Value self, Value v, Value w) {
  double y, x;
  return mx_to_double(ec, v, &y) && mx_to_double(ec, w, &x) ? mx_float_new(ec, hypot(y, x))
                                                            : VAL_EXC;
}

// Math.ldexp(v, w)
Value mx_math_ldexp(ExecCtx *ec, Value self, Value v, Value w) {
  double x;
  int64_t n;
  if (!mx_to_double(ec, v, &x) || !mx_to_int64(ec, w, &n)) return VAL_EXC;
  return mx_float_new(ec, ldexp(x, n > 10000 ? 10000 : n < -10000 ? -10000 : (int)n));
}

// Math.frexp(v)
Value mx_math_frexp(ExecCtx *ec, Value self, Value v) {
  double x;
  int exponent = 0;
  if (!mx_to_double(ec, v, &x)) return VAL_EXC;
  double mantissa = frexp(x, &exponent);
  return MX_ARRAY_OF(ec, mx_float_new(ec, mantissa), val_from_fixnum(exponent));
}

// Math.gamma(v)
Value mx_math_gamma(ExecCtx *ec, Value self, Value v) {
  double x;
  if (!mx_to_double(ec, v, &x)) return VAL_EXC;
  if ((x == floor(x) && x < 0) || x == -INFINITY) return raise_domain(ec, "gamma");
  if (x != floor(x) || x < 1 || x > 23) return mx_float_new(ec, tgamma(x));
  double factorial = 1; // exact up to 22!
  for (int i = 2; i < (int)x; i++) factorial *= i;
  return mx_float_new(ec, factorial);
}

// Math.lgamma(v)
Value mx_math_lgamma(ExecCtx *ec, Value self, Value v) {
  double x;
  int sign = 1;
  if (!mx_to_double(ec, v, &x)) return VAL_EXC;
  if (x == -INFINITY) return raise_domain(ec, "lgamma");
  double result = x == 0 ? INFINITY : lgamma_r(x, &sign);
  if (x == 0) sign = signbit(x) ? -1 : 1;
  return MX_ARRAY_OF(ec, mx_float_new(ec, result), val_from_fixnum(sign < 0 ? -1 : 1));
}

typedef struct Logarithm {
  double (*function)(double); // of a double
  double of_two;              // the same of 2
} Logarithm;

// Take a logarithm of a number of any size; *out is set unless it raised.
static bool take_log(ExecCtx *ec, Logarithm log_of, Value v, const char *name, double *out) {
  double x, shift = 0;
  if (val_is_bignum(v) && !mx_int_is_negative(v)) { // beyond the doubles: take out a power of two
    uint64_t bits = mx_int_bit_length(v);
    if (bits >= DBL_MAX_EXP) {
      shift = (double)(bits - DBL_MANT_DIG);
      v = mx_int_shift(ec, v, val_from_fixnum((int64_t)bits - DBL_MANT_DIG), false);
    }
  }
  if (v == VAL_EXC || !mx_to_double(ec, v, &x)) return false;
  if (x < 0) {
    raise_domain(ec, name);
    return false;
  }
  *out = x == 0 ? -INFINITY : log_of.function(x) + shift * log_of.of_two;
  return true;
}

// Answer one logarithm.
static Value answer_log(ExecCtx *ec, Logarithm log_of, Value v, const char *name) {
  double result;
  return take_log(ec, log_of, v, name, &result) ? mx_float_new(ec, result) : VAL_EXC;
}

// Math.log(v, base = ...)
Value mx_math_log(ExecCtx *ec, Value self, Value v, Value base) {
  Logarithm natural = {log, M_LN2};
  if (base == VAL_UNDEF) return answer_log(ec, natural, v, "log");
  double top, bottom;
  if (!take_log(ec, natural, v, "log", &top) || !take_log(ec, natural, base, "log", &bottom)) {
    return VAL_EXC;
  }
  double d;
  if (val_is_real(base) && (d = mx_num_to_double(ec, base), d == 2 || d == 10)) {
    Logarithm exact = d == 2 ? (Logarithm){log2, 1} : (Logarithm){log10, 0.30102999566398119521};
    return answer_log(ec, exact, v, "log");
  }
  return mx_float_new(ec, top / bottom);
}

// Math.log2(v)
Value mx_math_log2(ExecCtx *ec, Value self, Value v) {
  return answer_log(ec, (Logarithm){log2, 1}, v, "log2");
}

// Math.log10(v)
Value mx_math_log10(ExecCtx *ec, Value self, Value v) {
  return answer_log(ec, (Logarithm){log10, 0.30102999566398119521}, v, "log10"); // log10(2)
}
