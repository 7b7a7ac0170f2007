// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/symset.
#include "runtime/base/symset.h"

#include <check.h>

// What was added is there, on both sides of the size from which places are noted; the rest is not.
START_TEST(members_are_found) {
  for (uint32_t size = 0; size < 3 * SYMSET_FEW; size++) {
    SymSet set = {0};
    for (uint32_t i = 0; i < size; i++) mx_symset_add(&set, 7 + 3 * (size - i));
    for (uint32_t i = 0; i < size; i++) {
      ck_assert(mx_symset_has(&set, 7 + 3 * (size - i)));
      ck_assert(!mx_symset_has(&set, 8 + 3 * (size - i)));
    }
    ck_assert(!mx_symset_has(&set, 1000000));
    mx_symset_free(&set);
    ck_assert_uint_eq(set.list.count, 0);
  }
}
END_TEST

// A shorter list has no longer what was cut off, and grows again.
START_TEST(cut_members_are_gone) {
  SymSet set = {0};
  for (uint32_t i = 0; i < 40; i++) mx_symset_add(&set, i);
  uint32_t counts[] = {30, SYMSET_FEW, 3};
  for (uint32_t c = 0; c < MX_COUNT_OF(counts); c++) {
    set.list.count = counts[c];
    for (uint32_t i = 0; i < 40; i++) ck_assert_int_eq(mx_symset_has(&set, i), i < counts[c]);
    for (uint32_t i = 39; i >= counts[c]; i--) mx_symset_add(&set, i);
    for (uint32_t i = 0; i < 40; i++) ck_assert(mx_symset_has(&set, i));
  }
  mx_symset_free(&set);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("symset");
  tcase_add_test(tests, members_are_found);
  tcase_add_test(tests, cut_members_are_gone);
  Suite *suite = suite_create("symset");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
