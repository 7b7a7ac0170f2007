// SPDX-License-Identifier: MIT
// Integer: construction, normalization, views of limbs, comparison, conversion to machine words
// and doubles. Arithmetic, bit operations, text and number theory are in integer_*.c.
//
// INVARIANT: a bignum never holds a value that fits 63 bits, so identity of representation is
// part of equality and a fixnum test settles most questions.
#include "runtime/integer.h"

#include "runtime/hash.h"
#include "runtime/integer_limbs.h"

#include <math.h>
#include <stdlib.h>

// View sign and magnitude of an Integer.
void mx_limbs_view(Value v, LimbView *view) {
  if (!val_is_fixnum(v)) {
    const BignumObj *big = VAL_CAST(BignumObj, v);
    view->at = (const mp_limb_t *)big->limbs;
    view->count = big->size < 0 ? -big->size : big->size;
    view->negative = big->size < 0;
    return;
  }
  int64_t n = val_to_fixnum(v);
  view->own = n < 0 ? -(uint64_t)n : (uint64_t)n;
  view->at = &view->own;
  view->count = n != 0;
  view->negative = n < 0;
}

// Allocate a bignum of unset size.
BignumObj *mx_limbs_new(ExecCtx *ec, mp_size_t room) {
  size_t limbs = room > 0 ? (size_t)room : 1;
  return mx_object_alloc(ec, ec->vm->cls.Integer, T_BIGNUM,
                         sizeof(BignumObj) + limbs * sizeof(uint64_t));
}

// Tag a magnitude of at most one limb when it fits a fixnum.
static bool fixnum_of_limb(uint64_t limb, bool negative, Value *out) {
  if (limb > (uint64_t)FIXNUM_MAX + negative) return false;
  *out = val_from_fixnum(negative ? (int64_t)-limb : (int64_t)limb);
  return true;
}

// Normalize the result of an operation.
Value mx_limbs_finish(BignumObj *big, mp_size_t count, bool negative) {
  while (count > 0 && big->limbs[count - 1] == 0) count--;
  Value small;
  if (count == 0) return val_from_fixnum(0);
  if (count == 1 && fixnum_of_limb(big->limbs[0], negative, &small)) return small;
  big->size = negative ? -count : count;
  return val_from_ptr(big);
}

// Copy a magnitude into an Integer.
Value mx_limbs_to_int(ExecCtx *ec, const mp_limb_t *at, mp_size_t count, bool negative) {
  while (count > 0 && at[count - 1] == 0) count--;
  Value small;
  if (count == 0) return val_from_fixnum(0);
  if (count == 1 && fixnum_of_limb(at[0], negative, &small)) return small;
  BignumObj *big = mx_limbs_new(ec, count);
  mpn_copyi((mp_limb_t *)big->limbs, at, count);
  return mx_limbs_finish(big, count, negative);
}

// Allocate scratch limbs.
mp_limb_t *mx_limbs_scratch(mp_size_t count) {
  size_t bytes = (count > 0 ? (size_t)count : 1) * sizeof(mp_limb_t);
  mp_limb_t *at = malloc(bytes);
  if (!at) mx_check_out_of_memory(bytes);
  return at;
}

// Compare magnitudes.
int mx_limbs_cmp(const LimbView *a, const LimbView *b) {
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  if (a->count == 0) return 0;
  int order = mpn_cmp(a->at, b->at, a->count);
  return order < 0 ? -1 : order > 0;
}

// Raise for a result beyond the limit.
Value mx_limbs_too_big(ExecCtx *ec) { return mx_raise_arg(ec, "integer too big"); }

// Make an Integer of a signed word.
Value mx_int_from_i64(ExecCtx *ec, int64_t n) {
  if (fixnum_fits(n)) return val_from_fixnum(n);
  mp_limb_t limb = n < 0 ? -(uint64_t)n : (uint64_t)n;
  return mx_limbs_to_int(ec, &limb, 1, n < 0);
}

// Make an Integer of an unsigned word.
Value mx_int_from_u64(ExecCtx *ec, uint64_t n) {
  if (n <= (uint64_t)FIXNUM_MAX) return val_from_fixnum((int64_t)n);
  mp_limb_t limb = n;
  return mx_limbs_to_int(ec, &limb, 1, false);
}

// Truncate a double to an Integer.
Value mx_int_from_double(ExecCtx *ec, double d) {
  if (isnan(d)) return mx_raise(ec, ec->vm->cls.FloatDomainError, "NaN");
  if (isinf(d)) {
    return mx_raise(ec, ec->vm->cls.FloatDomainError, d < 0 ? "-Infinity" : "Infinity");
  }
  if (d > -0x1p62 && d < 0x1p62) return val_from_fixnum((int64_t)d);
  int exponent;
  double mantissa = frexp(fabs(d), &exponent); // in [0.5, 1); the value is mantissa * 2^exponent
  Value bits = val_from_fixnum((int64_t)ldexp(mantissa, 53));
  Value magnitude = mx_int_shift(ec, bits, val_from_fixnum(exponent - 53), true);
  return d < 0 && magnitude != VAL_EXC ? mx_int_neg(ec, magnitude) : magnitude;
}

// Read as a signed word, if it fits.
bool mx_int_to_i64(Value v, int64_t *out) {
  if (val_is_fixnum(v)) {
    *out = val_to_fixnum(v);
    return true;
  }
  const BignumObj *big = VAL_CAST(BignumObj, v);
  if (big->size == 1 && big->limbs[0] <= INT64_MAX) {
    *out = (int64_t)big->limbs[0];
    return true;
  }
  if (big->size != -1 || big->limbs[0] > (uint64_t)INT64_MAX + 1) return false;
  *out = (int64_t)-big->limbs[0];
  return true;
}

// Read the low 64 bits.
bool mx_int_to_u64_wrap(Value v, uint64_t *out) {
  if (val_is_fixnum(v)) {
    *out = (uint64_t)val_to_fixnum(v);
    return true;
  }
  const BignumObj *big = VAL_CAST(BignumObj, v);
  *out = big->size < 0 ? -big->limbs[0] : big->limbs[0];
  return big->size == 1 || big->size == -1;
}

// Read 64 bits of a magnitude from bit `low` on.
static uint64_t limb_window(const LimbView *view, uint64_t low) {
  mp_size_t at = (mp_size_t)(low / LIMB_BITS);
  unsigned shift = low % LIMB_BITS;
  uint64_t bits = at < view->count ? view->at[at] >> shift : 0;
  if (shift && at + 1 < view->count) bits |= view->at[at + 1] << (LIMB_BITS - shift);
  return bits;
}

// Tell whether any bit below `low` is set.
static bool limbs_any_below(const LimbView *view, uint64_t low) {
  mp_size_t whole = (mp_size_t)(low / LIMB_BITS);
  for (mp_size_t i = 0; i < whole; i++) {
    if (view->at[i]) return true;
  }
  unsigned rest = low % LIMB_BITS;
  return rest && (view->at[whole] & (((uint64_t)1 << rest) - 1));
}

// Bits of a magnitude, 0 for zero.
static uint64_t limbs_bits(const LimbView *view) {
  if (view->count == 0) return 0;
  return (uint64_t)view->count * LIMB_BITS - (uint64_t)__builtin_clzll(view->at[view->count - 1]);
}

// Round to the nearest double.
double mx_int_to_double(Value v) {
  if (val_is_fixnum(v)) return (double)val_to_fixnum(v);
  LimbView view;
  mx_limbs_view(v, &view);
  uint64_t bits = limbs_bits(&view); // at least 63
  uint64_t low = bits > LIMB_BITS ? bits - LIMB_BITS : 0;
  if (low > 2000) return view.negative ? -INFINITY : INFINITY;
  // The lowest of the 64 bits is below half a unit in the last place: it can be the sticky bit.
  uint64_t top = limb_window(&view, low) | limbs_any_below(&view, low);
  double d = ldexp((double)top, (int)low);
  return view.negative ? -d : d;
}

// Tell the sign.
int mx_int_sign(Value a) {
  if (!val_is_fixnum(a)) return VAL_CAST(BignumObj, a)->size < 0 ? -1 : 1;
  int64_t n = val_to_fixnum(a);
  return n < 0 ? -1 : n > 0;
}

// Compare two Integers.
int mx_int_cmp(Value a, Value b) {
  if (val_both_fixnum(a, b)) {
    int64_t x = (int64_t)a, y = (int64_t)b;
    return x < y ? -1 : x > y;
  }
  LimbView va, vb;
  mx_limbs_view(a, &va);
  mx_limbs_view(b, &vb);
  if (va.negative != vb.negative) return va.negative ? -1 : 1;
  int order = mx_limbs_cmp(&va, &vb);
  return va.negative ? -order : order;
}

// Test equality.
bool mx_int_eq(Value a, Value b) {
  if (a == b) return true;
  return !val_is_fixnum(a) && !val_is_fixnum(b) && mx_int_cmp(a, b) == 0;
}

// Compare a bignum with a finite double by the double's integer part, then its fraction.
static int bignum_cmp_finite(Value a, double d) {
  LimbView view;
  mx_limbs_view(a, &view);
  if (view.negative != (d < 0)) return view.negative ? -1 : 1;
  int exponent;
  double mantissa = frexp(fabs(d), &exponent);
  uint64_t bits = limbs_bits(&view);
  int order;
  if (exponent <= 62 || bits > (uint64_t)exponent) {
    order = 1;
  } else if (bits < (uint64_t)exponent) {
    order = -1;
  } else { // same number of bits, at least 63, so that d has no fraction
    uint64_t mine =
        bits >= LIMB_BITS ? limb_window(&view, bits - LIMB_BITS) : view.at[0] << (LIMB_BITS - bits);
    uint64_t other = (uint64_t)ldexp(mantissa, 64);
    bool more = bits > LIMB_BITS && limbs_any_below(&view, bits - LIMB_BITS);
    order = mine < other ? -1 : (mine > other || more);
  }
  return view.negative ? -order : order;
}

// Compare with a double, exactly.
int mx_int_cmp_double(Value a, double d) {
  if (isnan(d)) return 2;
  if (isinf(d)) return d < 0 ? 1 : -1;
  if (!val_is_fixnum(a)) return bignum_cmp_finite(a, d);
  int64_t n = val_to_fixnum(a);
  if (d >= 0x1p62) return -1;
  if (d < -0x1p62) return 1;
  int64_t whole = (int64_t)d;
  if (n != whole) return n < whole ? -1 : 1;
  double fraction = d - (double)whole; // exact: a fraction is left only below 2^53
  return fraction > 0 ? -1 : fraction < 0;
}

// Hash a value of any size.
uint64_t mx_int_hash(VM *vm, Value a) {
  if (val_is_fixnum(a)) return mx_hash_mix(vm->hash_seed[0], a);
  const BignumObj *big = VAL_CAST(BignumObj, a);
  size_t count = (size_t)(big->size < 0 ? -big->size : big->size);
  uint64_t hash = mx_hash_bytes(vm, big->limbs, count * sizeof(uint64_t));
  return big->size < 0 ? ~hash : hash;
}

// Count the bits that the value needs, without its sign.
uint64_t mx_int_bit_length(Value a) {
  if (val_is_fixnum(a)) {
    int64_t n = val_to_fixnum(a);
    uint64_t bits = (uint64_t)(n < 0 ? ~n : n);
    return bits ? LIMB_BITS - (uint64_t)__builtin_clzll(bits) : 0;
  }
  LimbView view;
  mx_limbs_view(a, &view);
  uint64_t bits = limbs_bits(&view);
  // -2^n needs one bit less, as ~(-2^n) is 2^n - 1.
  bool power = mx_int_trailing_zeros(a) + 1 == bits;
  return bits - (view.negative && power);
}

// Count the zero bits at the low end.
uint64_t mx_int_trailing_zeros(Value a) {
  LimbView view;
  mx_limbs_view(a, &view);
  return mpn_scan1(view.at, 0);
}

// Test the lowest bit.
bool mx_int_is_even(Value a) {
  return val_is_fixnum(a) ? (a & 2) == 0 : (VAL_CAST(BignumObj, a)->limbs[0] & 1) == 0;
}
