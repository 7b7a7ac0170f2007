// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/strbuf.
#include "runtime/base/strbuf.h"

#include <check.h>
#include <stdlib.h>

// Text grows piece by piece and stays terminated.
START_TEST(pieces_are_joined) {
  StrBuf buf = STRBUF_INIT;
  ck_assert_str_eq(mx_strbuf_text(&buf), "");
  mx_strbuf_add_str(&buf, "ab");
  mx_strbuf_add_byte(&buf, 'c');
  mx_strbuf_add_repeat(&buf, '-', 3);
  mx_strbuf_printf(&buf, "%d%s", 42, "!");
  ck_assert_str_eq(mx_strbuf_text(&buf), "abc---42!");
  mx_strbuf_truncate(&buf, 2);
  ck_assert_str_eq(mx_strbuf_text(&buf), "ab");
  mx_strbuf_free(&buf);
}
END_TEST

// A formatted piece longer than the room is not cut.
START_TEST(long_formats_grow_the_buffer) {
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "%0500d", 7);
  ck_assert_uint_eq(buf.len, 500);
  ck_assert_int_eq(buf.at[499], '7');
  mx_strbuf_free(&buf);
}
END_TEST

// Code points of every length class are encoded.
START_TEST(code_points_become_utf8) {
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_add_utf8(&buf, 'a');
  mx_strbuf_add_utf8(&buf, 0xE9);
  mx_strbuf_add_utf8(&buf, 0x20AC);
  mx_strbuf_add_utf8(&buf, 0x1F600);
  ck_assert_str_eq(mx_strbuf_text(&buf), "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  mx_strbuf_free(&buf);
}
END_TEST

// Taken bytes belong to the caller, also when nothing was added.
START_TEST(take_empties_the_buffer) {
  StrBuf buf = STRBUF_INIT;
  char *empty = mx_strbuf_take(&buf);
  ck_assert_str_eq(empty, "");
  free(empty);
  mx_strbuf_add_str(&buf, "x");
  char *bytes = mx_strbuf_take(&buf);
  ck_assert_str_eq(bytes, "x");
  ck_assert_uint_eq(buf.len, 0);
  free(bytes);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("strbuf");
  tcase_add_test(tests, pieces_are_joined);
  tcase_add_test(tests, long_formats_grow_the_buffer);
  tcase_add_test(tests, code_points_become_utf8);
  tcase_add_test(tests, take_empties_the_buffer);
  Suite *suite = suite_create("strbuf");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
