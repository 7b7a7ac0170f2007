// SPDX-License-Identifier: MIT
// Unit tests of runtime/value.
#include "runtime/value.h"

#include <check.h>
#include <math.h>

// Integers keep their value at both ends of the range.
START_TEST(fixnums_round_trip) {
  int64_t cases[] = {0, 1, -1, 42, FIXNUM_MAX, FIXNUM_MIN};
  for (size_t i = 0; i < MX_COUNT_OF(cases); i++) {
    Value v = val_from_fixnum(cases[i]);
    ck_assert(val_is_fixnum(v));
    ck_assert_int_eq(val_to_fixnum(v), cases[i]);
  }
  ck_assert(!fixnum_fits(FIXNUM_MAX + 1));
  ck_assert(!fixnum_fits(FIXNUM_MIN - 1));
}
END_TEST

// Doubles inside the window are encoded exactly, the others refused.
START_TEST(flonums_round_trip_or_are_refused) {
  double inside[] = {1.0, -1.0, 0.1, 1e70, -1e-70, 3.141592653589793};
  double outside[] = {0.0, -0.0, INFINITY, NAN, 1e300, 5e-324};
  for (size_t i = 0; i < MX_COUNT_OF(inside); i++) {
    Value v;
    ck_assert(val_from_flonum(inside[i], &v));
    ck_assert(val_is_flonum(v) && !val_is_fixnum(v) && !val_is_heap(v));
    ck_assert(val_to_flonum(v) == inside[i]);
  }
  for (size_t i = 0; i < MX_COUNT_OF(outside); i++) {
    Value v;
    ck_assert(!val_from_flonum(outside[i], &v));
  }
}
END_TEST

// Only nil and false are false.
START_TEST(truth) {
  ck_assert(!val_truthy(VAL_NIL));
  ck_assert(!val_truthy(VAL_FALSE));
  ck_assert(val_truthy(VAL_TRUE));
  ck_assert(val_truthy(val_from_fixnum(0)));
  ck_assert(val_truthy(val_from_sym(0)));
}
END_TEST

// No immediate is taken for another kind.
START_TEST(kinds_are_disjoint) {
  Value all[] = {VAL_NIL, VAL_FALSE, VAL_TRUE, VAL_UNDEF, VAL_EXC, val_from_sym(7)};
  for (size_t i = 0; i < MX_COUNT_OF(all); i++) {
    ck_assert(!val_is_heap(all[i]));
    ck_assert(!val_is_fixnum(all[i]));
    ck_assert(!val_is_flonum(all[i]));
    ck_assert_int_eq(val_is_symbol(all[i]), i == 5);
  }
  ck_assert_uint_eq(val_to_sym(val_from_sym(7)), 7);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("value");
  tcase_add_test(tests, fixnums_round_trip);
  tcase_add_test(tests, flonums_round_trip_or_are_refused);
  tcase_add_test(tests, truth);
  tcase_add_test(tests, kinds_are_disjoint);
  Suite *suite = suite_create("value");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
