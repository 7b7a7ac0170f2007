// SPDX-License-Identifier: MIT
// Unit tests of tests/fuzz/: the generator depends on its seed alone, and what it makes shrinks.
#include "tests/fuzz/generate.h"
#include "tests/fuzz/shrink.h"

#include <check.h>
#include <string.h>

// The text of a seed's program; the caller frees it.
static StrBuf text_of(uint64_t seed, GenProfile profile) {
  Arena arena;
  StrBuf text = STRBUF_INIT;
  mx_arena_init(&arena, mx_arena_malloc_source());
  gen_print(gen_program(&arena, seed, profile), &text);
  mx_arena_free(&arena);
  return text;
}

// One seed and profile give one program; another seed gives another.
START_TEST(seeds_determine_the_program) {
  for (int profile = GEN_RUBY; profile <= GEN_PORTABLE; profile++) {
    StrBuf a = text_of(7, (GenProfile)profile), b = text_of(7, (GenProfile)profile);
    StrBuf c = text_of(8, (GenProfile)profile);
    ck_assert_str_eq(a.at, b.at);
    ck_assert_str_ne(a.at, c.at);
    mx_strbuf_free(&a);
    mx_strbuf_free(&b);
    mx_strbuf_free(&c);
  }
}
END_TEST

// Whether any of many programs of the profile contains the word.
static bool any_contains(GenProfile profile, const char *word) {
  bool found = false;
  for (uint64_t seed = 1; seed <= 300 && !found; seed++) {
    StrBuf text = text_of(seed, profile);
    found = strstr(text.at, word) != NULL;
    mx_strbuf_free(&text);
  }
  return found;
}

// The extensions are in programs of the metorex dialect only.
START_TEST(profiles_bound_the_language) {
  ck_assert(any_contains(GEN_METOREX, "\n  match "));
  ck_assert(!any_contains(GEN_RUBY, "\n  match "));
  ck_assert(any_contains(GEN_RUBY, "caller(0, 1)"));
  ck_assert(!any_contains(GEN_PORTABLE, "caller(0, 1)"));
}
END_TEST

// How many calls of the first method spread what is not cut; *cut counts the others.
static uint32_t uncut_splats(const char *text, uint32_t *cut) {
  uint32_t uncut = 0;
  for (const char *at = text; (at = strstr(at, "m0(*")); at++) {
    const char *value = at + strspn(at + 3, "*") + 3;
    if (at - text >= 4 && strncmp(at - 4, "def ", 4) == 0) continue;
    if (strncmp(value, "cut(", 4) == 0)
      ++*cut;
    else
      uncut++;
  }
  return uncut;
}

// A method that calls itself gets no more arguments each time.
START_TEST(splats_are_cut) {
  uint32_t cut = 0;
  for (uint64_t seed = 1; seed <= 2000; seed++) {
    StrBuf text = text_of(seed, GEN_RUBY);
    ck_assert_uint_eq(uncut_splats(text.at, &cut), 0);
    mx_strbuf_free(&text);
  }
  ck_assert_uint_gt(cut, 0);
}
END_TEST

// What the shrinking programs of the tests must keep.
typedef struct Wanted {
  const char *word; // that the text contains
  uint32_t tests;   // texts that were asked about
} Wanted;

// Whether the text contains the word.
static bool contains(void *data, const char *text) {
  Wanted *wanted = data;
  wanted->tests++;
  return strstr(text, wanted->word) != NULL;
}

// Shrink the first program that contains the word; what is left is returned.
static StrBuf shrunk(Wanted *wanted, uint32_t max_tests) {
  Arena arena;
  StrBuf text = STRBUF_INIT;
  for (uint64_t seed = 1;; seed++) {
    mx_arena_init(&arena, mx_arena_malloc_source());
    GenNode *program = gen_program(&arena, seed, GEN_RUBY);
    gen_print(program, &text);
    if (strstr(text.at, wanted->word)) {
      ck_assert_uint_eq(shrink_program(program, contains, wanted, max_tests), wanted->tests);
      mx_strbuf_truncate(&text, 0);
      gen_print(program, &text);
      mx_arena_free(&arena);
      return text;
    }
    mx_strbuf_truncate(&text, 0);
    mx_arena_free(&arena);
  }
}

// A program shrinks to the statement that matters, and that to the part that does.
START_TEST(programs_shrink_to_what_matters) {
  Wanted wanted = {.word = ".transpose"};
  StrBuf text = shrunk(&wanted, 5000); // `[].transpose`, or that of a variable
  ck_assert_ptr_eq(strchr(text.at, '\n'), text.at + text.len - 1);
  ck_assert_uint_le(text.len, strlen("[].transpose\n"));
  mx_strbuf_free(&text);
}
END_TEST

// Statements that do not matter leave empty lists behind.
START_TEST(lists_shrink_to_nothing) {
  Wanted wanted = {.word = "ensure\n  p :end"};
  StrBuf text = shrunk(&wanted, 5000);
  ck_assert_str_eq(text.at, "begin\nensure\n  p :end\nend\n");
  mx_strbuf_free(&text);
}
END_TEST

// Shrinking stops when its tests are used up, and what it leaves still shows what is wanted.
START_TEST(shrinking_is_bounded) {
  Wanted wanted = {.word = ".transpose"};
  StrBuf text = shrunk(&wanted, 20);
  ck_assert_uint_eq(wanted.tests, 20);
  ck_assert_ptr_nonnull(strstr(text.at, wanted.word));
  mx_strbuf_free(&text);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("generate");
  tcase_add_test(tests, seeds_determine_the_program);
  tcase_add_test(tests, profiles_bound_the_language);
  tcase_add_test(tests, splats_are_cut);
  tcase_add_test(tests, programs_shrink_to_what_matters);
  tcase_add_test(tests, lists_shrink_to_nothing);
  tcase_add_test(tests, shrinking_is_bounded);
  Suite *suite = suite_create("generate");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
