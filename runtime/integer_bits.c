// SPDX-License-Identifier: MIT
// Bits of Integers: and, or, xor, not, shifts, single bits, all as if in infinite two's complement.
//
// Bignums store sign and magnitude, so negative operands are written out as two's complement in
// scratch limbs one limb longer than the longest operand; that limb is pure sign.
#include "runtime/integer.h"
#include "runtime/integer_limbs.h"

#include <stdlib.h>

typedef enum BitOp { BIT_AND, BIT_OR, BIT_XOR } BitOp;

// Write an Integer as two's complement of `count` limbs.
static void to_complement(Value v, mp_limb_t *out, mp_size_t count) {
  LimbView view;
  mx_limbs_view(v, &view);
  mpn_zero(out, count);
  if (view.count) mpn_copyi(out, view.at, view.count);
  if (view.negative) mpn_neg(out, out, count);
}

// Read two's complement; the limbs are overwritten.
static Value from_complement(ExecCtx *ec, mp_limb_t *at, mp_size_t count) {
  bool negative = (at[count - 1] >> (LIMB_BITS - 1)) != 0;
  if (negative) mpn_neg(at, at, count);
  return mx_limbs_to_int(ec, at, count, negative);
}

// Limbs of a magnitude.
static mp_size_t limb_count(Value v) {
  LimbView view;
  mx_limbs_view(v, &view);
  return view.count;
}

// Apply an operation of which at least one operand is big.
static Value bit_op_big(ExecCtx *ec, BitOp op, Value a, Value b) {
  mp_size_t na = limb_count(a), nb = limb_count(b);
  mp_size_t count = (na > nb ? na : nb) + 1;
  mp_limb_t *x = mx_limbs_scratch(2 * count), *y = x + count;
  to_complement(a, x, count);
  to_complement(b, y, count);
  switch (op) {
  case BIT_AND: mpn_and_n(x, x, y, count); break;
  case BIT_OR: mpn_ior_n(x, x, y, count); break;
  case BIT_XOR: mpn_xor_n(x, x, y, count); break;
  }
  Value result = from_complement(ec, x, count);
  free(x);
  return result;
}

// Intersect bits.
Value mx_int_and(ExecCtx *ec, Value a, Value b) {
  return val_both_fixnum(a, b) ? (a & b) : bit_op_big(ec, BIT_AND, a, b);
}

// Unite bits.
Value mx_int_or(ExecCtx *ec, Value a, Value b) {
  return val_both_fixnum(a, b) ? (a | b) : bit_op_big(ec, BIT_OR, a, b);
}

// Tell where bits differ.
Value mx_int_xor(ExecCtx *ec, Value a, Value b) {
  return val_both_fixnum(a, b) ? ((a ^ b) | 1) : bit_op_big(ec, BIT_XOR, a, b);
}

// Flip all bits.
Value mx_int_not(ExecCtx *ec, Value a) {
  if (val_is_fixnum(a)) return val_from_fixnum(~val_to_fixnum(a));
  return mx_int_sub(ec, val_from_fixnum(-1), a);
}

// Shift left by a number of bits.
static Value shift_left(ExecCtx *ec, Value a, uint64_t by) {
  if (val_is_fixnum(a) && by < 62) {
    int64_t n = val_to_fixnum(a), moved = (int64_t)((uint64_t)n << by);
    if (moved >> by == n) return mx_int_from_i64(ec, moved);
  }
  LimbView view;
  mx_limbs_view(a, &view);
  if (by / LIMB_BITS + (uint64_t)view.count >= INTEGER_MAX_LIMBS) {
    return mx_raise_range(ec, "shift width too big");
  }
  mp_size_t whole = (mp_size_t)(by / LIMB_BITS), count = whole + view.count + 1;
  unsigned rest = by % LIMB_BITS;
  BignumObj *big = mx_limbs_new(ec, count);
  mp_limb_t *out = (mp_limb_t *)big->limbs;
  if (rest) {
    out[count - 1] = mpn_lshift(out + whole, view.at, view.count, rest);
  } else {
    mpn_copyi(out + whole, view.at, view.count);
  }
  return mx_limbs_finish(big, count, view.negative);
}

// Shift a bignum right, rounding down.
static Value shift_right_big(ExecCtx *ec, Value a, uint64_t by) {
  LimbView view;
  mx_limbs_view(a, &view);
  mp_size_t whole = (mp_size_t)(by / LIMB_BITS), count = view.count - whole;
  unsigned rest = by % LIMB_BITS;
  if (count <= 0) return val_from_fixnum(view.negative ? -1 : 0);
  bool lost = view.negative && mx_int_trailing_zeros(a) < by;
  BignumObj *big = mx_limbs_new(ec, count + 1);
  mp_limb_t *out = (mp_limb_t *)big->limbs;
  if (rest) {
    mpn_rshift(out, view.at + whole, count, rest);
  } else {
    mpn_copyi(out, view.at + whole, count);
  }
  if (lost) out[count] = mpn_add_1(out, out, count, 1);
  return mx_limbs_finish(big, count + 1, view.negative);
}

// Shift right by a number of bits.
static Value shift_right(ExecCtx *ec, Value a, uint64_t by) {
  if (!val_is_fixnum(a)) return shift_right_big(ec, a, by);
  return val_from_fixnum(val_to_fixnum(a) >> (by > 63 ? 63 : by));
}

// Shift by any distance, in either direction.
Value mx_int_shift(ExecCtx *ec, Value a, Value by, bool left) {
  if (mx_int_is_negative(by)) {
    left = !left;
    by = mx_int_neg(ec, by);
    if (by == VAL_EXC) return by;
  }
  if (mx_int_is_zero(a)) return a;
  if (!val_is_fixnum(by)) {
    if (left) return mx_raise_range(ec, "shift width too big");
    return val_from_fixnum(mx_int_is_negative(a) ? -1 : 0);
  }
  uint64_t bits = (uint64_t)val_to_fixnum(by);
  return left ? shift_left(ec, a, bits) : shift_right(ec, a, bits);
}

// Read one bit.
bool mx_int_bit(Value a, uint64_t index) {
  if (val_is_fixnum(a)) return (val_to_fixnum(a) >> (index > 63 ? 63 : index)) & 1;
  LimbView view;
  mx_limbs_view(a, &view);
  if (index / LIMB_BITS >= (uint64_t)view.count) return view.negative;
  bool bit = (view.at[index / LIMB_BITS] >> (index % LIMB_BITS)) & 1;
  // The complement of a magnitude flips every bit above its lowest one.
  return view.negative && index > mx_int_trailing_zeros(a) ? !bit : bit;
}
