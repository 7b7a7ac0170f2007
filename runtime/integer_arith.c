// SPDX-License-Identifier: MIT
// Integer arithmetic: addition, multiplication, floored division, powers.
//
// Fixnum pairs are settled in machine words; everything else goes through limb views and mpn_*.
// Sums and quotients never raise for their size, as they grow by a bit at most; products, powers
// and shifts do.
#include "runtime/integer.h"
#include "runtime/integer_limbs.h"

#include <math.h>
#include <stdlib.h>

// Add magnitudes.
static Value add_magnitudes(ExecCtx *ec, const LimbView *a, const LimbView *b, bool negative) {
  if (a->count < b->count) {
    const LimbView *swap = a;
    a = b;
    b = swap;
  }
  BignumObj *big = mx_limbs_new(ec, a->count + 1);
  mp_limb_t *out = (mp_limb_t *)big->limbs;
  out[a->count] = b->count ? mpn_add(out, a->at, a->count, b->at, b->count) : 0;
  if (!b->count) mpn_copyi(out, a->at, a->count);
  return mx_limbs_finish(big, a->count + 1, negative);
}

// Subtract the smaller magnitude from the larger; negative is the sign if a is the larger one.
static Value sub_magnitudes(ExecCtx *ec, const LimbView *a, const LimbView *b, bool negative) {
  int order = mx_limbs_cmp(a, b);
  if (order == 0) return val_from_fixnum(0);
  if (order < 0) {
    const LimbView *swap = a;
    a = b;
    b = swap;
    negative = !negative;
  }
  BignumObj *big = mx_limbs_new(ec, a->count);
  mp_limb_t *out = (mp_limb_t *)big->limbs;
  if (b->count) {
    mpn_sub(out, a->at, a->count, b->at, b->count);
  } else {
    mpn_copyi(out, a->at, a->count);
  }
  return mx_limbs_finish(big, a->count, negative);
}

// Add a and b, or a and -b, when one of them is big.
static Value add_signed(ExecCtx *ec, Value a, Value b, bool negate_b) {
  LimbView va, vb;
  mx_limbs_view(a, &va);
  mx_limbs_view(b, &vb);
  bool b_negative = vb.negative != negate_b;
  if (va.negative == b_negative) return add_magnitudes(ec, &va, &vb, va.negative);
  return sub_magnitudes(ec, &va, &vb, va.negative);
}

// Add.
Value mx_int_add(ExecCtx *ec, Value a, Value b) {
  if (!val_both_fixnum(a, b)) return add_signed(ec, a, b, false);
  return mx_int_from_i64(ec, val_to_fixnum(a) + val_to_fixnum(b));
}

// Subtract.
Value mx_int_sub(ExecCtx *ec, Value a, Value b) {
  if (!val_both_fixnum(a, b)) return add_signed(ec, a, b, true);
  return mx_int_from_i64(ec, val_to_fixnum(a) - val_to_fixnum(b));
}

// Change the sign.
Value mx_int_neg(ExecCtx *ec, Value a) { return mx_int_sub(ec, val_from_fixnum(0), a); }

// Drop the sign.
Value mx_int_abs(ExecCtx *ec, Value a) { return mx_int_sign(a) < 0 ? mx_int_neg(ec, a) : a; }

// Multiply magnitudes; neither is zero.
static Value mul_views(ExecCtx *ec, const LimbView *a, const LimbView *b) {
  mp_size_t count = a->count + b->count;
  if (count > INTEGER_MAX_LIMBS) return mx_limbs_too_big(ec);
  BignumObj *big = mx_limbs_new(ec, count);
  mp_limb_t *out = (mp_limb_t *)big->limbs;
  if (a->at == b->at) {
    mpn_sqr(out, a->at, a->count);
  } else if (a->count >= b->count) {
    mpn_mul(out, a->at, a->count, b->at, b->count);
  } else {
    mpn_mul(out, b->at, b->count, a->at, a->count);
  }
  return mx_limbs_finish(big, count, a->negative != b->negative);
}

// Multiply.
Value mx_int_mul(ExecCtx *ec, Value a, Value b) {
  int64_t product;
  if (val_both_fixnum(a, b) &&
      !__builtin_mul_overflow(val_to_fixnum(a), val_to_fixnum(b), &product)) {
    return mx_int_from_i64(ec, product);
  }
  if (mx_int_is_zero(a) || mx_int_is_zero(b)) return val_from_fixnum(0);
  LimbView va, vb;
  mx_limbs_view(a, &va);
  mx_limbs_view(b, &vb);
  return mul_views(ec, &va, &vb);
}

// Divide fixnums, rounding down; b is not zero. -2^62 / -1 needs the check of from_i64.
static void divmod_fixnum(ExecCtx *ec, int64_t a, int64_t b, Value *q, Value *r) {
  int64_t quotient = a / b, rest = a % b;
  if (rest != 0 && (rest < 0) != (b < 0)) {
    quotient--;
    rest += b;
  }
  *q = mx_int_from_i64(ec, quotient);
  *r = val_from_fixnum(rest);
}

// Truncated division of magnitudes with the signs of C; b is not zero.
static void divrem_views(ExecCtx *ec, const LimbView *a, const LimbView *b, Value *q, Value *r) {
  BignumObj *quotient = mx_limbs_new(ec, a->count - b->count + 1);
  BignumObj *rest = mx_limbs_new(ec, b->count);
  mpn_tdiv_qr((mp_limb_t *)quotient->limbs, (mp_limb_t *)rest->limbs, 0, a->at, a->count, b->at,
              b->count);
  *q = mx_limbs_finish(quotient, a->count - b->count + 1, a->negative != b->negative);
  *r = mx_limbs_finish(rest, b->count, a->negative);
}

// Divide with the quotient truncated; one of them is big, b is not zero.
static void divrem_big(ExecCtx *ec, Value a, Value b, Value *q, Value *r) {
  LimbView va, vb;
  mx_limbs_view(a, &va);
  mx_limbs_view(b, &vb);
  *q = val_from_fixnum(0);
  *r = a;
  if (va.count >= vb.count) divrem_views(ec, &va, &vb, q, r);
}

// Raise ZeroDivisionError.
static Value raise_zero_division(ExecCtx *ec) {
  return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
}

// Divide with the quotient rounded down.
bool mx_int_divmod(ExecCtx *ec, Value a, Value b, Value *q, Value *r) {
  if (mx_int_is_zero(b)) {
    raise_zero_division(ec);
    return false;
  }
  if (val_both_fixnum(a, b)) {
    divmod_fixnum(ec, val_to_fixnum(a), val_to_fixnum(b), q, r);
    return true;
  }
  divrem_big(ec, a, b, q, r);
  if (!mx_int_is_zero(*r) && mx_int_is_negative(*r) != mx_int_is_negative(b)) {
    *q = mx_int_sub(ec, *q, val_from_fixnum(1));
    *r = mx_int_add(ec, *r, b);
  }
  return true;
}

// Quotient, rounded down.
Value mx_int_div(ExecCtx *ec, Value a, Value b) {
  Value q, r;
  return mx_int_divmod(ec, a, b, &q, &r) ? q : VAL_EXC;
}

// Rest with the divisor's sign.
Value mx_int_mod(ExecCtx *ec, Value a, Value b) {
  Value q, r;
  return mx_int_divmod(ec, a, b, &q, &r) ? r : VAL_EXC;
}

// Rest with the dividend's sign.
Value mx_int_remainder(ExecCtx *ec, Value a, Value b) {
  if (mx_int_is_zero(b)) return raise_zero_division(ec);
  if (val_both_fixnum(a, b)) return val_from_fixnum(val_to_fixnum(a) % val_to_fixnum(b));
  Value q, r;
  divrem_big(ec, a, b, &q, &r);
  return r;
}

// Raise to a power by squaring; base is odd or small, exponent > 0.
static Value pow_by_squaring(ExecCtx *ec, Value base, uint64_t exponent) {
  Value result = val_from_fixnum(1);
  for (;;) {
    if (exponent & 1) result = mx_int_mul(ec, result, base);
    exponent >>= 1;
    if (exponent == 0 || result == VAL_EXC) return result;
    base = mx_int_mul(ec, base, base);
    if (base == VAL_EXC) return VAL_EXC;
  }
}

// Powers that do not grow: of 0, 1 and -1. VAL_UNDEF for other bases.
static Value pow_of_unit(Value a, Value b) {
  if (!val_is_fixnum(a)) return VAL_UNDEF;
  int64_t n = val_to_fixnum(a);
  if (n == 1 || mx_int_is_zero(b)) return val_from_fixnum(1);
  if (n == 0) return a;
  if (n != -1) return VAL_UNDEF;
  return val_from_fixnum(mx_int_is_even(b) ? 1 : -1);
}

// Raise to a power that is not negative.
Value mx_int_pow(ExecCtx *ec, Value a, Value b) {
  Value unit = pow_of_unit(a, b);
  if (unit != VAL_UNDEF) return unit;
  uint64_t bits = mx_int_bit_length(a);
  uint64_t limit = (uint64_t)INTEGER_MAX_LIMBS * LIMB_BITS;
  if (!val_is_fixnum(b) || (uint64_t)val_to_fixnum(b) > limit / bits) {
    return mx_raise_arg(ec, "exponent is too large");
  }
  uint64_t exponent = (uint64_t)val_to_fixnum(b);
  if (exponent == 0) return val_from_fixnum(1);
  // Powers of two in the base are one shift of the result.
  uint64_t zeros = mx_int_trailing_zeros(a);
  if (zeros == 0) return pow_by_squaring(ec, a, exponent);
  Value odd = mx_int_shift(ec, a, val_from_fixnum((int64_t)zeros), false);
  Value power = odd == VAL_EXC ? odd : pow_by_squaring(ec, odd, exponent);
  if (power == VAL_EXC) return power;
  return mx_int_shift(ec, power, val_from_fixnum((int64_t)(zeros * exponent)), true);
}

// Raise ten to a power.
Value mx_int_power_of_ten(ExecCtx *ec, uint32_t exponent) {
  static const int64_t small[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  if (exponent < MX_COUNT_OF(small)) return val_from_fixnum(small[exponent]);
  return mx_int_pow(ec, val_from_fixnum(10), val_from_fixnum(exponent));
}

// Shift left for by > 0, right for by < 0.
static Value scale_by(ExecCtx *ec, Value a, int64_t by) {
  if (a == VAL_EXC) return a;
  return by < 0 ? mx_int_shift(ec, a, val_from_fixnum(-by), false)
                : mx_int_shift(ec, a, val_from_fixnum(by), true);
}

// Round q * 2^-scale (and a bit more, if sticky) to a double once. q is not negative.
// A long double holds the 62 bits kept here exactly, so only the last conversion rounds, be the
// result normal or not.
static double round_scaled(ExecCtx *ec, Value q, int64_t scale, bool sticky) {
  int64_t drop = (int64_t)mx_int_bit_length(q) - 62;
  if (drop < scale - 1080) drop = scale - 1080; // the least bit of a double weighs 2^-1074
  if (drop < 0) drop = 0;
  if (drop > 0) {
    sticky |= !mx_int_is_zero(q) && mx_int_trailing_zeros(q) < (uint64_t)drop;
    q = scale_by(ec, q, -drop);
  }
  int64_t exponent = drop - scale;
  if (exponent > 4000) exponent = 4000;
  if (exponent < -4000) exponent = -4000;
  return (double)ldexpl((long double)(val_to_fixnum(q) | sticky), (int)exponent);
}

// Divide to the nearest double.
double mx_int_fdiv(ExecCtx *ec, Value a, Value b) {
  double x = mx_int_to_double(a), y = mx_int_to_double(b);
  if (fabs(x) < 0x1p53 && fabs(y) < 0x1p53) return x / y;
  // Scale so that the quotient has at least 65 bits.
  int64_t scale = (int64_t)mx_int_bit_length(b) - (int64_t)mx_int_bit_length(a) + 66;
  if (scale > 1300 || scale < -1100) { // too small or too large for a double
    double limit = scale > 0 ? 0.0 : INFINITY;
    return mx_int_is_negative(a) != mx_int_is_negative(b) ? -limit : limit;
  }
  Value numerator = mx_int_abs(ec, a), divisor = mx_int_abs(ec, b), q, r;
  if (scale > 0) numerator = scale_by(ec, numerator, scale);
  if (scale < 0) divisor = scale_by(ec, divisor, -scale);
  if (numerator == VAL_EXC || divisor == VAL_EXC) return NAN;
  if (!mx_int_divmod(ec, numerator, divisor, &q, &r)) return NAN;
  double magnitude = round_scaled(ec, q, scale, !mx_int_is_zero(r));
  return mx_int_is_negative(a) != mx_int_is_negative(b) ? -magnitude : magnitude;
}
