// SPDX-License-Identifier: MIT
// Unit tests of the parser: the cases of tests/parser/*.txt, and what a text file cannot hold.
//
// A case is lines of source, each behind "> ", then what is expected: one line "= TREE" for each
// statement, or lines "! LINE:COLUMN MESSAGE" for the errors. A line "@metorex" sets the dialect
// of all cases of its file. "#" begins a comment. `parse_check --dump=statements` prints trees.
#include "frontend/ast_print.h"
#include "frontend/parser.h"

#include <check.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Parsed {
  Arena arena;    // owns the tree
  SymTab symtab;  // its names
  DiagList diags; // its errors
  Source *source; // the text
  Ast *ast;       // the tree
} Parsed;

// Parse a text; the caller frees with parsed_free().
static void parsed_make(Parsed *parsed, const char *text, size_t len, const ParseOptions *options) {
  mx_arena_init(&parsed->arena, mx_arena_malloc_source());
  mx_symtab_init(&parsed->symtab);
  mx_diag_init(&parsed->diags, &parsed->arena);
  parsed->source = mx_source_new(&parsed->arena, "test", text, len, 1);
  parsed->ast = mx_parse(&parsed->arena, &parsed->symtab, parsed->source, options, &parsed->diags);
}

static void parsed_free(Parsed *parsed) {
  mx_diag_free(&parsed->diags);
  mx_symtab_free(&parsed->symtab);
  mx_arena_free(&parsed->arena);
}

static NodeList parsed_statements(const Parsed *parsed) {
  return ((NodeBlock *)((NodeProgram *)parsed->ast->root)->body)->statements;
}

// Render what a case expects in the form of its file.
static void parsed_render(const Parsed *parsed, StrBuf *out) {
  for (uint32_t i = 0; i < parsed->diags.items.count; i++) {
    const Diag *diag = &parsed->diags.items.at[i];
    if (diag->kind != DIAG_ERROR) continue;
    SourcePos pos = mx_source_pos(parsed->source, diag->span.start);
    mx_strbuf_printf(out, "! %u:%u %s\n", pos.line, pos.column, diag->message);
  }
  if (parsed->diags.errors) return;
  NodeList list = parsed_statements(parsed);
  for (uint32_t i = 0; i < list.count; i++) {
    mx_strbuf_add_str(out, "= ");
    mx_ast_dump(list.at[i], &parsed->symtab, -1, out);
    mx_strbuf_add_byte(out, '\n');
  }
}

typedef struct SpanCheck {
  const char *text;   // the source
  const Node *parent; // of the node being visited
  bool anywhere;      // inside a string: parts of a heredoc lie elsewhere
} SpanCheck;

// Check that a node's span is its text without white space around, inside its parent's.
static bool check_span(void *ctx, Node *node) {
  const SpanCheck *check = ctx;
  Span span = node->span;
  const char *name = mx_ast_info(mx_ast_kind(node))->class_name;
  ck_assert_msg(span.start <= span.end, "%s: %s ends before it starts", check->text, name);
  bool text = span.end > span.start && node->kind != NODE_STRING;
  if (text) {
    ck_assert_msg(!strchr(" \n", check->text[span.start]), "%s: %s begins with space", check->text,
                  name);
    ck_assert_msg(!strchr(" \n", check->text[span.end - 1]), "%s: %s ends with space", check->text,
                  name);
  }
  if (text && check->parent && !check->anywhere) {
    Span around = check->parent->span;
    ck_assert_msg(span.start >= around.start && span.end <= around.end, "%s: %s is outside",
                  check->text, name);
  }
  bool string = (node->flags & NF_HEREDOC) && node->kind == NODE_XSTRING;
  string = string || node->kind == NODE_STRING || node->kind == NODE_DSTRING;
  SpanCheck inner = {check->text, node, check->anywhere || string};
  mx_ast_each_child(node, check_span, &inner);
  return true;
}

// Compare one case.
static void check_case(const char *file, int line, StrBuf *source, StrBuf *expected,
                       Dialect dialect) {
  Parsed parsed;
  ParseOptions options = {.dialect = dialect};
  StrBuf actual = STRBUF_INIT;
  parsed_make(&parsed, mx_strbuf_text(source), source->len, &options);
  parsed_render(&parsed, &actual);
  SpanCheck spans = {.text = mx_strbuf_text(source)};
  NodeList list = parsed.diags.errors ? (NodeList){0} : parsed_statements(&parsed);
  for (uint32_t i = 0; i < list.count; i++) check_span(&spans, list.at[i]);
  ck_assert_msg(strcmp(mx_strbuf_text(&actual), mx_strbuf_text(expected)) == 0,
                "%s:%d\n%sexpected\n%sgot\n%s", file, line, mx_strbuf_text(source),
                mx_strbuf_text(expected), mx_strbuf_text(&actual));
  parsed_free(&parsed);
  mx_strbuf_free(&actual);
  mx_strbuf_truncate(source, 0);
  mx_strbuf_truncate(expected, 0);
}

// Run all cases of a file.
static void check_file(const char *path) {
  FILE *file = fopen(path, "r");
  ck_assert_msg(file != NULL, "cannot read %s", path);
  StrBuf source = STRBUF_INIT, expected = STRBUF_INIT;
  Dialect dialect = DIALECT_RUBY;
  char *line = NULL;
  size_t room = 0;
  int number = 0;
  while (getline(&line, &room, file) >= 0) {
    number++;
    if (strcmp(line, "@metorex\n") == 0) dialect = DIALECT_METOREX;
    if (line[0] == '>' && expected.len) check_case(path, number, &source, &expected, dialect);
    if (line[0] == '>') mx_strbuf_add_str(&source, line[1] == ' ' ? line + 2 : line + 1);
    if (line[0] == '=' || line[0] == '!') mx_strbuf_add_str(&expected, line);
  }
  check_case(path, number, &source, &expected, dialect);
  mx_strbuf_free(&source);
  mx_strbuf_free(&expected);
  free(line);
  fclose(file);
}

START_TEST(test_cases) {
  static const char *const files[] = {"calls",       "literals",    "strings",  "assignment",
                                      "control",     "definitions", "patterns", "blocks",
                                      "expressions", "errors",      "metorex"};
  char path[64];
  snprintf(path, sizeof path, "tests/parser/%s.txt", files[_i]);
  check_file(path);
}
END_TEST

// -- what a text file cannot hold -----------------------------------------------------------------

// Parse a text in a dialect and give the number of its errors.
static uint32_t errors_as(const char *text, size_t len, Dialect dialect) {
  Parsed parsed;
  ParseOptions options = {.dialect = dialect};
  parsed_make(&parsed, text, len, &options);
  uint32_t errors = parsed.diags.errors;
  parsed_free(&parsed);
  return errors;
}

// Parse a text in the Ruby dialect and give the number of its errors.
static uint32_t errors_in(const char *text, size_t len) {
  return errors_as(text, len, DIALECT_RUBY);
}

// Nest a text in itself and give the number of errors.
static uint32_t errors_nested(const char *open, const char *middle, const char *close, int times) {
  StrBuf buf = STRBUF_INIT;
  for (int i = 0; i < times; i++) mx_strbuf_add_str(&buf, open);
  mx_strbuf_add_str(&buf, middle);
  for (int i = 0; i < times; i++) mx_strbuf_add_str(&buf, close);
  uint32_t errors = errors_in(mx_strbuf_text(&buf), buf.len);
  mx_strbuf_free(&buf);
  return errors;
}

START_TEST(test_nesting_too_deep) {
  ck_assert_uint_eq(errors_nested("(", "1", ")", 100), 0);
  ck_assert_uint_gt(errors_nested("(", "1", ")", 100000), 0);
  ck_assert_uint_gt(errors_nested("[", "1", "]", 100000), 0);
  ck_assert_uint_gt(errors_nested("{a:", "1", "}", 100000), 0);
  ck_assert_uint_gt(errors_nested("a{", "1", "}", 100000), 0);
  ck_assert_uint_gt(errors_nested("if a;", "1", ";end", 100000), 0);
  ck_assert_uint_gt(errors_nested("!", "1", "", 100000), 0);
  ck_assert_uint_gt(errors_nested("not ", "1", "", 100000), 0);
  ck_assert_uint_gt(errors_nested("a = ", "1", "", 100000), 0);
  ck_assert_uint_gt(errors_nested("", "1", " + 1", 100000), 0);
  ck_assert_uint_gt(errors_nested("", "1", ".a", 100000), 0);
  ck_assert_uint_gt(errors_nested("a ? ", "1", " : 2", 100000), 0);
  ck_assert_uint_gt(errors_nested("\"#{", "1", "}\"", 100000), 0);
  ck_assert_uint_gt(errors_nested("1 in [", "1", "]", 100000), 0);
  ck_assert_uint_gt(errors_nested("a { |(", "b", ")|}", 100000), 0);
  ck_assert_uint_gt(errors_nested("def a;", "1", ";end", 100000), 0);
  ck_assert_uint_gt(errors_nested("->(a = ", "1", "){}", 100000), 0);
  ck_assert_uint_gt(errors_nested("if a;elsif b;", "1", "", 100000), 0);
  ck_assert_uint_gt(errors_nested("(", "a, b", ") = 1", 100000), 0);
  ck_assert_uint_gt(errors_nested("a ", "1", "", 100000), 0);
}
END_TEST

START_TEST(test_any_bytes) {
  // Each byte with many second ones, alone and behind an open literal or bracket, ends with a
  // verdict.
  static const char *const prefixes[] = {"", "a = ", "\"", "<<~A\n", "foo(", "%w[", "/", "x."};
  for (size_t k = 0; k < MX_COUNT_OF(prefixes); k++) {
    size_t n = strlen(prefixes[k]);
    char text[16];
    memcpy(text, prefixes[k], n);
    for (int a = 0; a < 256; a += k ? 3 : 1) {
      for (int b = (a + (int)k) % 5; b < 256; b += 5) {
        text[n] = (char)a;
        text[n + 1] = (char)b;
        text[n + 2] = 0;
        errors_in(text, n + 2);
      }
    }
  }
}
END_TEST

// Check that a text with an error is refused, in memory that ends right behind it.
static void check_refused(const char *text, Dialect dialect) {
  size_t len = strlen(text);
  char *copy = malloc(len + 1);
  memcpy(copy, text, len + 1);
  ck_assert_uint_gt(errors_as(copy, len, dialect), 0);
  free(copy);
}

START_TEST(test_cut_off) {
  static const char *const texts[] = {
      "\xc3",      "\xe1\xbc", "\xf0\x90",        "a \xf0",     "a \"\\",
      "%w[a \\",   "?\\",      "\"\\u{",          "<<~A\n a\\", "case a\nwhen [\"",
      "a = [\"\\", "x: A[\"",  "match a\nwhen {", "-> a, ",     "quote { #{"};
  for (size_t i = 0; i < MX_COUNT_OF(texts); i++) {
    check_refused(texts[i], DIALECT_RUBY);
    check_refused(texts[i], DIALECT_METOREX);
  }
}
END_TEST

START_TEST(test_data_behind_end) {
  Parsed parsed;
  ParseOptions options = {0};
  static const char text[] = "a\n__END__\nrest $%(";
  parsed_make(&parsed, text, strlen(text), &options);
  ck_assert_uint_eq(parsed.diags.errors, 0);
  ck_assert_uint_eq(parsed.ast->data_start, 10);
  parsed_free(&parsed);
}
END_TEST

START_TEST(test_magic_comments) {
  Parsed parsed;
  ParseOptions options = {0};
  static const char text[] = "# -*- frozen-string-literal: true -*-\n# tail_calls: true\n'a'\n";
  parsed_make(&parsed, text, strlen(text), &options);
  ck_assert_uint_eq(parsed.ast->flags, TREE_FROZEN_STRINGS | TREE_TAIL_CALLS);
  ck_assert(parsed_statements(&parsed).at[0]->flags & NF_FROZEN);
  parsed_free(&parsed);
}
END_TEST

START_TEST(test_locals_of_an_eval) {
  // The text of an eval sees the locals of its caller, one scope further out.
  Parsed parsed;
  ParseOptions options = {.eval = true, .in_method = true};
  Scope outer = {.kind = SCOPE_METHOD, .match_slot = SCOPE_NO_SLOT, .line_slot = SCOPE_NO_SLOT};
  Sym names[1];
  SymTab symtab;
  mx_symtab_init(&symtab);
  names[0] = mx_sym_from_cstr(&symtab, "outside");
  outer.names = names;
  outer.count = 1;
  options.outer = &outer;
  mx_arena_init(&parsed.arena, mx_arena_malloc_source());
  mx_diag_init(&parsed.diags, &parsed.arena);
  static const char text[] = "outside /2; inside = 1; yield";
  parsed.source = mx_source_new(&parsed.arena, "test", text, strlen(text), 1);
  parsed.ast = mx_parse(&parsed.arena, &symtab, parsed.source, &options, &parsed.diags);
  ck_assert_uint_eq(parsed.diags.errors, 0);
  NodeMethodCall *call = (NodeMethodCall *)parsed_statements(&parsed).at[0];
  NodeLocalVariable *local = (NodeLocalVariable *)call->receiver;
  ck_assert_int_eq(local->base.kind, NODE_LOCAL);
  ck_assert_uint_eq(local->depth, 1);
  ck_assert(outer.flags & SCOPE_CAPTURED);
  parsed.symtab = symtab;
  parsed_free(&parsed);
}
END_TEST

START_TEST(test_spans) {
  Parsed parsed;
  ParseOptions options = {0};
  static const char text[] = "  foo(1, [2]) do |x| x end.bar  if  y \n";
  parsed_make(&parsed, text, strlen(text), &options);
  NodeIf *node = (NodeIf *)parsed_statements(&parsed).at[0];
  ck_assert_uint_eq(node->base.span.start, 2);
  ck_assert_uint_eq(node->base.span.end, 37);
  ck_assert_uint_eq(node->then_body->span.end, 30);
  ck_assert_uint_eq(((NodeMethodCall *)node->then_body)->name_start, 27);
  ck_assert_uint_eq(node->condition->span.start, 36);
  parsed_free(&parsed);
}
END_TEST

START_TEST(test_line_loop) {
  Parsed parsed;
  ParseOptions options = {.loop = true, .print = true, .chomp = true, .split = true};
  static const char text[] = "BEGIN { a }; b";
  parsed_make(&parsed, text, strlen(text), &options);
  StrBuf out = STRBUF_INIT;
  mx_ast_dump(parsed.ast->root, &parsed.symtab, -1, &out);
  ck_assert_ptr_nonnull(strstr(mx_strbuf_text(&out), "(begin_block"));
  ck_assert_ptr_nonnull(strstr(mx_strbuf_text(&out), "(while (method_call nil :gets [] nil)"));
  ck_assert_ptr_nonnull(strstr(mx_strbuf_text(&out), ":chomp!"));
  ck_assert_ptr_nonnull(strstr(mx_strbuf_text(&out), ":print [(global_variable $_)]"));
  mx_strbuf_free(&out);
  parsed_free(&parsed);
}
END_TEST

// Tell whether the parser finds nothing wrong with a text but that it ends.
static bool unfinished(const char *text) {
  Parsed parsed;
  ParseOptions options = {.dialect = DIALECT_METOREX};
  parsed_make(&parsed, text, strlen(text), &options);
  bool result = parsed.diags.unfinished;
  parsed_free(&parsed);
  return result;
}

START_TEST(test_unfinished) {
  static const char *const open[] = {
      "def f\n",
      "puts \\\n",
      "1 \\\n",
      "class A < B\n",
      "begin\n1\nrescue => e\n",
      "if x then y else\n",
      "f(1,\n",
      "[1,\n2\n",
      "{a: 1,\n",
      "x = \n",
      "a +\n",
      "f do |x|\n",
      "'text\n",
      "\"a #{1 +\n",
      "%w[a\n",
      "/re\n",
      "<<~A\ntext\n",
      "=begin\n",
      "case x\n",
      "match x\n",
      "->(x) {\n",
      "foo.\n",
      "a ? b :\n",
      "while x\n",
      "module M\ndef m\nend\n",
      "def m(a,\n",
      "`ls\n",
  };
  static const char *const shut[] = {
      "",   "1\n",   "def f = 1", "x = )\n",  "f(]\n", "def f(; \nif x\n", "1 +) 2\nif x",
      "@1", "end\n", "break\n",   "'a' 'b'\n"};
  for (size_t i = 0; i < MX_COUNT_OF(open); i++) ck_assert_msg(unfinished(open[i]), "%s", open[i]);
  for (size_t i = 0; i < MX_COUNT_OF(shut); i++) ck_assert_msg(!unfinished(shut[i]), "%s", shut[i]);
}
END_TEST

// Collect the tests.
int main(void) {
  Suite *suite = suite_create("parser");
  TCase *tests = tcase_create("parser");
  tcase_set_timeout(tests, 50);
  tcase_add_loop_test(tests, test_cases, 0, 11);
  tcase_add_test(tests, test_nesting_too_deep);
  tcase_add_test(tests, test_any_bytes);
  tcase_add_test(tests, test_cut_off);
  tcase_add_test(tests, test_data_behind_end);
  tcase_add_test(tests, test_magic_comments);
  tcase_add_test(tests, test_locals_of_an_eval);
  tcase_add_test(tests, test_spans);
  tcase_add_test(tests, test_line_loop);
  tcase_add_test(tests, test_unfinished);
  suite_add_tcase(suite, tests);
  // A parse frees all it took; giving that back to the system 40,000 times takes most of the time.
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed > 0;
}
