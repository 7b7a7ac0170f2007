// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/bytemap.
#include "runtime/base/bytemap.h"

#include <check.h>
#include <stdio.h>

// Many keys are all found again, absent ones are not.
START_TEST(keys_survive_growth) {
  ByteMap map = {0};
  char key[16];
  uint64_t value;
  for (uint64_t i = 0; i < 5000; i++)
    mx_bytemap_put(&map, key, (size_t)snprintf(key, sizeof key, "k%d", (int)i), i);
  ck_assert_uint_eq(map.count, 5000);
  for (uint64_t i = 0; i < 5000; i++) {
    size_t len = (size_t)snprintf(key, sizeof key, "k%d", (int)i);
    ck_assert(mx_bytemap_get(&map, key, len, &value));
    ck_assert_uint_eq(value, i);
  }
  ck_assert(!mx_bytemap_get(&map, "k5000", 5, &value));
  mx_bytemap_free(&map);
}
END_TEST

// Keys are bytes: NULs and the empty key count, and putting again replaces the word.
START_TEST(any_bytes_are_keys) {
  ByteMap map = {0};
  uint64_t value;
  ck_assert(!mx_bytemap_get(&map, "", 0, &value));
  mx_bytemap_put(&map, "", 0, 1);
  mx_bytemap_put(&map, "a\0b", 3, 2);
  mx_bytemap_put(&map, "a\0c", 3, 3);
  mx_bytemap_put(&map, "a\0b", 3, 4);
  ck_assert_uint_eq(map.count, 3);
  ck_assert(mx_bytemap_get(&map, "", 0, &value));
  ck_assert_uint_eq(value, 1);
  ck_assert(mx_bytemap_get(&map, "a\0b", 3, &value));
  ck_assert_uint_eq(value, 4);
  mx_bytemap_free(&map);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("bytemap");
  tcase_add_test(tests, keys_survive_growth);
  tcase_add_test(tests, any_bytes_are_keys);
  Suite *suite = suite_create("bytemap");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
