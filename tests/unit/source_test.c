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

enum { LONG = 9000 }; // bytes of a text of many blocks

// Fill in a text, some of whose lines are longer than a block.
static void long_text(char text[LONG + 1]) {
  for (uint32_t i = 0; i < LONG; i++)
    text[i] = i * i % 97 == 3 && (i < 3000 || i > 7000) ? '\n' : 'x';
  text[LONG] = 0;
}

// What is kept of a text's lines.
typedef struct Lines {
  uint32_t newlines[LONG / SOURCE_BLOCK + 2];
  uint8_t places[2 * LONG];
} Lines;

static Lines lines_of(const char *text) {
  Lines lines = {0};
  uint32_t count = 0;
  for (uint32_t i = 0; i <= LONG; i++) {
    if (i % SOURCE_BLOCK == 0) lines.newlines[i / SOURCE_BLOCK] = count;
    if (text[i] != '\n') continue;
    lines.places[2 * count] = (uint8_t)(i % SOURCE_BLOCK);
    lines.places[2 * count++ + 1] = (uint8_t)(i % SOURCE_BLOCK >> 8);
  }
  lines.newlines[LONG / SOURCE_BLOCK + 1] = count;
  return lines;
}

// From what was kept of the lines come the same places, without the text.
START_TEST(lines_are_known_without_the_text) {
  char text[LONG + 1];
  long_text(text);
  Lines lines = lines_of(text);
  Arena arena, other;
  Source *source = source_of(&arena, text, 7);
  Source *bare = source_of(&other, "", 7);
  bare->text = NULL;
  bare->len = LONG;
  mx_source_know_lines(bare, lines.newlines, lines.places);
  for (uint32_t i = 0; i <= LONG; i++) {
    SourcePos a = mx_source_pos(source, i), b = mx_source_pos(bare, i);
    ck_assert_uint_eq(a.line, b.line);
    ck_assert_uint_eq(a.column, b.column);
  }
  bare->text = text;
  for (uint32_t i = 0; i < mx_source_line(source, LONG); i++) {
    Span a = mx_source_line_span(source, i), b = mx_source_line_span(bare, i);
    ck_assert(a.start == b.start && a.end == b.end);
  }
  mx_arena_free(&arena);
  mx_arena_free(&other);
}
END_TEST

// Wrong tables give wrong lines that lie in the text all the same.
START_TEST(wrong_tables_do_no_harm) {
  char text[LONG + 1];
  long_text(text);
  Lines lines = lines_of(text);
  memset(lines.places, 0xff, sizeof lines.places);
  Arena arena;
  Source *source = source_of(&arena, text, 1);
  mx_source_know_lines(source, lines.newlines, lines.places);
  for (uint32_t i = 0; i <= LONG; i += 7) ck_assert_uint_le(mx_source_pos(source, i).column, i + 1);
  for (uint32_t i = 0; i < 300; i++) {
    Span span = mx_source_line_span(source, i);
    ck_assert(span.start <= span.end && span.end <= LONG);
  }
  mx_arena_free(&arena);
}
END_TEST

// Lines of a text of many blocks, some of them longer than a block, are those that counting gives.
START_TEST(long_texts_have_the_same_lines) {
  char text[LONG + 1];
  long_text(text);
  Arena arena;
  Source *source = source_of(&arena, text, 1);
  uint32_t line = 1, start = 0;
  for (uint32_t i = 0; i <= LONG; i++) {
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
  tcase_add_test(tests, lines_are_known_without_the_text);
  tcase_add_test(tests, wrong_tables_do_no_harm);
  Suite *suite = suite_create("source");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
