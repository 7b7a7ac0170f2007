// SPDX-License-Identifier: MIT
// Unit tests of the lexer: what a character means by what stands before it, extents of literals,
// decoding of escapes, words, line ends.
//
// The parser corrects the lexer's state where it knows locals; here no name is one.
#include "frontend/lexer.h"

#include <check.h>
#include <string.h>

static Arena arena;    // of the running test
static SymTab symtab;  // of the running test
static DiagList diags; // of the running test
static Lexer lex;      // of the running test

// Begin to read a text.
static void start(const char *text) {
  mx_arena_init(&arena, mx_arena_malloc_source());
  mx_symtab_init(&symtab);
  mx_diag_init(&diags, &arena);
  Source *source = mx_source_new(&arena, "test", text, strlen(text), 1);
  mx_lexer_init(&lex, source, &symtab, &diags);
}

// Release everything.
static void finish(void) {
  mx_strbuf_free(&lex.word);
  mx_diag_free(&diags);
  mx_symtab_free(&symtab);
  mx_arena_free(&arena);
}

// Compare the kinds of all tokens of a text; contents of literals are skipped.
static void check_kinds(const char *text, const TokKind *kinds, size_t count) {
  Token tok = {0};
  start(text);
  for (size_t i = 0; i < count; i++) {
    mx_lexer_next(&lex, &tok);
    ck_assert_msg(tok.kind == kinds[i], "%s: token %zu is %s, expected %s", text, i,
                  mx_token_text(tok.kind), mx_token_text(kinds[i]));
    if (tok.kind < TOK_STRING_BEG || tok.kind > TOK_DSYMBOL_BEG) continue;
    StrChunk chunk = {0};
    mx_lex_string(&lex, &tok.term, &chunk);
    mx_strbuf_free(&chunk.buf);
  }
  mx_lexer_next(&lex, &tok);
  ck_assert_msg(tok.kind == TOK_EOF, "%s: more tokens than expected", text);
  ck_assert_uint_eq(diags.errors, 0);
  finish();
}

#define CHECK_KINDS(text, ...) \
  check_kinds((text), (TokKind[]){__VA_ARGS__}, sizeof((TokKind[]){__VA_ARGS__}) / sizeof(TokKind))

START_TEST(test_prefix_or_binary) {
  CHECK_KINDS("foo -1", TOK_IDENT, TOK_UMINUS_NUM, TOK_INTEGER);
  CHECK_KINDS("foo - 1", TOK_IDENT, TOK_MINUS, TOK_INTEGER);
  CHECK_KINDS("foo-1", TOK_IDENT, TOK_MINUS, TOK_INTEGER);
  CHECK_KINDS("foo *a", TOK_IDENT, TOK_SPLAT, TOK_IDENT);
  CHECK_KINDS("foo * a", TOK_IDENT, TOK_STAR, TOK_IDENT);
  CHECK_KINDS("foo **a", TOK_IDENT, TOK_DOUBLE_SPLAT, TOK_IDENT);
  CHECK_KINDS("1 ** 2", TOK_INTEGER, TOK_POW, TOK_INTEGER);
  CHECK_KINDS("foo &a", TOK_IDENT, TOK_BLOCK_AMP, TOK_IDENT);
  CHECK_KINDS("foo & a", TOK_IDENT, TOK_AMP, TOK_IDENT);
  CHECK_KINDS("foo ::A", TOK_IDENT, TOK_COLON3, TOK_CONST);
  CHECK_KINDS("foo::A", TOK_IDENT, TOK_COLON2, TOK_CONST);
  CHECK_KINDS("+1", TOK_INTEGER);
  CHECK_KINDS("1 +1", TOK_INTEGER, TOK_PLUS, TOK_INTEGER);
  CHECK_KINDS("-a", TOK_UMINUS, TOK_IDENT);
  CHECK_KINDS("..1", TOK_BDOT2, TOK_INTEGER);
  CHECK_KINDS("1..", TOK_INTEGER, TOK_DOT2);
}
END_TEST

START_TEST(test_slash_percent_question) {
  CHECK_KINDS("foo /x/", TOK_IDENT, TOK_REGEXP_BEG);
  CHECK_KINDS("foo / x", TOK_IDENT, TOK_SLASH, TOK_IDENT);
  CHECK_KINDS("1 /x", TOK_INTEGER, TOK_SLASH, TOK_IDENT);
  CHECK_KINDS("foo /= 1", TOK_IDENT, TOK_OP_ASSIGN, TOK_INTEGER);
  CHECK_KINDS("foo %w[a]", TOK_IDENT, TOK_WORDS_BEG);
  CHECK_KINDS("1 %w", TOK_INTEGER, TOK_PERCENT, TOK_IDENT);
  CHECK_KINDS("foo ?x", TOK_IDENT, TOK_CHAR);
  CHECK_KINDS("foo ? x : y", TOK_IDENT, TOK_QUESTION, TOK_IDENT, TOK_COLON, TOK_IDENT);
  CHECK_KINDS("1 ?x :y", TOK_INTEGER, TOK_QUESTION, TOK_IDENT, TOK_SYMBOL_BEG, TOK_IDENT);
}
END_TEST

START_TEST(test_brackets) {
  CHECK_KINDS("foo(", TOK_IDENT, TOK_LPAREN);
  CHECK_KINDS("foo (", TOK_IDENT, TOK_LPAREN_ARG);
  CHECK_KINDS("(", TOK_LPAREN_BEG);
  CHECK_KINDS("foo[", TOK_IDENT, TOK_LBRACK_INDEX);
  CHECK_KINDS("foo [", TOK_IDENT, TOK_LBRACK);
  CHECK_KINDS("[", TOK_LBRACK);
  CHECK_KINDS("foo {", TOK_IDENT, TOK_LBRACE_BLOCK);
  CHECK_KINDS("a = {", TOK_IDENT, TOK_ASSIGN, TOK_LBRACE);
  CHECK_KINDS("a.[]=", TOK_IDENT, TOK_DOT, TOK_ASET);
}
END_TEST

START_TEST(test_keywords) {
  CHECK_KINDS("if", TOK_IF);
  CHECK_KINDS("a if b", TOK_IDENT, TOK_IF_MOD, TOK_IDENT);
  CHECK_KINDS("a.if", TOK_IDENT, TOK_DOT, TOK_IDENT);
  CHECK_KINDS("foo if: 1", TOK_IDENT, TOK_LABEL, TOK_INTEGER);
  CHECK_KINDS("def if", TOK_DEF, TOK_IF);
  CHECK_KINDS("iff", TOK_IDENT);
  CHECK_KINDS("defined? a", TOK_DEFINED, TOK_IDENT);
  CHECK_KINDS("BEGIN END", TOK_UPPER_BEGIN, TOK_UPPER_END);
}
END_TEST

START_TEST(test_every_keyword_is_found) {
  static const struct {
    const char *text; // spelling
    size_t len;       // as the table says
    TokKind kind;     // its token
  } rows[] = {
#define KEYWORD(length, ID, spelling, state) {(spelling), (length), TOK_##ID},
#include "frontend/tokens.def"
  };
  for (size_t i = 0; i < MX_COUNT_OF(rows); i++) {
    ck_assert_uint_eq(strlen(rows[i].text), rows[i].len);
    ck_assert_int_eq(mx_lex_keyword(rows[i].text, rows[i].len), rows[i].kind);
    if (i > 0) ck_assert_uint_ge(rows[i].len, rows[i - 1].len);
  }
  ck_assert_int_eq(mx_lex_keyword("ends", 4), TOK_IDENT);
  ck_assert_int_eq(mx_lex_keyword("d", 1), TOK_IDENT);
}
END_TEST

START_TEST(test_line_ends) {
  CHECK_KINDS("a\nb", TOK_IDENT, TOK_NEWLINE, TOK_IDENT);
  CHECK_KINDS("a +\nb", TOK_IDENT, TOK_PLUS, TOK_IDENT);
  CHECK_KINDS("a\n  .b", TOK_IDENT, TOK_DOT, TOK_IDENT);
  CHECK_KINDS("a\n  # c\n  &.b", TOK_IDENT, TOK_SAFE_NAV, TOK_IDENT);
  CHECK_KINDS("a\n\n  .b", TOK_IDENT, TOK_NEWLINE, TOK_DOT, TOK_IDENT);
  CHECK_KINDS("a\n..b", TOK_IDENT, TOK_NEWLINE, TOK_BDOT2, TOK_IDENT);
  CHECK_KINDS("a\n&& b", TOK_IDENT, TOK_ANDAND, TOK_IDENT);
  CHECK_KINDS("a\nor b", TOK_IDENT, TOK_OR, TOK_IDENT);
  CHECK_KINDS("a\norder", TOK_IDENT, TOK_NEWLINE, TOK_IDENT);
  CHECK_KINDS("a \\\n b", TOK_IDENT, TOK_IDENT);
  CHECK_KINDS("a\r\nb", TOK_IDENT, TOK_NEWLINE, TOK_IDENT);
  CHECK_KINDS("a\n=begin\nb c\n=end\nd", TOK_IDENT, TOK_NEWLINE, TOK_IDENT);
  CHECK_KINDS("a\n__END__\nb", TOK_IDENT, TOK_NEWLINE);
  CHECK_KINDS("a __END__", TOK_IDENT, TOK_IDENT);
  CHECK_KINDS("a\0b", TOK_IDENT);
}
END_TEST

START_TEST(test_numbers) {
  CHECK_KINDS("1_000", TOK_INTEGER);
  CHECK_KINDS("0x1f", TOK_INTEGER);
  CHECK_KINDS("1.5e3", TOK_FLOAT);
  CHECK_KINDS("1e3", TOK_FLOAT);
  CHECK_KINDS("1.e", TOK_INTEGER, TOK_DOT, TOK_IDENT);
  CHECK_KINDS("1..2", TOK_INTEGER, TOK_DOT2, TOK_INTEGER);
  CHECK_KINDS("3r", TOK_RATIONAL);
  CHECK_KINDS("3ri", TOK_IMAGINARY);
  CHECK_KINDS("3if", TOK_INTEGER, TOK_IF_MOD);
}
END_TEST

// Read the string that a text is, and compare its decoded bytes.
static void check_string(const char *text, const char *expected, size_t len) {
  Token tok = {0};
  StrChunk chunk = {0};
  start(text);
  mx_lexer_next(&lex, &tok);
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_END);
  ck_assert_msg(chunk.buf.len == len && memcmp(mx_strbuf_text(&chunk.buf), expected, len) == 0,
                "%s decodes to \"%s\"", text, mx_strbuf_text(&chunk.buf));
  ck_assert_uint_eq(diags.errors, 0);
  mx_strbuf_free(&chunk.buf);
  finish();
}

#define CHECK_STRING(text, expected) check_string((text), (expected), sizeof(expected) - 1)

START_TEST(test_escapes) {
  CHECK_STRING("\"\\n\\t\\s\\e\\0\\x41\\101\"", "\n\t \033\0AA");
  CHECK_STRING("\"\\u3042\\u{41 42}\"", "\xe3\x81\x82"
                                        "AB");
  CHECK_STRING("\"\\C-a\\ca\\M-a\\M-\\C-a\\c?\\C-\\M-a\"", "\x01\x01\xe1\x81\x7f\x81");
  CHECK_STRING("\"a\\\nb\"", "ab");
  CHECK_STRING("\"\\q\\\"\"", "q\"");
  CHECK_STRING("'\\n\\'\\\\'", "\\n'\\");
  CHECK_STRING("%q(a(b)\\)c)", "a(b))c");
  CHECK_STRING("%<a\\>b>", "a>b");
  CHECK_STRING("\"a\r\nb\"", "a\nb");
  CHECK_STRING("/a\\/b\\./", "a/b\\.");
}
END_TEST

START_TEST(test_characters) {
  static const char *const rows[][2] = {{"?a", "a"},
                                        {"?\\n", "\n"},
                                        {"?\\u{3042}", "\xe3\x81\x82"},
                                        {"?\xe3\x81\x82", "\xe3\x81\x82"},
                                        {"?_", "_"}};
  for (size_t i = 0; i < MX_COUNT_OF(rows); i++) {
    Token tok = {0};
    start(rows[i][0]);
    mx_lexer_next(&lex, &tok);
    ck_assert_int_eq(tok.kind, TOK_CHAR);
    ck_assert_str_eq(mx_strbuf_text(&lex.word), rows[i][1]);
    finish();
  }
}
END_TEST

START_TEST(test_words) {
  Token tok = {0};
  StrChunk chunk = {0};
  start("%w( a\\ b\n c)");
  mx_lexer_next(&lex, &tok);
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_GAP);
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_GAP);
  ck_assert_str_eq(mx_strbuf_text(&chunk.buf), "a b");
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_END);
  ck_assert_str_eq(mx_strbuf_text(&chunk.buf), "a bc");
  mx_strbuf_free(&chunk.buf);
  finish();
}
END_TEST

START_TEST(test_interpolation_events) {
  Token tok = {0};
  StrChunk chunk = {0};
  start("\"a#{x}#@b#c\"");
  mx_lexer_next(&lex, &tok);
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_EMBED);
  lex.pos += 2;
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_VAR);
  lex.pos += 2;
  ck_assert_int_eq(mx_lex_string(&lex, &tok.term, &chunk), STR_EV_END);
  ck_assert_str_eq(mx_strbuf_text(&chunk.buf), "a#c");
  mx_strbuf_free(&chunk.buf);
  finish();
}
END_TEST

START_TEST(test_heredoc) {
  Token tok = {0};
  StrChunk chunk = {0};
  start("<<-A + 1\nbody\n  A\nrest");
  mx_lexer_next(&lex, &tok);
  ck_assert_int_eq(tok.kind, TOK_HEREDOC_BEG);
  uint32_t back = mx_lex_heredoc_enter(&lex);
  ck_assert_int_eq(mx_lex_heredoc(&lex, &tok.term, &chunk), STR_EV_END);
  ck_assert_str_eq(mx_strbuf_text(&chunk.buf), "body\n");
  mx_lex_heredoc_leave(&lex, back);
  static const TokKind kinds[] = {TOK_PLUS, TOK_INTEGER, TOK_NEWLINE, TOK_IDENT, TOK_EOF};
  for (size_t i = 0; i < MX_COUNT_OF(kinds); i++) {
    mx_lexer_next(&lex, &tok);
    ck_assert_int_eq(tok.kind, kinds[i]);
  }
  mx_strbuf_free(&chunk.buf);
  finish();
}
END_TEST

// Collect the tests.
int main(void) {
  Suite *suite = suite_create("lexer");
  TCase *tests = tcase_create("lexer");
  tcase_add_test(tests, test_prefix_or_binary);
  tcase_add_test(tests, test_slash_percent_question);
  tcase_add_test(tests, test_brackets);
  tcase_add_test(tests, test_keywords);
  tcase_add_test(tests, test_every_keyword_is_found);
  tcase_add_test(tests, test_line_ends);
  tcase_add_test(tests, test_numbers);
  tcase_add_test(tests, test_escapes);
  tcase_add_test(tests, test_characters);
  tcase_add_test(tests, test_words);
  tcase_add_test(tests, test_interpolation_events);
  tcase_add_test(tests, test_heredoc);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed > 0;
}
