// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/vec.
#include "runtime/base/vec.h"
#include <check.h>

typedef VEC(int) IntVec;

// Push numbers below n and return n.
static int push_below(IntVec *vec, int n) {
  for (int i = 0; i < n; i++) vec_push(vec, i);
  return n;
}

// Elements keep their order while the array grows.
START_TEST(elements_survive_growth) {
  IntVec vec = {0};
  push_below(&vec, 1000);
  ck_assert_uint_eq(vec.count, 1000);
  for (int i = 0; i < 1000; i++) ck_assert_int_eq(vec.at[i], i);
  ck_assert_int_eq(vec_pop(&vec), 999);
  ck_assert_int_eq(vec_last(&vec), 998);
  vec_free(&vec);
  ck_assert_ptr_null(vec.at);
}
END_TEST

// Computing the element to push may push, and move, the same array.
START_TEST(elements_are_evaluated_before_growth) {
  IntVec vec = {0};
  vec_push(&vec, push_below(&vec, 100));
  ck_assert_uint_eq(vec.count, 101);
  ck_assert_int_eq(vec_last(&vec), 100);
  vec_free(&vec);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("vec");
  tcase_add_test(tests, elements_survive_growth);
  tcase_add_test(tests, elements_are_evaluated_before_growth);
  Suite *suite = suite_create("vec");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
