// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/source.
#include "runtime/base/source.h"

#include <check.h>
#include <string.h>

// Make a Source of a text.
static Source *source_of(Arena *arena, const char *text, int32_t first_line) {
  mx_arena_init(arena, mx_arena_malloc_source());
  return mx_source_new(arena, "t.rb", text, strlen(text), first_line);
}

// Offsets map to lines and columns, the end of the text included.
START_TEST(offsets_become_positions) {
  Arena arena;
  Source *source = source_of(&arena, "ab\n\ncd", 1);
  ck_assert_uint_eq(mx_source_pos(source, 1).column, 2);
  ck_assert_uint_eq(mx_source_line(source, 2), 1);
  ck_assert_uint_eq(mx_source_line(source, 3), 2);
  ck_assert_uint_eq(mx_source_line(source, 4), 3);
  ck_assert_uint_eq(mx_source_pos(source, 6).column, 3);
  ck_assert_uint_eq(mx_source_pos(source, 99).column, 3);
  mx_arena_free(&arena);
}
END_TEST

// The first line may carry any number.
START_TEST(first_line_shifts_numbers) {
  Arena arena;
  Source *source = source_of(&arena, "a\nb", 40);
  ck_assert_uint_eq(mx_source_line(source, 2), 41);
  mx_arena_free(&arena);
}
END_TEST

// A line's span leaves its newline out, be it LF or CR LF.
START_TEST(line_spans_exclude_newlines) {
  Arena arena;
  Source *source = source_of(&arena, "ab\r\nc\n", 1);
  Span first = mx_source_line_span(source, 0);
  Span second = mx_source_line_span(source, 1);
  Span last = mx_source_line_span(source, 2);
  ck_assert_uint_eq(first.end, 2);
  ck_assert_uint_eq(second.start, 4);
  ck_assert_uint_eq(second.end, 5);
  ck_assert_uint_eq(last.start, 6);
  ck_assert_uint_eq(last.end, 6);
  mx_arena_free(&arena);
}
END_TEST

// Lines of a text of many blocks, some of them longer than a block, are those that counting gives.
START_TEST(long_texts_have_the_same_lines) {
  enum { LEN = 9000 };
  char text[LEN + 1] = {0};
  for (uint32_t i = 0; i < LEN; i++)
    text[i] = i * i % 97 == 3 && (i < 3000 || i > 7000) ? '\n' : 'x';
  Arena arena;
  Source *source = source_of(&arena, text, 1);
  uint32_t line = 1, start = 0;
  for (uint32_t i = 0; i <= LEN; i++) {
    SourcePos pos = mx_source_pos(source, i);
    ck_assert_uint_eq(pos.line, line);
    ck_assert_uint_eq(pos.column, i - start + 1);
    ck_assert_uint_eq(mx_source_line_span(source, line - 1).start, start);
    if (text[i] != '\n') continue;
    ck_assert_uint_eq(mx_source_line_span(source, line - 1).end, i);
    line++;
    start = i + 1;
  }
  mx_arena_free(&arena);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("source");
  tcase_add_test(tests, offsets_become_positions);
  tcase_add_test(tests, first_line_shifts_numbers);
  tcase_add_test(tests, line_spans_exclude_newlines);
  tcase_add_test(tests, long_texts_have_the_same_lines);
  Suite *suite = suite_create("source");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
