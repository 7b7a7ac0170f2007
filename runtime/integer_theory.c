// SPDX-License-Identifier: MIT
// Number theory on Integers: greatest common divisor, square root, modular powers.
#include "runtime/integer.h"
#include "runtime/integer_limbs.h"

#include <math.h>
#include <stdlib.h>

// Greatest common divisor of words, by halving.
static uint64_t gcd_words(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  int shift = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  while (b) {
    b >>= __builtin_ctzll(b);
    uint64_t smaller = a < b ? a : b;
    b = a < b ? b - a : a - b;
    a = smaller;
  }
  return a << shift;
}

// gcd by mpn_gcd, which wants the longer operand first and the other one odd; overwrites both.
static Value gcd_limbs(ExecCtx *ec, const LimbView *a, const LimbView *b) {
  const LimbView *u = a->count >= b->count ? a : b;
  const LimbView *v = u == a ? b : a;
  mp_limb_t *x = mx_limbs_scratch(u->count + 2 * v->count), *y = x + u->count;
  mp_limb_t *out = y + v->count;
  mp_bitcnt_t zeros_u = mpn_scan1(u->at, 0), zeros_v = mpn_scan1(v->at, 0);
  mp_size_t whole = (mp_size_t)(zeros_v / LIMB_BITS), count = v->count - whole;
  mpn_copyi(x, u->at, u->count);
  mpn_copyi(y, v->at + whole, count);
  if (zeros_v % LIMB_BITS) mpn_rshift(y, y, count, zeros_v % LIMB_BITS);
  while (y[count - 1] == 0) count--;
  mp_size_t size = mpn_gcd(out, x, u->count, y, count);
  Value odd = mx_limbs_to_int(ec, out, size, false);
  free(x);
  mp_bitcnt_t zeros = zeros_u < zeros_v ? zeros_u : zeros_v;
  return zeros ? mx_int_shift(ec, odd, val_from_fixnum((int64_t)zeros), true) : odd;
}

// Greatest common divisor, not negative.
Value mx_int_gcd(ExecCtx *ec, Value a, Value b) {
  LimbView va, vb;
  mx_limbs_view(a, &va);
  mx_limbs_view(b, &vb);
  if (va.count == 0) return mx_int_abs(ec, b);
  if (vb.count == 0) return mx_int_abs(ec, a);
  if (va.count == 1 && vb.count == 1) return mx_int_from_u64(ec, gcd_words(va.at[0], vb.at[0]));
  // mpn_gcd wants u >= v in limbs once v is odd; an even u of the same length is fine.
  return gcd_limbs(ec, &va, &vb);
}

// Least common multiple, not negative.
Value mx_int_lcm(ExecCtx *ec, Value a, Value b) {
  if (mx_int_is_zero(a) || mx_int_is_zero(b)) return val_from_fixnum(0);
  Value part = mx_int_div(ec, a, mx_int_gcd(ec, a, b));
  Value product = part == VAL_EXC ? part : mx_int_mul(ec, part, b);
  return product == VAL_EXC ? product : mx_int_abs(ec, product);
}

// Square root of a word, rounded down.
static int64_t isqrt_word(int64_t n) {
  int64_t root = (int64_t)sqrt((double)n);
  while (root > 0 && root > n / root) root--;
  while (root + 1 <= n / (root + 1)) root++;
  return root;
}

// Square root, rounded down.
Value mx_int_isqrt(ExecCtx *ec, Value a) {
  if (val_is_fixnum(a)) return val_from_fixnum(isqrt_word(val_to_fixnum(a)));
  LimbView view;
  mx_limbs_view(a, &view);
  mp_size_t count = (view.count + 1) / 2;
  BignumObj *root = mx_limbs_new(ec, count);
  mpn_sqrtrem((mp_limb_t *)root->limbs, NULL, view.at, view.count);
  return mx_limbs_finish(root, count, false);
}

// a ** e modulo m for words, 0 <= a < m < 2^63.
static uint64_t pow_mod_words(uint64_t a, uint64_t e, uint64_t m) {
  uint64_t result = 1 % m;
  for (; e; e >>= 1) {
    if (e & 1) result = (uint64_t)((unsigned __int128)result * a % m);
    a = (uint64_t)((unsigned __int128)a * a % m);
  }
  return result;
}

// a * b modulo m.
static Value mul_mod(ExecCtx *ec, Value a, Value b, Value m) {
  Value product = mx_int_mul(ec, a, b);
  return product == VAL_EXC ? product : mx_int_mod(ec, product, m);
}

// As above for Integers of any size, 0 <= a < m.
static Value pow_mod_big(ExecCtx *ec, Value a, Value e, Value m) {
  Value result = mx_int_mod(ec, val_from_fixnum(1), m);
  uint64_t bits = mx_int_bit_length(e);
  for (uint64_t i = bits; i-- > 0 && result != VAL_EXC;) {
    result = mul_mod(ec, result, result, m);
    if (result != VAL_EXC && mx_int_bit(e, i)) result = mul_mod(ec, result, a, m);
  }
  return result;
}

// Power modulo m.
Value mx_int_pow_mod(ExecCtx *ec, Value a, Value e, Value m) {
  Value modulus = mx_int_abs(ec, m);
  Value base = mx_int_mod(ec, a, modulus), result;
  if (base == VAL_EXC) return base;
  if (val_both_fixnum(modulus, e)) {
    result = val_from_fixnum((int64_t)pow_mod_words((uint64_t)val_to_fixnum(base),
                                                    (uint64_t)val_to_fixnum(e),
                                                    (uint64_t)val_to_fixnum(modulus)));
  } else {
    result = pow_mod_big(ec, base, e, modulus);
  }
  if (result == VAL_EXC || mx_int_is_zero(result) || !mx_int_is_negative(m)) return result;
  return mx_int_add(ec, result, m);
}
