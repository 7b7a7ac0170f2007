// SPDX-License-Identifier: MIT
// Unit tests of runtime/regexp*: translation of the syntax, searching, encodings, printing.
#include "runtime/regexp.h"
#include "runtime/regexp_syntax.h"
#include "tests/unit/vm_fixture.h"

// Compile C text.
static Value regexp(ExecCtx *ec, const char *source, uint32_t options) {
  return mx_regexp_new(ec, mx_str_from_cstr(ec, source), options);
}

// Text of the first match of a pattern in a text, "-" when there is none.
static const char *found(ExecCtx *ec, const char *source, const char *text) {
  Value re = regexp(ec, source, 0);
  ck_assert_msg(!val_is_exc(re), "%s", source);
  Value match = mx_regexp_search(ec, re, mx_str_from_cstr(ec, text), 0, false);
  return val_is_nil(match) ? "-" : fixture_text(mx_match_group(ec, match, 0));
}

// Ruby's syntax and what Oniguruma is given for it.
START_TEST(syntax_is_translated) {
  static const char *const pairs[][2] = {
      {"a\\w", "a[a-zA-Z0-9_]"},
      {"[\\d-]", "[[0-9]-]"},
      {"(?u:\\w)\\w", "(?:\\w)[a-zA-Z0-9_]"},
      {"(?ai)x", "(?i)x"},
      {"(?a)x", "x"},
      {"(?a)[[:^digit:]x]", "[[^0-9]x]"},
      {"\\u3042\\x41", "\xE3\x81\x82\\x41"},
      {"\\u{41 3042}", "\\x41\xE3\x81\x82"},
      {"\\xE3\\x81\\x82", "\xE3\x81\x82"},
      {"[]a]", "[\\]a]"},
      {"(?#note)a", "a"},
      {"(?x: a # [\n)#", "(?x: a \n)#"},
      {"^*", "(?:^(?:))*"},
      {"(?=a)?", "(?:(?=a)(?:))?"},
      {"\\y\\j", "yj"},
      {"\\R", "(?>\\x0D\\x0A|[\\x0A-\\x0D])"},
      {"[[:alpha:]\\]]", "[[:alpha:]\\]]"},
  };
  for (size_t i = 0; i < MX_COUNT_OF(pairs); i++) {
    RegexpText out = mx_regexp_translate(pairs[i][0], strlen(pairs[i][0]), ENC_UTF_8, false, false);
    ck_assert_ptr_null(out.error);
    ck_assert_str_eq(mx_strbuf_text(&out.text), pairs[i][1]);
    mx_strbuf_free(&out.text);
  }
}
END_TEST

// Reasons why a source is no pattern.
START_TEST(bad_patterns_raise) {
  static const char *const cases[][2] = {
      {"[", "premature end of char-class: /[/"},
      {"(a", "end pattern with unmatched parenthesis: /(a/"},
      {"*", "target of repeat operator is not specified: /*/"},
      {"\\u12", "invalid Unicode escape: /\\u12/"},
      {"\\xFF", "invalid multibyte escape: /\\xFF/"},
      {"\\x", "invalid hex escape: /\\x/"},
      {"a\\", "too short escape sequence: /a\\/"},
  };
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(cases); i++) {
    ck_assert_uint_eq(regexp(ec, cases[i][0], 0), VAL_EXC);
    ck_assert_str_eq(fixture_error(ec), cases[i][1]);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// What patterns find.
START_TEST(searches_find) {
  ExecCtx *ec = fixture_vm();
  ck_assert_str_eq(found(ec, "\\w+", "\xC3\xA9 caf\xC3\xA9"), "caf");
  ck_assert_str_eq(found(ec, "[[:alpha:]]+", "1caf\xC3\xA9!"), "caf\xC3\xA9");
  ck_assert_str_eq(found(ec, "(?<n>a)\\k<n>", "baab"), "aa");
  ck_assert_str_eq(found(ec, "a(?=b)", "acab"), "a");
  ck_assert_str_eq(found(ec, "\\p{Hiragana}", "a\xE3\x81\x82"), "\xE3\x81\x82");
  ck_assert_str_eq(found(ec, "x", "abc"), "-");
  mx_vm_free(ec->vm);
}
END_TEST

// Backward searches find the last match that begins at or before a place.
START_TEST(backward_searches) {
  ExecCtx *ec = fixture_vm();
  Value text = mx_str_from_cstr(ec, "blablabla"), re = regexp(ec, "bla", 0);
  Value match = mx_regexp_search(ec, re, text, 5, true);
  ck_assert_int_eq(VAL_CAST(MatchObj, match)->regions[0].start, 3);
  ck_assert_uint_eq(mx_regexp_search(ec, regexp(ec, "x", 0), text, 9, true), VAL_NIL);
  ck_assert_int_eq(mx_regexp_test(ec, re, text, 4, REGEXP_MATCH_HERE), 0);
  ck_assert_int_eq(mx_regexp_test(ec, re, text, 6, REGEXP_MATCH_HERE), 1);
  mx_vm_free(ec->vm);
}
END_TEST

// One Regexp serves subjects of several encodings; a fixed one refuses others.
START_TEST(subjects_of_other_encodings) {
  ExecCtx *ec = fixture_vm();
  Value dot = regexp(ec, ".", 0), fixed = regexp(ec, "\xC3\xA9", 0);
  Value sjis = mx_str_new(ec, "\x83\x5C", 2, ENC_SHIFT_JIS);
  Value match = mx_regexp_search(ec, dot, sjis, 0, false);
  ck_assert_int_eq(VAL_CAST(MatchObj, match)->regions[0].end, 2);
  Value binary = mx_str_new(ec, "\x83\x5C", 2, ENC_BINARY);
  match = mx_regexp_search(ec, dot, binary, 0, false);
  ck_assert_int_eq(VAL_CAST(MatchObj, match)->regions[0].end, 1);
  ck_assert_uint_eq(mx_regexp_search(ec, fixed, binary, 0, false), VAL_EXC);
  ck_assert_str_eq(
      fixture_error(ec),
      "incompatible encoding regexp match (UTF-8 regexp with BINARY (ASCII-8BIT) string)");
  mx_vm_free(ec->vm);
}
END_TEST

// Regexps print as literals, and as groups for interpolation.
START_TEST(regexps_print) {
  ExecCtx *ec = fixture_vm();
  Value re = regexp(ec, "a/b\\/", REGEXP_M | REGEXP_X);
  ck_assert_str_eq(fixture_text(mx_regexp_inspect(ec, re)), "/a\\/b\\//mx");
  ck_assert_str_eq(fixture_text(mx_regexp_to_s(ec, re)), "(?mx-i:a\\/b\\/)");
  ck_assert_str_eq(fixture_text(mx_regexp_to_s(ec, regexp(ec, "(?i-mx:a)", 0))), "(?i-mx:a)");
  ck_assert_str_eq(fixture_text(mx_regexp_to_s(ec, regexp(ec, "(?i-mx:a)(b)", 0))),
                   "(?-mix:(?i-mx:a)(b))");
  mx_vm_free(ec->vm);
}
END_TEST

// Groups are found by number and by name; of several of one name the last that took part.
START_TEST(groups_by_name) {
  ExecCtx *ec = fixture_vm();
  Value re = regexp(ec, "(?<x>a)|(?<x>b)", 0);
  Value match = mx_regexp_search(ec, re, mx_str_from_cstr(ec, "-a-"), 0, false);
  ck_assert_str_eq(fixture_text(mx_match_named(ec, match, "x", 1)), "a");
  ck_assert_uint_eq(mx_match_group(ec, match, 2), VAL_NIL);
  ck_assert_uint_eq(mx_match_named(ec, match, "y", 1), VAL_UNDEF);
  ck_assert_str_eq(fixture_text(mx_match_pre(ec, match)), "-");
  ck_assert_str_eq(fixture_text(mx_match_post(ec, match)), "-");
  mx_vm_free(ec->vm);
}
END_TEST

// A pattern that would run for ever ends with an error.
START_TEST(runaway_patterns_end) {
  ExecCtx *ec = fixture_vm();
  Value re = regexp(ec, "^(?:a|a|a)+\\1?(b)$", 0);
  Value text = mx_str_from_cstr(ec, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac");
  Value match = mx_regexp_search(ec, re, text, 0, false);
  ck_assert(val_is_exc(match) || val_is_nil(match));
  if (val_is_exc(match)) ck_assert_str_eq(fixture_error(ec), "regexp match timeout");
  mx_vm_free(ec->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("regexp");
  tcase_set_timeout(tests, 30);
  tcase_add_test(tests, syntax_is_translated);
  tcase_add_test(tests, bad_patterns_raise);
  tcase_add_test(tests, searches_find);
  tcase_add_test(tests, backward_searches);
  tcase_add_test(tests, subjects_of_other_encodings);
  tcase_add_test(tests, regexps_print);
  tcase_add_test(tests, groups_by_name);
  tcase_add_test(tests, runaway_patterns_end);
  return fixture_run("regexp", tests);
}
