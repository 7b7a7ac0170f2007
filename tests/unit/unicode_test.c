// SPDX-License-Identifier: MIT
// Unit tests of runtime/unicode: case mappings and normalization.
#include "runtime/unicode.h"

#include <check.h>
#include <stdlib.h>

// Check one case mapping.
static void check_case(uint32_t code, CaseForm form, size_t count, uint32_t first) {
  uint32_t out[CASE_MAX];
  ck_assert_uint_eq(mx_unicode_case(code, form, out), count);
  ck_assert_uint_eq(out[0], first);
}

// Mappings of one, two and three characters; title case differs from upper case.
START_TEST(case_mappings) {
  check_case('a', CASE_UPPER, 1, 'A');
  check_case('1', CASE_UPPER, 1, '1');
  check_case(0xDF, CASE_UPPER, 2, 'S');
  check_case(0xDF, CASE_FOLD, 2, 's');
  check_case(0x1C6, CASE_TITLE, 1, 0x1C5);
  check_case(0x1C6, CASE_UPPER, 1, 0x1C4);
  check_case(0x390, CASE_UPPER, 3, 0x399);
  check_case(0x130, CASE_LOWER, 2, 'i');
  check_case(0x10FFFF, CASE_LOWER, 1, 0x10FFFF);
}
END_TEST

// Check one normalization.
static void check_normal(NormalForm form, size_t count, const uint32_t *codes, size_t want_count,
                         const uint32_t *want) {
  size_t got_count;
  uint32_t *got = mx_unicode_normalize(codes, count, form, &got_count);
  ck_assert_uint_eq(got_count, want_count);
  for (size_t i = 0; i < want_count; i++) ck_assert_uint_eq(got[i], want[i]);
  free(got);
}

// Decomposition, order of marks, composition, compatibility.
START_TEST(normal_forms) {
  check_normal(NORMAL_NFD, 1, (uint32_t[]){0xE9}, 2, (uint32_t[]){'e', 0x301});
  check_normal(NORMAL_NFC, 2, (uint32_t[]){'e', 0x301}, 1, (uint32_t[]){0xE9});
  check_normal(NORMAL_NFD, 3, (uint32_t[]){'a', 0x301, 0x323}, 3, (uint32_t[]){'a', 0x323, 0x301});
  check_normal(NORMAL_NFC, 3, (uint32_t[]){'a', 0x301, 0x323}, 2, (uint32_t[]){0x1EA1, 0x301});
  check_normal(NORMAL_NFC, 1, (uint32_t[]){0x212B}, 1, (uint32_t[]){0xC5});
  check_normal(NORMAL_NFC, 1, (uint32_t[]){0xFB01}, 1, (uint32_t[]){0xFB01});
  check_normal(NORMAL_NFKC, 1, (uint32_t[]){0xFB01}, 2, (uint32_t[]){'f', 'i'});
  check_normal(NORMAL_NFC, 0, NULL, 0, NULL);
}
END_TEST

// Hangul syllables are computed, both ways.
START_TEST(hangul) {
  check_normal(NORMAL_NFD, 1, (uint32_t[]){0xAC01}, 3, (uint32_t[]){0x1100, 0x1161, 0x11A8});
  check_normal(NORMAL_NFC, 3, (uint32_t[]){0x1100, 0x1161, 0x11A8}, 1, (uint32_t[]){0xAC01});
  check_normal(NORMAL_NFC, 2, (uint32_t[]){0x1100, 0x1161}, 1, (uint32_t[]){0xAC00});
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("unicode");
  tcase_add_test(tests, case_mappings);
  tcase_add_test(tests, normal_forms);
  tcase_add_test(tests, hangul);
  Suite *suite = suite_create("unicode");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
