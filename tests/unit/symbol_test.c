// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/symbol.
#include "runtime/base/symbol.h"

#include <check.h>
#include <string.h>

// The constants of symbols.def are the interned names.
START_TEST(static_names_have_their_constants) {
  SymTab tab;
  mx_symtab_init(&tab);
  ck_assert_uint_eq(mx_sym_from_cstr(&tab, "+"), SYM_PLUS);
  ck_assert_uint_eq(mx_sym_from_cstr(&tab, "initialize"), SYM_initialize);
  ck_assert_str_eq(mx_sym_text(&tab, SYM_respond_to), "respond_to?");
  mx_symtab_free(&tab);
}
END_TEST

// Equal names are one symbol; the empty name is a symbol of its own.
START_TEST(interning_is_idempotent) {
  SymTab tab;
  mx_symtab_init(&tab);
  Sym foo = mx_sym_intern(&tab, "foo_x", 3, SYM_ENC_UTF8);
  ck_assert_uint_eq(mx_sym_find(&tab, "foo", 3, SYM_ENC_BINARY), foo);
  ck_assert_uint_eq(mx_sym_find(&tab, "foo_x", 5, SYM_ENC_UTF8), SYM_NONE);
  Sym empty = mx_sym_from_cstr(&tab, "");
  ck_assert_uint_ne(empty, SYM_NONE);
  ck_assert_uint_eq(mx_sym_from_cstr(&tab, ""), empty);
  ck_assert_str_eq(mx_sym_text(&tab, foo), "foo");
  mx_symtab_free(&tab);
}
END_TEST

// Encodings separate names only when a byte is above 127.
START_TEST(encoding_matters_beyond_ascii) {
  SymTab tab;
  mx_symtab_init(&tab);
  Sym utf8 = mx_sym_intern(&tab, "\xC3\xA9", 2, SYM_ENC_UTF8);
  Sym binary = mx_sym_intern(&tab, "\xC3\xA9", 2, SYM_ENC_BINARY);
  ck_assert_uint_ne(utf8, binary);
  ck_assert_uint_eq(mx_sym_name(&tab, binary).enc, SYM_ENC_BINARY);
  ck_assert_uint_eq(mx_sym_name(&tab, SYM_PLUS).enc, SYM_ENC_ASCII);
  mx_symtab_free(&tab);
}
END_TEST

// Names longer than the key on the stack work.
START_TEST(long_names) {
  SymTab tab;
  char name[1000];
  memset(name, 'n', sizeof name);
  mx_symtab_init(&tab);
  for (size_t len = 100; len <= 1000; len += 20)
    ck_assert_uint_eq(mx_sym_intern(&tab, name, len, SYM_ENC_UTF8),
                      mx_sym_find(&tab, name, len, SYM_ENC_UTF8));
  mx_symtab_free(&tab);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("symbol");
  tcase_add_test(tests, static_names_have_their_constants);
  tcase_add_test(tests, interning_is_idempotent);
  tcase_add_test(tests, encoding_matters_beyond_ascii);
  tcase_add_test(tests, long_names);
  Suite *suite = suite_create("symbol");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
