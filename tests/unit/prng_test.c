// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/prng.
#include "runtime/base/prng.h"

#include <check.h>

// One seed gives one sequence, another seed another.
START_TEST(seeds_determine_the_sequence) {
  Prng a, b, c;
  mx_prng_seed(&a, 1);
  mx_prng_seed(&b, 1);
  mx_prng_seed(&c, 2);
  uint64_t first = mx_prng_next(&a);
  ck_assert_uint_eq(first, mx_prng_next(&b));
  ck_assert_uint_ne(first, mx_prng_next(&c));
}
END_TEST

// Bounded numbers reach every value and stay below the bound.
START_TEST(bounded_numbers_cover_the_range) {
  Prng prng;
  int seen[7] = {0};
  mx_prng_seed(&prng, 0);
  for (int i = 0; i < 1000; i++) {
    uint64_t n = mx_prng_below(&prng, 7);
    ck_assert_uint_lt(n, 7);
    seen[n]++;
  }
  for (int i = 0; i < 7; i++) ck_assert_int_gt(seen[i], 80);
  ck_assert_uint_eq(mx_prng_below(&prng, 1), 0);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("prng");
  tcase_add_test(tests, seeds_determine_the_sequence);
  tcase_add_test(tests, bounded_numbers_cover_the_range);
  Suite *suite = suite_create("prng");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
