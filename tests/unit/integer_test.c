// SPDX-License-Identifier: MIT
// Unit tests of Integers: against 128-bit arithmetic, and identities on numbers of many limbs.
#include "runtime/base/prng.h"
#include "runtime/integer.h"
#include "tests/unit/vm_fixture.h"

#include <math.h>
#include <stdio.h>

typedef __int128 Wide;

enum { ROUNDS = 3000, BIG_ROUNDS = 200 };

static ExecCtx *ec;
static Prng prng;

// Make a VM and the sequence of the test.
static void set_up(void) {
  ec = fixture_vm();
  mx_prng_seed(&prng, 7);
}

// A word of random length, so that small and large ones are as frequent.
static int64_t random_word(void) {
  uint64_t bits = mx_prng_next(&prng);
  return (int64_t)bits >> mx_prng_below(&prng, 64);
}

// An Integer of up to `limbs` limbs, with runs of ones and zeros.
static Value random_big(uint64_t limbs) {
  Value n = val_from_fixnum(random_word() >> 1);
  for (uint64_t i = mx_prng_below(&prng, limbs); i > 0; i--) {
    uint64_t word = mx_prng_below(&prng, 3) ? mx_prng_next(&prng) : ~(uint64_t)0;
    if (mx_prng_below(&prng, 5) == 0) word = 0;
    n = mx_int_shift(ec, n, val_from_fixnum(64), true);
    n = mx_int_add(ec, n, mx_int_from_u64(ec, word));
  }
  return n;
}

// Integer of a wide number.
static Value of_wide(Wide n) {
  Value high = mx_int_from_i64(ec, (int64_t)(n >> 64));
  Value low = mx_int_from_u64(ec, (uint64_t)n);
  return mx_int_add(ec, mx_int_shift(ec, high, val_from_fixnum(64), true), low);
}

#define ASSERT_INT(a, b) ck_assert_msg(mx_int_eq((a), (b)), "%s != %s", text_of(a), text_of(b))

// Decimal text.
static const char *text_of(Value v) { return fixture_text(mx_int_to_s(ec, v, 10)); }

// Floored division of wide numbers.
static Wide floor_div(Wide a, Wide b) {
  Wide q = a / b;
  return a % b != 0 && (a % b < 0) != (b < 0) ? q - 1 : q;
}

START_TEST(arithmetic_agrees_with_wide_words) {
  for (int i = 0; i < ROUNDS; i++) {
    Wide a = random_word(), b = random_word();
    Value x = of_wide(a), y = of_wide(b);
    ASSERT_INT(mx_int_add(ec, x, y), of_wide(a + b));
    ASSERT_INT(mx_int_sub(ec, x, y), of_wide(a - b));
    ASSERT_INT(mx_int_mul(ec, x, y), of_wide(a * b));
    ASSERT_INT(mx_int_and(ec, x, y), of_wide(a & b));
    ASSERT_INT(mx_int_or(ec, x, y), of_wide(a | b));
    ASSERT_INT(mx_int_xor(ec, x, y), of_wide(a ^ b));
    ASSERT_INT(mx_int_not(ec, x), of_wide(~a));
    ck_assert_int_eq(mx_int_cmp(x, y), a < b ? -1 : a > b);
    if (b == 0) continue;
    ASSERT_INT(mx_int_div(ec, x, y), of_wide(floor_div(a, b)));
    ASSERT_INT(mx_int_mod(ec, x, y), of_wide(a - floor_div(a, b) * b));
    ASSERT_INT(mx_int_remainder(ec, x, y), of_wide(a % b));
  }
}
END_TEST

START_TEST(products_divide_back) {
  for (int i = 0; i < BIG_ROUNDS; i++) {
    Value a = random_big(40), b = random_big(20), q, r;
    if (mx_int_is_zero(b)) continue;
    ck_assert(mx_int_divmod(ec, a, b, &q, &r));
    ASSERT_INT(mx_int_add(ec, mx_int_mul(ec, q, b), r), a);
    ck_assert(mx_int_is_zero(r) || mx_int_sign(r) == mx_int_sign(b));
    ck_assert_int_lt(mx_int_cmp(mx_int_abs(ec, r), mx_int_abs(ec, b)), 0);
    ASSERT_INT(mx_int_mod(ec, mx_int_mul(ec, a, b), b), val_from_fixnum(0));
  }
}
END_TEST

START_TEST(bit_identities_hold) {
  for (int i = 0; i < BIG_ROUNDS; i++) {
    Value a = random_big(10), b = random_big(10);
    Value both = mx_int_and(ec, a, b), any = mx_int_or(ec, a, b);
    ASSERT_INT(mx_int_add(ec, both, any), mx_int_add(ec, a, b));
    ASSERT_INT(mx_int_sub(ec, any, both), mx_int_xor(ec, a, b));
    ASSERT_INT(mx_int_not(ec, mx_int_not(ec, a)), a);
    Value by = val_from_fixnum((int64_t)mx_prng_below(&prng, 200));
    Value power = mx_int_shift(ec, val_from_fixnum(1), by, true);
    ASSERT_INT(mx_int_shift(ec, a, by, true), mx_int_mul(ec, a, power));
    ASSERT_INT(mx_int_shift(ec, a, by, false), mx_int_div(ec, a, power));
    uint64_t at = mx_prng_below(&prng, 700);
    Value moved = mx_int_shift(ec, a, val_from_fixnum((int64_t)at), false);
    ck_assert_int_eq(mx_int_bit(a, at), !mx_int_is_even(moved));
  }
}
END_TEST

START_TEST(text_reads_back_in_every_base) {
  for (int base = 2; base <= 36; base++) {
    for (int i = 0; i < 30; i++) {
      Value a = random_big(12), text = mx_int_to_s(ec, a, base);
      ASSERT_INT(mx_int_parse(ec, mx_str_bytes(text), mx_str_len(text), base), a);
    }
  }
  ck_assert_str_eq(text_of(mx_int_pow(ec, val_from_fixnum(2), val_from_fixnum(100))),
                   "1267650600228229401496703205376");
  ck_assert_str_eq(text_of(of_wide(-((Wide)1 << 64))), "-18446744073709551616");
}
END_TEST

// Parse by Ruby's rules; the decimal text or "-" when malformed.
static const char *parsed(const char *text, int base, bool strict) {
  Value v = mx_int_from_text(ec, text, strlen(text), base, strict);
  return v == VAL_UNDEF ? "-" : text_of(v);
}

START_TEST(prefixes_and_underscores) {
  ck_assert_str_eq(parsed("0x1F", 0, true), "31");
  ck_assert_str_eq(parsed(" -0b101 ", 0, true), "-5");
  ck_assert_str_eq(parsed("0o17", 0, true), "15");
  ck_assert_str_eq(parsed("017", 0, true), "15");
  ck_assert_str_eq(parsed("0_7", 0, true), "7");
  ck_assert_str_eq(parsed("0d19", 0, true), "19");
  ck_assert_str_eq(parsed("0", 0, true), "0");
  ck_assert_str_eq(parsed("08", 0, true), "-");
  ck_assert_str_eq(parsed("1_000", 0, true), "1000");
  ck_assert_str_eq(parsed("1__0", 0, true), "-");
  ck_assert_str_eq(parsed("1__0", 10, false), "1");
  ck_assert_str_eq(parsed("_1", 0, true), "-");
  ck_assert_str_eq(parsed("1_", 0, true), "-");
  ck_assert_str_eq(parsed("12abc", 10, false), "12");
  ck_assert_str_eq(parsed("0x1A", 16, false), "26");
  ck_assert_str_eq(parsed("0x", 16, false), "0");
  ck_assert_str_eq(parsed("0x", 0, true), "-");
  ck_assert_str_eq(parsed("0x1A", 10, false), "0");
  ck_assert_str_eq(parsed("z", 36, false), "35");
  ck_assert_str_eq(parsed("", 0, true), "-");
  ck_assert_str_eq(parsed("- 1", 0, true), "-");
}
END_TEST

START_TEST(words_and_limits) {
  int64_t n;
  ck_assert(val_is_fixnum(mx_int_from_i64(ec, FIXNUM_MAX)));
  ck_assert(val_is_bignum(mx_int_from_i64(ec, FIXNUM_MAX + 1)));
  ck_assert(val_is_bignum(mx_int_from_i64(ec, FIXNUM_MIN - 1)));
  ck_assert(mx_int_to_i64(mx_int_from_i64(ec, INT64_MIN), &n) && n == INT64_MIN);
  ck_assert(!mx_int_to_i64(mx_int_from_u64(ec, (uint64_t)INT64_MAX + 1), &n));
  Value lowest = val_from_fixnum(FIXNUM_MIN);
  ASSERT_INT(mx_int_div(ec, lowest, val_from_fixnum(-1)), mx_int_neg(ec, lowest));
  ASSERT_INT(mx_int_neg(ec, mx_int_neg(ec, lowest)), lowest);
  ck_assert_uint_eq(mx_int_bit_length(of_wide(-((Wide)1 << 64))), 64);
  ck_assert_uint_eq(mx_int_bit_length(of_wide(-((Wide)1 << 64) - 1)), 65);
}
END_TEST

START_TEST(errors_are_raised) {
  ck_assert_uint_eq(mx_int_div(ec, val_from_fixnum(1), val_from_fixnum(0)), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "divided by 0");
  ck_assert_uint_eq(mx_int_shift(ec, val_from_fixnum(1), val_from_fixnum(FIXNUM_MAX), true),
                    VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "shift width too big");
  ck_assert_uint_eq(mx_int_pow(ec, val_from_fixnum(3), val_from_fixnum(FIXNUM_MAX)), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "exponent is too large");
  ck_assert_uint_eq(mx_int_from_double(ec, NAN), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "NaN");
}
END_TEST

START_TEST(doubles_convert_and_compare_exactly) {
  for (int i = 0; i < ROUNDS; i++) {
    double d = ldexp((double)random_word(), (int)mx_prng_below(&prng, 200) - 60);
    Value whole = mx_int_from_double(ec, d);
    ck_assert_double_eq(mx_int_to_double(whole), trunc(d));
    int order = mx_int_cmp_double(whole, d);
    ck_assert_int_eq(order, trunc(d) < d ? -1 : trunc(d) > d);
    Value more = mx_int_add(ec, whole, val_from_fixnum(1));
    ck_assert_int_eq(mx_int_cmp_double(more, trunc(d)), 1);
    ck_assert_int_eq(mx_int_cmp_double(mx_int_sub(ec, whole, val_from_fixnum(1)), trunc(d)), -1);
  }
  ck_assert_int_eq(mx_int_cmp_double(val_from_fixnum(0), NAN), 2);
  ck_assert_int_eq(mx_int_cmp_double(random_big(9), INFINITY), -1);
}
END_TEST

START_TEST(quotients_round_once) {
  for (int i = 0; i < ROUNDS; i++) {
    double x = (double)(random_word() >> 12 | 1), y = (double)(random_word() >> 12 | 1);
    Value a = mx_int_from_double(ec, x), b = mx_int_from_double(ec, y);
    Value scale = mx_int_shift(ec, val_from_fixnum(3), val_from_fixnum(2000), true);
    double quotient = mx_int_fdiv(ec, mx_int_mul(ec, a, scale), mx_int_mul(ec, b, scale));
    ck_assert_double_eq(quotient, x / y);
  }
  Value tiny = mx_int_shift(ec, val_from_fixnum(1), val_from_fixnum(1074), true);
  ck_assert_double_eq(mx_int_fdiv(ec, val_from_fixnum(1), tiny), 0x1p-1074);
  ck_assert_double_eq(mx_int_fdiv(ec, val_from_fixnum(3), mx_int_add(ec, tiny, tiny)), 0x1p-1073);
}
END_TEST

START_TEST(number_theory) {
  for (int i = 0; i < BIG_ROUNDS; i++) {
    Value a = random_big(6), b = random_big(6), c = random_big(3);
    Value g = mx_int_gcd(ec, mx_int_mul(ec, a, c), mx_int_mul(ec, b, c));
    ASSERT_INT(g, mx_int_mul(ec, mx_int_gcd(ec, a, b), mx_int_abs(ec, c)));
    Value square = mx_int_abs(ec, a), root = mx_int_isqrt(ec, square);
    Value next = mx_int_add(ec, root, val_from_fixnum(1));
    ck_assert_int_le(mx_int_cmp(mx_int_mul(ec, root, root), square), 0);
    ck_assert_int_gt(mx_int_cmp(mx_int_mul(ec, next, next), square), 0);
    if (mx_int_is_zero(c)) continue;
    Value e = val_from_fixnum((int64_t)mx_prng_below(&prng, 20));
    ASSERT_INT(mx_int_pow_mod(ec, a, e, c), mx_int_mod(ec, mx_int_pow(ec, a, e), c));
  }
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("integer");
  tcase_add_checked_fixture(tests, set_up, NULL);
  tcase_add_test(tests, arithmetic_agrees_with_wide_words);
  tcase_add_test(tests, products_divide_back);
  tcase_add_test(tests, bit_identities_hold);
  tcase_add_test(tests, text_reads_back_in_every_base);
  tcase_add_test(tests, prefixes_and_underscores);
  tcase_add_test(tests, words_and_limits);
  tcase_add_test(tests, errors_are_raised);
  tcase_add_test(tests, doubles_convert_and_compare_exactly);
  tcase_add_test(tests, quotients_round_once);
  tcase_add_test(tests, number_theory);
  return fixture_run("integer", tests);
}
