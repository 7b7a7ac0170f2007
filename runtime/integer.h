// SPDX-License-Identifier: MIT
// Integer of any size: fixnums in the word, bignums as GMP limbs inside the object (mpn_* only,
// so that GMP's process-wide allocator hooks stay untouched). Results are always normalized: a
// value that fits 63 bits is never a bignum.
#ifndef MX_RUNTIME_INTEGER_H
#define MX_RUNTIME_INTEGER_H

#include "runtime/vm.h"

typedef struct BignumObj {
  Header h;
  int64_t size;     // limbs; negative for a negative number, as in GMP
  uint64_t limbs[]; // least significant first, the top one not zero
} BignumObj;

enum { INTEGER_MAX_LIMBS = 1 << 24 }; // beyond: RangeError or ArgumentError, never a hang

static inline bool val_is_bignum(Value v) { return val_is_type(v, T_BIGNUM); }
static inline bool val_is_integer(Value v) { return val_is_fixnum(v) || val_is_bignum(v); }

MX_FUNC Value mx_int_from_i64(ExecCtx *ec, int64_t n);
MX_FUNC Value mx_int_from_u64(ExecCtx *ec, uint64_t n);
MX_FUNC MX_MUST_CHECK Value mx_int_from_double(ExecCtx *ec,
                                               double d); // truncates; FloatDomainError
// Parse digits of a base (2..36), optional sign and underscores; VAL_UNDEF when malformed.
MX_FUNC Value mx_int_parse(ExecCtx *ec, const char *text, size_t len, int base);
MX_FUNC bool mx_int_to_i64(Value v, int64_t *out);         // false when it does not fit
MX_FUNC bool mx_int_to_u64_wrap(Value v, uint64_t *out);   // low 64 bits, two's complement
MX_FUNC double mx_int_to_double(Value v);                  // nearest; infinities beyond
MX_FUNC Value mx_int_to_s(ExecCtx *ec, Value v, int base); // String, US-ASCII

MX_FUNC Value mx_int_add(ExecCtx *ec, Value a, Value b);
MX_FUNC Value mx_int_sub(ExecCtx *ec, Value a, Value b);
MX_FUNC Value mx_int_mul(ExecCtx *ec, Value a, Value b);
MX_FUNC MX_MUST_CHECK Value mx_int_div(ExecCtx *ec, Value a, Value b); // floor; ZeroDivisionError
MX_FUNC MX_MUST_CHECK Value mx_int_mod(ExecCtx *ec, Value a, Value b); // sign of b
MX_FUNC MX_MUST_CHECK bool mx_int_divmod(ExecCtx *ec, Value a, Value b, Value *q, Value *r);
MX_FUNC MX_MUST_CHECK Value mx_int_pow(ExecCtx *ec, Value a, Value b); // b >= 0
MX_FUNC Value mx_int_neg(ExecCtx *ec, Value a);
MX_FUNC Value mx_int_and(ExecCtx *ec, Value a, Value b);
MX_FUNC Value mx_int_or(ExecCtx *ec, Value a, Value b);
MX_FUNC Value mx_int_xor(ExecCtx *ec, Value a, Value b);
MX_FUNC Value mx_int_not(ExecCtx *ec, Value a);
MX_FUNC MX_MUST_CHECK Value mx_int_shift(ExecCtx *ec, Value a, Value by, bool left);
MX_FUNC int mx_int_cmp(Value a, Value b); // -1, 0, 1
MX_FUNC bool mx_int_eq(Value a, Value b);
MX_FUNC int mx_int_sign(Value a); // -1, 0, 1
MX_FUNC uint64_t mx_int_hash(VM *vm, Value a);
MX_FUNC Value mx_int_gcd(ExecCtx *ec, Value a, Value b);
MX_FUNC uint64_t mx_int_bit_length(Value a);
// Parse as Ruby does: blanks, sign, prefix (0x 0b 0o 0d 0), underscores between digits. base: 2-36,
// 0 by prefix (then decimal), -n by prefix, else n. strict: the whole text, VAL_UNDEF when
// malformed; otherwise the longest prefix counts, 0 when there is none.
MX_FUNC Value mx_int_from_text(ExecCtx *ec, const char *text, size_t len, int base, bool strict);
MX_FUNC Value mx_int_lcm(ExecCtx *ec, Value a, Value b);
MX_FUNC Value mx_int_abs(ExecCtx *ec, Value a);
MX_FUNC Value mx_int_isqrt(ExecCtx *ec, Value a); // a >= 0
// a ** e modulo m (sign of m), e >= 0; ZeroDivisionError.
MX_FUNC MX_MUST_CHECK Value mx_int_pow_mod(ExecCtx *ec, Value a, Value e, Value m);
MX_FUNC MX_MUST_CHECK Value mx_int_remainder(ExecCtx *ec, Value a, Value b); // sign of a
MX_FUNC bool mx_int_bit(Value a, uint64_t index); // of the two's complement
MX_FUNC bool mx_int_is_even(Value a);
MX_FUNC uint64_t mx_int_trailing_zeros(Value a); // a is not 0
// Nearest double to a/b with one rounding; a and b are not 0.
MX_FUNC double mx_int_fdiv(ExecCtx *ec, Value a, Value b);
// 10 ** exponent.
MX_FUNC Value mx_int_power_of_ten(ExecCtx *ec, uint32_t exponent);
// Compare with a double exactly: -1, 0, 1, or 2 when d is NaN.
MX_FUNC int mx_int_cmp_double(Value a, double d);
static inline bool mx_int_is_negative(Value a) { return mx_int_sign(a) < 0; }
static inline bool mx_int_is_zero(Value a) { return a == val_from_fixnum(0); }

#endif
