// SPDX-License-Identifier: MIT
// Unit tests of Floats: text that reads back, parsing, rounding, exact fractions.
#include "runtime/base/prng.h"
#include "runtime/float.h"
#include "runtime/numeric.h"
#include "tests/unit/vm_fixture.h"

#include <math.h>
#include <stdio.h>

enum { ROUNDS = 5000 };

static ExecCtx *ec;

// Make a VM.
static void set_up(void) { ec = fixture_vm(); }

// Text of a double.
static const char *text_of(double d) { return fixture_text(mx_float_to_s(ec, d)); }

// A finite double of random bits.
static double random_double(Prng *prng) {
  for (;;) {
    uint64_t bits = mx_prng_next(prng);
    double d;
    memcpy(&d, &bits, sizeof d);
    if (isfinite(d)) return d;
  }
}

// Is there no shorter text that reads back? Tries one digit less, nearest and both neighbours.
static bool is_shortest(double d, const char digits[17], int count, int point) {
  if (count == 1) return true;
  char text[40];
  int64_t head = 0;
  for (int i = 0; i < count - 1; i++) head = head * 10 + (digits[i] - '0');
  for (int64_t n = head; n <= head + 1; n++) {
    snprintf(text, sizeof text, "%llde%d", (long long)n, point - count + 1);
    if (strtod(text, NULL) == d) return false;
  }
  return true;
}

START_TEST(digits_read_back_and_are_shortest) {
  Prng prng;
  mx_prng_seed(&prng, 11);
  for (int i = 0; i < ROUNDS; i++) {
    double d = fabs(random_double(&prng));
    if (i % 4 == 0) d = ldexp(1.0, (int)mx_prng_below(&prng, 2000) - 1000);
    char digits[17], text[40];
    int point, count = mx_float_digits(d, digits, &point);
    snprintf(text, sizeof text, "0.%.*se%d", count, digits, point);
    ck_assert_double_eq(strtod(text, NULL), d);
    ck_assert_msg(is_shortest(d, digits, count, point), "%s is not the shortest", text);
    size_t used;
    const char *printed = text_of(d);
    ck_assert_double_eq(mx_float_parse(printed, strlen(printed), true, &used), d);
  }
}
END_TEST

START_TEST(boxed_and_immediate_doubles) {
  Prng prng;
  mx_prng_seed(&prng, 12);
  for (int i = 0; i < ROUNDS; i++) {
    double d = random_double(&prng);
    if (i % 2) d = ldexp(d, -ilogb(d));
    ck_assert_double_eq(val_to_double(mx_float_new(ec, d)), d);
  }
  ck_assert(!signbit(val_to_double(mx_float_new(ec, 0.0))));
  ck_assert(signbit(val_to_double(mx_float_new(ec, -0.0))));
  ck_assert_double_nan(val_to_double(mx_float_new(ec, NAN)));
}
END_TEST

START_TEST(text_forms) {
  ck_assert_str_eq(text_of(1), "1.0");
  ck_assert_str_eq(text_of(-0.0), "-0.0");
  ck_assert_str_eq(text_of(0.1), "0.1");
  ck_assert_str_eq(text_of(0.0001), "0.0001");
  ck_assert_str_eq(text_of(0.00001), "1.0e-05");
  ck_assert_str_eq(text_of(1e14), "100000000000000.0");
  ck_assert_str_eq(text_of(1e15), "1.0e+15");
  ck_assert_str_eq(text_of(999999999999999.9), "999999999999999.9");
  ck_assert_str_eq(text_of(-1.25e-100), "-1.25e-100");
  ck_assert_str_eq(text_of(5e-324), "5.0e-324");
  ck_assert_str_eq(text_of(INFINITY), "Infinity");
  ck_assert_str_eq(text_of(NAN), "NaN");
}
END_TEST

// Parse a prefix; the number of bytes used is checked.
static double parsed(const char *text, bool strict, size_t expected) {
  size_t used;
  double d = mx_float_parse(text, strlen(text), strict, &used);
  ck_assert_msg(used == expected, "%s: %zu bytes", text, used);
  return d;
}

START_TEST(parsing_follows_the_grammar) {
  ck_assert_double_eq(parsed("1.5abc", false, 3), 1.5);
  ck_assert_double_eq(parsed("1_000.5", false, 7), 1000.5);
  ck_assert_double_eq(parsed("1__0", false, 1), 1);
  ck_assert_double_eq(parsed("1e3", false, 3), 1000);
  ck_assert_double_eq(parsed("1e", false, 1), 1);
  ck_assert_double_eq(parsed(".5", false, 2), 0.5);
  ck_assert_double_eq(parsed("abc", false, 0), 0);
  ck_assert_double_eq(parsed("-", false, 0), 0);
  ck_assert_double_eq(parsed("1.x", false, 1), 1);
  ck_assert_double_eq(parsed(" 2.5 ", true, 5), 2.5);
  ck_assert_double_eq(parsed("0x1p3", true, 5), 8);
  ck_assert_double_eq(parsed("1.", true, 2), 1);
}
END_TEST

START_TEST(rounding_to_decimals) {
  ck_assert_double_eq(mx_float_round_digits(2.675, 2, ROUND_HALF_UP), 2.68);
  ck_assert_double_eq(mx_float_round_digits(1.005, 2, ROUND_HALF_UP), 1.01);
  ck_assert_double_eq(mx_float_round_digits(0.5, 20, ROUND_HALF_UP), 0.5);
  ck_assert_double_eq(mx_float_round_digits(2.5, 1, ROUND_CEIL), 2.5);
  ck_assert_double_eq(mx_float_round_digits(-1.25, 1, ROUND_HALF_EVEN), -1.2);
  ck_assert_double_eq(mx_float_round_digits(1.25, 1, ROUND_HALF_DOWN), 1.2);
  ck_assert_double_eq(mx_float_round_digits(-1.21, 1, ROUND_FLOOR), -1.3);
  ck_assert_double_eq(mx_float_round_digits(0.1, 17, ROUND_FLOOR), 0.1);
  ck_assert_double_eq(mx_float_round_digits(13.3, 2, ROUND_CEIL), 13.3);
  ck_assert_double_eq(mx_float_round_whole(-2.5, ROUND_HALF_EVEN), -2);
  ck_assert_double_eq(mx_float_round_whole(0.49999999999999994, ROUND_HALF_UP), 0);
}
END_TEST

START_TEST(fractions_are_exact) {
  Prng prng;
  mx_prng_seed(&prng, 13);
  for (int i = 0; i < 500; i++) {
    double d = random_double(&prng);
    Value r = mx_rational_from_double(ec, d);
    ck_assert_double_eq(mx_num_to_double(ec, r), d);
  }
}
END_TEST

START_TEST(remainders_have_the_divisors_sign) {
  ck_assert_double_eq(mx_float_mod(-7.5, 2), 0.5);
  ck_assert_double_eq(mx_float_mod(7.5, -2), -0.5);
  ck_assert_double_eq(mx_float_mod(1, INFINITY), 1);
  ck_assert(isinf(mx_float_mod(-1, INFINITY)));
  ck_assert_double_nan(mx_float_mod(1, 0));
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("float");
  tcase_add_checked_fixture(tests, set_up, NULL);
  tcase_add_test(tests, digits_read_back_and_are_shortest);
  tcase_add_test(tests, boxed_and_immediate_doubles);
  tcase_add_test(tests, text_forms);
  tcase_add_test(tests, parsing_follows_the_grammar);
  tcase_add_test(tests, rounding_to_decimals);
  tcase_add_test(tests, fractions_are_exact);
  tcase_add_test(tests, remainders_have_the_divisors_sign);
  return fixture_run("float", tests);
}
