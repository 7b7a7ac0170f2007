// SPDX-License-Identifier: MIT
// Unit tests of the source printer: what it prints, and that printing is the parser's inverse.
#include "frontend/ast_print.h"
#include "frontend/parser.h"

#include <check.h>
#include <string.h>

static Arena arena;   // of the running test
static SymTab symtab; // of the running test

// Make an arena and a symbol table for each test.
static void set_up(void) {
  mx_arena_init(&arena, mx_arena_malloc_source());
  mx_symtab_init(&symtab);
}

// Release both.
static void tear_down(void) {
  mx_symtab_free(&symtab);
  mx_arena_free(&arena);
}

// Parse a text that has no errors.
static Ast *parse(const char *text, Dialect dialect) {
  DiagList diags;
  ParseOptions options = {.dialect = dialect};
  mx_diag_init(&diags, &arena);
  Source *source = mx_source_new(&arena, "t.rb", text, strlen(text), 1);
  Ast *ast = mx_parse(&arena, &symtab, source, &options, &diags);
  ck_assert_msg(diags.errors == 0, "%s\n%s", text, diags.errors ? diags.items.at[0].message : "");
  mx_diag_free(&diags);
  return ast;
}

// Expect a text to be printed as another, and the printed text to mean the same.
static void expect_dialect(Dialect dialect, const char *text, const char *printed) {
  StrBuf out = STRBUF_INIT;
  Ast *first = parse(text, dialect);
  mx_ast_print_alone(first, first->root, &symtab, &out);
  ck_assert_str_eq(mx_strbuf_text(&out), printed);
  Ast *second = parse(mx_arena_copy(&arena, out.at, out.len), dialect);
  ck_assert_msg(mx_ast_equal(first->root, second->root), "%s", printed);
  ck_assert_uint_eq(mx_ast_hash(first->root), mx_ast_hash(second->root));
  mx_strbuf_free(&out);
}

// The same in the ruby dialect.
static void expect(const char *text, const char *printed) {
  expect_dialect(DIALECT_RUBY, text, printed);
}

// The same in the metorex dialect.
static void expect_metorex(const char *text, const char *printed) {
  expect_dialect(DIALECT_METOREX, text, printed);
}

// Operators keep their grouping with no more parentheses than were written.
START_TEST(operators) {
  expect("x = 1+2*3", "x = 1 + 2 * 3\n");
  expect("x = (1+2)*3", "x = (1 + 2) * 3\n");
  expect("-2 ** 2", "-(2 ** 2)\n");
  expect("(-2) ** 2", "(-2) ** 2\n");
  expect("-x ** 2", "-(x ** 2)\n");
  expect("!a == b", "!a == b\n");
  expect("not a == b", "!(a == b)\n");
  expect("a and b or c", "a and b or c\n");
  expect("x = (a or b)", "x = (a or b)\n");
  expect("a ? b : c ? d : e", "a ? b : c ? d : e\n");
  expect("(1..)", "((1..))\n");
}
END_TEST

// Calls keep their meaning whatever their arguments begin with.
START_TEST(calls) {
  expect("puts 'a', 1", "puts \"a\", 1\n");
  expect("puts [1]", "puts([1])\n");
  expect("puts -x", "puts(-x)\n");
  expect("foo.bar(1) { |a| a }", "foo.bar(1) { |a| a }\n");
  expect("foo 1 do |a, (b, *c); d| a end", "foo 1 do |a, (b, *c); d|\n  a\nend\n");
  expect("a&.b = c&.d", "a&.b = c&.d\n");
  expect("a[1, *b] += 2", "a[1, *b] += 2\n");
  expect("f(*a, **b, &c)", "f(*a, **b, &c)\n");
  expect("f(a: 1, 'b c': 2, d => 3)", "f(a: 1, :\"b c\" => 2, d => 3)\n");
  expect("x = 1; x (2)", "x = 1\nx((2))\n");
  expect("def f = (yield)[0]", "def f = (yield)[0]\n");
}
END_TEST

// Texts are printed in double quotes with escapes that give the same bytes.
START_TEST(texts) {
  expect("'a\"\\n#{x}'", "\"a\\\"\\\\n\\#{x}\"\n");
  expect("\"\\e\\0\\u00e9\\xff\"", "\"\\e\\x00\xC3\xA9\\xFF\"\n");
  expect("<<~A\n  a\n    #{b}\n  A\n", "\"a\\n  #{b}\\n\"\n");
  expect(":'a b'", ":\"a b\"\n");
  expect("%w[a b]", "[\"a\", \"b\"]\n");
  expect("/a\\/b/i", "%r{a/b}i\n");
  expect("%r{\\d{2}#{x}/}x", "%r!\\d{2}#{x}/!x\n");
  expect("`ls #{x}`", "`ls #{x}`\n");
}
END_TEST

// Modifiers stay behind their bodies, where names are not locals yet.
START_TEST(modifiers) {
  expect("a if b", "a if b\n");
  expect("x if x = 1", "x if x = 1\n");
  expect("begin; a; end while b", "begin\n  a\nend while b\n");
  expect("(begin; a; end) while b", "(begin\n  a\nend) while b\n");
  expect("a = b rescue c", "a = (b rescue c)\n");
}
END_TEST

// What no text holds without parentheses gets them.
START_TEST(rebuilt_trees) {
  Ast *ast = parse("f (if a then b end), 1; return (if a then b end)", DIALECT_RUBY);
  StrBuf out = STRBUF_INIT;
  mx_ast_print(ast->root, &symtab, DIALECT_RUBY, &out);
  Ast *again = parse(mx_arena_copy(&arena, out.at, out.len), DIALECT_RUBY);
  ck_assert(mx_ast_equal(ast->root, again->root));
  mx_strbuf_free(&out);
  expect("-(2.abs)", "-(2.abs)\n");
  expect("+(2.abs.foo)", "+(2.abs.foo)\n");
  expect("(:&).foo", "(:&).foo\n");
  expect("-1.foo = 2", "-1.foo = 2\n");
}
END_TEST

// Statements of several lines are indented.
START_TEST(statements) {
  expect("if a then b elsif c then d else e end", "if a\n  b\nelsif c\n  d\nelse\n  e\nend\n");
  expect("case a when 1, *b then c else d end", "case a\nwhen 1, *b\n  c\nelse\n  d\nend\n");
  expect("case a; in [Integer => b, *] if b then d; in {c: 1} | nil then e end",
         "case a\nin [Integer => b, *] if b\n  d\nin {c: 1} | nil\n  e\nend\n");
  expect("while a do b end", "while a\n  b\nend\n");
  expect("for a, b in c do d end", "for a, b in c\n  d\nend\n");
  expect("begin; a; rescue B, C => d; e; else; f; ensure; g; end",
         "begin\n  a\nrescue B, C => d\n  e\nelse\n  f\nensure\n  g\nend\n");
}
END_TEST

// Definitions keep all kinds of parameters.
START_TEST(definitions) {
  expect("def f(a, b = 1, *c, d, e:, g: 2, **h, &i) end",
         "def f(a, b = 1, *c, d, e:, g: 2, **h, &i)\nend\n");
  expect("def f(...) = g(...)", "def f(...) = g(...)\n");
  expect("def self.f(*, **, &) = g(*, **, &)", "def self.f(*, **, &) = g(*, **, &)\n");
  expect("class A < B; def a; end; def b; end; end",
         "class A < B\n  def a\n  end\n\n  def b\n  end\nend\n");
  expect("class << self; x; end", "class << self\n  x\nend\n");
  expect("alias a b; undef c", "alias a b\nundef c\n");
  expect("->(a, b = 1) { a + b }", "->(a, b = 1) { a + b }\n");
  expect("f { _1 + _2 }; g { it }", "f { _1 + _2 }\ng { it }\n");
}
END_TEST

// The extensions of the metorex dialect are printed as such.
START_TEST(metorex_forms) {
  expect_metorex("x: Integer = 5", "x: Integer = 5\n");
  expect_metorex("def f(a: Integer | Float) -> String\n a\nend",
                 "def f(a: Integer | Float) -> String\n  a\nend\n");
  expect_metorex("def f(a: (B), c: (D::E[1]), g: (H | I), j: K.l) = a",
                 "def f(a: (B), c: (D::E[1]), g: (H | I), j: K.l) = a\n");
  expect_metorex("f = x -> x + 1", "f = ->(x) { x + 1 }\n");
  expect_metorex("loop { continue }", "loop { continue }\n");
  expect_metorex("q = quote { a + #{b} }", "q = quote { a + #{b} }\n");
  expect_metorex("match v\nwhen [a, ...b] then a\nelse\nend",
                 "match v\nwhen [a, *b]\n  a\nelse\nend\n");
}
END_TEST

// Magic comments that change the meaning are printed first.
START_TEST(magic_comments) {
  expect("# frozen_string_literal: true\n'a'", "# frozen_string_literal: true\n\"a\"\n");
  expect("# encoding: us-ascii\n\"\\xff\" + \"\\u00e9\"",
         "# encoding: us-ascii\n\"\\xFF\" + \"\\u{E9}\"\n");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("ast_print");
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_add_test(tests, operators);
  tcase_add_test(tests, calls);
  tcase_add_test(tests, texts);
  tcase_add_test(tests, modifiers);
  tcase_add_test(tests, rebuilt_trees);
  tcase_add_test(tests, statements);
  tcase_add_test(tests, definitions);
  tcase_add_test(tests, metorex_forms);
  tcase_add_test(tests, magic_comments);
  Suite *suite = suite_create("ast_print");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
