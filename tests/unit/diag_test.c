// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/diag.
#include "runtime/base/diag.h"

#include <check.h>
#include <string.h>

// Render one error over [start, end) of a text and compare the outcome.
static void expect_rendering(const char *text, size_t len, Span span, const char *expected) {
  Arena arena;
  StrBuf out = STRBUF_INIT;
  DiagList list;
  mx_arena_init(&arena, mx_arena_malloc_source());
  Source *source = mx_source_new(&arena, "t.rb", text, len, 1);
  mx_diag_init(&list, &arena);
  mx_diag_add(&list, DIAG_ERROR, span, "add it", "unexpected `%s`", "end");
  mx_diag_render_all(&list, source, &out);
  ck_assert_str_eq(mx_strbuf_text(&out), expected);
  mx_strbuf_free(&out);
  mx_diag_free(&list);
  mx_arena_free(&arena);
}

// Message, line, caret under the span, hint.
START_TEST(an_error_shows_its_line) {
  expect_rendering("a\nfoo(end)\n", 11, (Span){6, 9},
                   "t.rb:2:5: syntax error: unexpected `end`\n"
                   "  2 | foo(end)\n"
                   "    |     ^~~\n"
                   "hint: add it\n");
}
END_TEST

// A caret at the end of the text stands behind its last character.
START_TEST(the_end_of_text_has_a_caret) {
  expect_rendering("foo(", 4, (Span){4, 4},
                   "t.rb:1:5: syntax error: unexpected `end`\n"
                   "  1 | foo(\n"
                   "    |     ^\n"
                   "hint: add it\n");
}
END_TEST

// Tabs become spaces, so that the caret is under its column.
START_TEST(tabs_are_expanded) {
  expect_rendering("\tx\tend", 6, (Span){3, 6},
                   "t.rb:1:4: syntax error: unexpected `end`\n"
                   "  1 |         x       end\n"
                   "    |                 ^~~\n"
                   "hint: add it\n");
}
END_TEST

// Control bytes, NULs and broken UTF-8 are escaped; characters count as one cell.
START_TEST(odd_bytes_are_escaped) {
  expect_rendering("\xC3\xA9\x1B\0\xFF\xED\xA0\x80 end", 12, (Span){9, 12},
                   "t.rb:1:10: syntax error: unexpected `end`\n"
                   "  1 | \xC3\xA9\\x1B\\x00\\xFF\\xED\\xA0\\x80 end\n"
                   "    |                           ^~~\n"
                   "hint: add it\n");
}
END_TEST

// Of a long line only the neighbourhood of the caret is shown.
START_TEST(long_lines_are_windowed) {
  char text[5001];
  memset(text, 'x', 5000);
  text[5000] = '\0';
  text[2500] = '!';
  StrBuf expected = STRBUF_INIT;
  mx_strbuf_add_str(&expected, "t.rb:1:2501: syntax error: unexpected `end`\n  1 | ...");
  mx_strbuf_add_repeat(&expected, 'x', 40);
  mx_strbuf_add_byte(&expected, '!');
  mx_strbuf_add_repeat(&expected, 'x', 59);
  mx_strbuf_add_str(&expected, "...\n    |    ");
  mx_strbuf_add_repeat(&expected, ' ', 40);
  mx_strbuf_add_str(&expected, "^\nhint: add it\n");
  expect_rendering(text, 5000, (Span){2500, 2501}, mx_strbuf_text(&expected));
  mx_strbuf_free(&expected);
}
END_TEST

// Items come out sorted by position; errors past the limit are counted.
START_TEST(many_errors_are_sorted_and_limited) {
  Arena arena;
  StrBuf out = STRBUF_INIT;
  DiagList list;
  mx_arena_init(&arena, mx_arena_malloc_source());
  Source *source = mx_source_new(&arena, "t.rb", "abcdef", 6, 1);
  mx_diag_init(&list, &arena);
  for (int i = 0; i < DIAG_MAX_ERRORS + 2; i++)
    mx_diag_add(&list, DIAG_ERROR, (Span){i == 0 ? 3 : 1, 4}, NULL, "e%d", i);
  mx_diag_render_all(&list, source, &out);
  ck_assert_uint_eq(list.items.count, DIAG_MAX_ERRORS);
  ck_assert_int_eq(strncmp(out.at, "t.rb:1:2: syntax error: e1\n", 27), 0);
  ck_assert_ptr_nonnull(strstr(out.at, "t.rb: 2 more errors\n"));
  mx_strbuf_free(&out);
  mx_diag_free(&list);
  mx_arena_free(&arena);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("diag");
  tcase_add_test(tests, an_error_shows_its_line);
  tcase_add_test(tests, the_end_of_text_has_a_caret);
  tcase_add_test(tests, tabs_are_expanded);
  tcase_add_test(tests, odd_bytes_are_escaped);
  tcase_add_test(tests, long_lines_are_windowed);
  tcase_add_test(tests, many_errors_are_sorted_and_limited);
  Suite *suite = suite_create("diag");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
