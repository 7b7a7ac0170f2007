// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/page_range.
#include "runtime/base/page_range.h"
#include <check.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { RANGE = 16 << 20, PIECE = 3 << 20 };

// Pieces lie behind each other, the first one at a large page, and can be written.
START_TEST(pieces) {
  PageRange range = {.bytes = RANGE, .plain = PAGE_LARGE};
  uint8_t *first = mx_page_range_take(&range, 100), *second = mx_page_range_take(&range, PIECE);
  ck_assert_uint_eq((uintptr_t)first % PAGE_LARGE, 0);
  ck_assert_ptr_eq(second, first + 100);
  ck_assert_uint_eq(second[PIECE - 1], 0);
  for (size_t i = 0; i < PIECE; i += 4096) second[i] = 1;
}
END_TEST

// What does not fit is refused, and leaves the rest as it was.
START_TEST(the_end) {
  PageRange range = {.bytes = RANGE};
  ck_assert_ptr_nonnull(mx_page_range_take(&range, PIECE));
  ck_assert_ptr_null(mx_page_range_take(&range, RANGE));
  ck_assert_ptr_null(mx_page_range_take(&range, SIZE_MAX));
  ck_assert_ptr_nonnull(mx_page_range_take(&range, PIECE));
}
END_TEST

// Where addresses are limited, none are reserved. The sanitizer needs more of them than that.
START_TEST(limited_addresses) {
#ifdef __SANITIZE_ADDRESS__
  return;
#endif
  struct rlimit limit;
  ck_assert_int_eq(getrlimit(RLIMIT_AS, &limit), 0);
  limit.rlim_cur = (rlim_t)8 << 30;
  if (setrlimit(RLIMIT_AS, &limit)) return;
  PageRange range = {.bytes = RANGE};
  ck_assert_ptr_null(mx_page_range_take(&range, PIECE));
  ck_assert_ptr_null(mx_page_range_take(&range, PIECE));
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("page_range");
  tcase_add_test(tests, pieces);
  tcase_add_test(tests, the_end);
  tcase_add_test(tests, limited_addresses);
  Suite *suite = suite_create("page_range");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
