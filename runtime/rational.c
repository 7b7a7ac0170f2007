// SPDX-License-Identifier: MIT
// Rational numbers over Integers of any size.
//
// INVARIANT: den > 0 and gcd(num, den) == 1, so equality compares parts.
#include "runtime/rational.h"

#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/numeric.h"

#include <string.h>

// The parts of a fraction.
typedef struct RationalParts {
  Value num; // Integer
  Value den; // Integer above 0
} RationalParts;

// Make a Rational of parts that are in lowest terms.
static Value rational_make(ExecCtx *ec, Value num, Value den) {
  if (num == VAL_EXC || den == VAL_EXC) return VAL_EXC;
  RationalObj *r = mx_object_alloc(ec, ec->vm->cls.Rational, T_RATIONAL, sizeof *r);
  r->num = num;
  r->den = den;
  return val_from_ptr(r);
}

// Make a Rational in lowest terms.
Value mx_rational_new(ExecCtx *ec, Value num, Value den) {
  if (num == VAL_EXC || den == VAL_EXC) return VAL_EXC;
  if (mx_int_is_zero(den)) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
  if (mx_int_is_negative(den)) {
    num = mx_int_neg(ec, num);
    den = mx_int_neg(ec, den);
  }
  Value common = mx_int_gcd(ec, num, den);
  if (common == val_from_fixnum(1)) return rational_make(ec, num, den);
  return rational_make(ec, mx_int_div(ec, num, common), mx_int_div(ec, den, common));
}

// Numerator of an exact number.
Value mx_rational_num(Value v) { return val_is_integer(v) ? v : VAL_CAST(RationalObj, v)->num; }

// Denominator of an exact number.
Value mx_rational_den(Value v) {
  return val_is_integer(v) ? val_from_fixnum(1) : VAL_CAST(RationalObj, v)->den;
}

// Read the text of a literal.
Value mx_rational_from_digits(ExecCtx *ec, const char *text, size_t len) {
  const char *point = memchr(text, '.', len);
  if (!point) {
    return mx_rational_new(ec, mx_int_from_text(ec, text, len, 0, true), val_from_fixnum(1));
  }
  size_t whole = (size_t)(point - text), decimals = len - whole - 1;
  char stack[64];
  char *digits = len < sizeof stack ? stack : mx_gc_alloc_atomic(len);
  memcpy(digits, text, whole);
  memcpy(digits + whole, point + 1, decimals);
  Value num = mx_int_parse(ec, digits, len - 1, 10);
  return mx_rational_new(ec, num, mx_int_power_of_ten(ec, (uint32_t)decimals));
}

// Write a finite double as a fraction.
Value mx_rational_from_double(ExecCtx *ec, double d) {
  int64_t num;
  int exponent;
  mx_float_decode(d, &num, &exponent);
  Value n = mx_int_from_i64(ec, num), one = val_from_fixnum(1);
  if (exponent >= 0)
    return rational_make(ec, mx_int_shift(ec, n, val_from_fixnum(exponent), true), one);
  return rational_make(ec, n, mx_int_shift(ec, one, val_from_fixnum(-exponent), true));
}

// Cross product a.num * b.den.
static Value cross(ExecCtx *ec, Value a, Value b) {
  return mx_int_mul(ec, mx_rational_num(a), mx_rational_den(b));
}

// Compare exact numbers.
int mx_rational_cmp(ExecCtx *ec, Value a, Value b) {
  Value x = cross(ec, a, b), y = cross(ec, b, a);
  if (x != VAL_EXC && y != VAL_EXC) return mx_int_cmp(x, y);
  (void)mx_exc_take(ec); // products beyond the limit: by doubles
  double left = mx_num_to_double(ec, a), right = mx_num_to_double(ec, b);
  return left < right ? -1 : left > right;
}

// Greatest common divisor; most often one of two is 1.
static Value common_divisor(ExecCtx *ec, Value a, Value b) {
  Value one = val_from_fixnum(1);
  return a == one || b == one ? one : mx_int_gcd(ec, a, b);
}

// Quotient by a divisor that leaves no rest.
static Value divide_exactly(ExecCtx *ec, Value a, Value divisor) {
  return divisor == val_from_fixnum(1) ? a : mx_int_div(ec, a, divisor);
}

// a + b or a - b. What cancels divides what the denominators have in common (Knuth, 4.5.1), so that
// nothing larger than the result is made, but for its numerator.
static Value add_or_sub(ExecCtx *ec, Value a, Value b, bool subtract) {
  Value common = common_divisor(ec, mx_rational_den(a), mx_rational_den(b));
  Value below_a = divide_exactly(ec, mx_rational_den(a), common);
  Value below_b = divide_exactly(ec, mx_rational_den(b), common);
  Value x = mx_int_mul(ec, mx_rational_num(a), below_b);
  Value y = mx_int_mul(ec, mx_rational_num(b), below_a);
  if (x == VAL_EXC || y == VAL_EXC) return VAL_EXC;
  Value sum = subtract ? mx_int_sub(ec, x, y) : mx_int_add(ec, x, y);
  if (sum == VAL_EXC) return VAL_EXC;
  Value cancels = common_divisor(ec, sum, common);
  Value rest = divide_exactly(ec, mx_rational_den(b), cancels);
  return rational_make(ec, divide_exactly(ec, sum, cancels), mx_int_mul(ec, below_a, rest));
}

// Product of two fractions in lowest terms: each numerator is shortened by the other denominator.
static Value multiply(ExecCtx *ec, RationalParts a, RationalParts b) {
  Value first = common_divisor(ec, a.num, b.den), second = common_divisor(ec, b.num, a.den);
  Value num = mx_int_mul(ec, divide_exactly(ec, a.num, first), divide_exactly(ec, b.num, second));
  Value den = mx_int_mul(ec, divide_exactly(ec, a.den, second), divide_exactly(ec, b.den, first));
  return rational_make(ec, num, den);
}

// a * b.
static Value rational_mul(ExecCtx *ec, Value a, Value b) {
  return multiply(ec, (RationalParts){mx_rational_num(a), mx_rational_den(a)},
                  (RationalParts){mx_rational_num(b), mx_rational_den(b)});
}

// a / b.
static Value rational_div(ExecCtx *ec, Value a, Value b) {
  Value num = mx_rational_den(b), den = mx_rational_num(b);
  if (mx_int_is_zero(den)) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
  if (mx_int_is_negative(den)) {
    num = mx_int_neg(ec, num);
    den = mx_int_neg(ec, den);
  }
  return multiply(ec, (RationalParts){mx_rational_num(a), mx_rational_den(a)},
                  (RationalParts){num, den});
}

// Quotient rounded down, an Integer, and the rest.
static bool rational_divmod(ExecCtx *ec, Value a, Value b, Value *q, Value *r) {
  Value x = cross(ec, a, b), y = cross(ec, b, a);
  if (x == VAL_EXC || y == VAL_EXC) return false;
  *q = mx_int_div(ec, x, y);
  if (*q == VAL_EXC) return false;
  Value part = rational_mul(ec, *q, b);
  *r = part == VAL_EXC ? part : add_or_sub(ec, a, part, true);
  return *r != VAL_EXC;
}

// Raise to a whole power.
Value mx_rational_pow_int(ExecCtx *ec, Value a, Value exponent) {
  Value num = mx_rational_num(a), den = mx_rational_den(a);
  if (mx_int_is_negative(exponent)) {
    if (mx_int_is_zero(num)) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
    bool negative = mx_int_is_negative(num);
    Value swap = negative ? mx_int_neg(ec, num) : num;
    num = negative ? mx_int_neg(ec, den) : den;
    den = swap;
    exponent = mx_int_neg(ec, exponent);
  }
  Value top = mx_int_pow(ec, num, exponent);
  return top == VAL_EXC ? top : rational_make(ec, top, mx_int_pow(ec, den, exponent));
}

// Power of a Rational with a real exponent: exact for whole exponents, else by doubles.
static Value rational_pow(ExecCtx *ec, Value a, Value b) {
  if (mx_rational_den(b) == val_from_fixnum(1)) {
    return mx_rational_pow_int(ec, a, mx_rational_num(b));
  }
  bool one = mx_rational_num(a) == val_from_fixnum(1) && mx_rational_den(a) == val_from_fixnum(1);
  if (one) return rational_make(ec, val_from_fixnum(1), val_from_fixnum(1));
  if (mx_int_is_zero(mx_rational_num(a))) {
    if (!mx_int_is_negative(mx_rational_num(b)))
      return rational_make(ec, val_from_fixnum(0), val_from_fixnum(1));
    return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
  }
  return mx_num_binary(ec, SYM_POW, mx_float_new(ec, mx_num_to_double(ec, a)),
                       mx_float_new(ec, mx_num_to_double(ec, b)));
}

// Answer an operator that is a comparison; VAL_UNDEF for others.
static Value rational_relation(ExecCtx *ec, Sym op, Value a, Value b) {
  switch (op) {
  case SYM_EQ:
  case SYM_EQQ: return val_bool(mx_rational_cmp(ec, a, b) == 0);
  case SYM_NEQ: return val_bool(mx_rational_cmp(ec, a, b) != 0);
  case SYM_CMP: return val_from_fixnum(mx_rational_cmp(ec, a, b));
  case SYM_LT: return val_bool(mx_rational_cmp(ec, a, b) < 0);
  case SYM_LE: return val_bool(mx_rational_cmp(ec, a, b) <= 0);
  case SYM_GT: return val_bool(mx_rational_cmp(ec, a, b) > 0);
  case SYM_GE: return val_bool(mx_rational_cmp(ec, a, b) >= 0);
  default: return VAL_UNDEF;
  }
}

// Apply an operator to exact numbers.
Value mx_rational_binary(ExecCtx *ec, Sym op, Value a, Value b) {
  Value q, r;
  switch (op) {
  case SYM_PLUS: return add_or_sub(ec, a, b, false);
  case SYM_MINUS: return add_or_sub(ec, a, b, true);
  case SYM_STAR: return rational_mul(ec, a, b);
  case SYM_SLASH: return rational_div(ec, a, b);
  case SYM_POW: return rational_pow(ec, a, b);
  case SYM_PERCENT: return rational_divmod(ec, a, b, &q, &r) ? r : VAL_EXC;
  case SYM_divmod: return rational_divmod(ec, a, b, &q, &r) ? MX_ARRAY_OF(ec, q, r) : VAL_EXC;
  default: return rational_relation(ec, op, a, b);
  }
}

// Simplest fraction in [low, high], 0 < low: the integer part in common, then the reciprocals.
static Value simplest_positive(ExecCtx *ec, Value low, Value high) {
  Value whole = mx_int_div(ec, mx_rational_num(low), mx_rational_den(low));
  if (whole == VAL_EXC) return whole;
  if (mx_rational_cmp(ec, whole, low) == 0) return mx_rational_new(ec, whole, val_from_fixnum(1));
  Value next = mx_int_add(ec, whole, val_from_fixnum(1));
  if (mx_rational_cmp(ec, next, high) <= 0) return mx_rational_new(ec, next, val_from_fixnum(1));
  Value one = val_from_fixnum(1);
  Value below = rational_div(ec, one, add_or_sub(ec, high, whole, true));
  Value above = rational_div(ec, one, add_or_sub(ec, low, whole, true));
  if (below == VAL_EXC || above == VAL_EXC) return VAL_EXC;
  Value rest = simplest_positive(ec, below, above);
  return rest == VAL_EXC ? rest : add_or_sub(ec, whole, rational_div(ec, one, rest), false);
}

// Find the fraction with the smallest denominator in an interval.
Value mx_rational_simplest(ExecCtx *ec, Value low, Value high) {
  int sign_low = mx_int_sign(mx_rational_num(low)), sign_high = mx_int_sign(mx_rational_num(high));
  if (sign_low <= 0 && sign_high >= 0) { // the first whole number, as Ruby takes it
    Value below = mx_int_div(ec, mx_int_neg(ec, mx_rational_num(low)), mx_rational_den(low));
    return below == VAL_EXC ? below : rational_make(ec, mx_int_neg(ec, below), val_from_fixnum(1));
  }
  if (sign_low > 0) return simplest_positive(ec, low, high);
  Value zero = val_from_fixnum(0);
  Value mirrored =
      simplest_positive(ec, add_or_sub(ec, zero, high, true), add_or_sub(ec, zero, low, true));
  return mirrored == VAL_EXC ? mirrored : add_or_sub(ec, zero, mirrored, true);
}
