// SPDX-License-Identifier: MIT
// Unit tests of Rational and Complex, and of operators between kinds of numbers.
#include "runtime/base/prng.h"
#include "runtime/numeric.h"
#include "tests/unit/vm_fixture.h"

static ExecCtx *ec;

// Make a VM.
static void set_up(void) { ec = fixture_vm(); }

// num/den.
static Value rational(int64_t num, int64_t den) {
  return mx_rational_new(ec, mx_int_from_i64(ec, num), mx_int_from_i64(ec, den));
}

// Text of a op b.
static const char *text_of(Sym op, Value a, Value b) {
  Value v = mx_num_binary(ec, op, a, b);
  ck_assert_uint_ne(v, VAL_EXC);
  return fixture_text(mx_num_to_s(ec, v));
}

START_TEST(lowest_terms) {
  ck_assert_str_eq(fixture_text(mx_num_to_s(ec, rational(6, -4))), "-3/2");
  ck_assert_str_eq(fixture_text(mx_num_to_s(ec, rational(0, -4))), "0/1");
  ck_assert_uint_eq(rational(1, 0), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "divided by 0");
  Value digits = mx_rational_from_digits(ec, "1.250", 5);
  ck_assert_str_eq(fixture_text(mx_num_to_s(ec, digits)), "5/4");
}
END_TEST

START_TEST(arithmetic_identities) {
  Prng prng;
  mx_prng_seed(&prng, 3);
  for (int i = 0; i < 500; i++) {
    Value a =
        rational((int64_t)mx_prng_next(&prng) >> 20, (int64_t)(mx_prng_next(&prng) >> 40) + 1);
    Value b =
        rational((int64_t)mx_prng_next(&prng) >> 30 | 1, (int64_t)(mx_prng_next(&prng) >> 3) + 1);
    Value sum = mx_num_binary(ec, SYM_PLUS, a, b);
    ck_assert(mx_num_eql(ec, mx_num_binary(ec, SYM_MINUS, sum, b), a));
    Value product = mx_num_binary(ec, SYM_STAR, a, b);
    ck_assert(mx_num_eql(ec, mx_num_binary(ec, SYM_SLASH, product, b), a));
    Value rest = mx_num_binary(ec, SYM_PERCENT, a, b);
    ck_assert(mx_num_cmp(ec, rest, val_from_fixnum(0)) * mx_num_cmp(ec, b, val_from_fixnum(0)) >=
              0);
    ck_assert_int_eq(mx_num_cmp(ec, a, b), -mx_num_cmp(ec, b, a));
  }
}
END_TEST

START_TEST(kinds_meet_at_the_higher_one) {
  Value one = val_from_fixnum(1), half = rational(1, 2), real = mx_float_new(ec, 0.5);
  Value unit = mx_complex_new(ec, val_from_fixnum(0), one);
  ck_assert_str_eq(text_of(SYM_PLUS, one, half), "3/2");
  ck_assert_str_eq(text_of(SYM_PLUS, half, real), "1.0");
  ck_assert_str_eq(text_of(SYM_PLUS, real, unit), "0.5+1i");
  ck_assert_str_eq(text_of(SYM_STAR, unit, unit), "-1+0i");
  ck_assert_str_eq(text_of(SYM_POW, val_from_fixnum(2), val_from_fixnum(-2)), "1/4");
  ck_assert_str_eq(text_of(SYM_POW, half, val_from_fixnum(-3)), "8/1");
  ck_assert_str_eq(text_of(SYM_POW, val_from_fixnum(-4), real), "0.0+2.0i");
  ck_assert_uint_eq(mx_num_binary(ec, SYM_EQ, half, real), VAL_TRUE);
  ck_assert_uint_eq(mx_num_binary(ec, SYM_PLUS, one, VAL_NIL), VAL_UNDEF);
  ck_assert_uint_eq(mx_num_binary(ec, SYM_AMP, one, real), VAL_UNDEF);
}
END_TEST

START_TEST(simplest_fraction_between) {
  Value v = mx_rational_simplest(ec, rational(314, 100), rational(315, 100));
  ck_assert_str_eq(fixture_text(mx_num_to_s(ec, v)), "22/7");
  v = mx_rational_simplest(ec, rational(-35, 100), rational(-3, 10));
  ck_assert_str_eq(fixture_text(mx_num_to_s(ec, v)), "-1/3");
  v = mx_rational_simplest(ec, rational(-1, 10), rational(1, 10));
  ck_assert_str_eq(fixture_text(mx_num_to_s(ec, v)), "0/1");
}
END_TEST

START_TEST(complex_text) {
  Value c = mx_complex_new(ec, rational(1, 2), rational(-2, 3));
  ck_assert_str_eq(fixture_text(mx_complex_to_s(ec, c, false)), "1/2-2/3i");
  c = mx_complex_new(ec, val_from_fixnum(1), mx_float_new(ec, -0.0));
  ck_assert_str_eq(fixture_text(mx_complex_to_s(ec, c, false)), "1-0.0i");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("rational");
  tcase_add_checked_fixture(tests, set_up, NULL);
  tcase_add_test(tests, lowest_terms);
  tcase_add_test(tests, arithmetic_identities);
  tcase_add_test(tests, kinds_meet_at_the_higher_one);
  tcase_add_test(tests, simplest_fraction_between);
  tcase_add_test(tests, complex_text);
  return fixture_run("rational", tests);
}
