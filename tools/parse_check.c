// SPDX-License-Identifier: MIT
// parse_check [--dialect=ruby|metorex|core] [--dump=tokens|ast|statements] [--quiet] FILE...
//
// Parses files with the library of the command: prints diagnostics, or the tokens or the tree, or
// each statement's tree on a line.
// With --quiet, one line a file: "ok FILE" or "error FILE: the first message". A FILE of the form
// @LIST names a file with one path a line. Exit status 1 when any file has an error.
#include "frontend/ast_print.h"
#include "frontend/lexer.h"
#include "frontend/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum DumpMode { DUMP_NONE, DUMP_TOKENS, DUMP_AST, DUMP_STATEMENTS } DumpMode;

typedef struct CheckOptions {
  Dialect dialect; // unless the name says otherwise
  bool fixed;      // --dialect was given
  DumpMode dump;   // what to print
  bool quiet;      // one line a file
  int errors;      // files with errors
} CheckOptions;

// Read a whole file; NULL when that fails. The caller frees.
static char *check_read(const char *path, size_t *len) {
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
  if (!file) return NULL;
  StrBuf buf = STRBUF_INIT;
  char chunk[65536];
  size_t n;
  while ((n = fread(chunk, 1, sizeof chunk, file)) > 0) mx_strbuf_add(&buf, chunk, n);
  if (file != stdin) fclose(file);
  *len = buf.len;
  if (!buf.at) mx_strbuf_add(&buf, "", 0);
  return buf.at ? mx_strbuf_take(&buf) : calloc(1, 1);
}

// Print the tokens of a text, as far as they can be told without a parser.
static void check_dump_tokens(Source *source, SymTab *symtab, DiagList *diags) {
  Lexer lex;
  Token tok = {0};
  mx_lexer_init(&lex, source, symtab, diags);
  do {
    mx_lexer_next(&lex, &tok);
    if (tok.term.close && tok.kind >= TOK_STRING_BEG && tok.kind <= TOK_DSYMBOL_BEG) {
      StrChunk chunk = {0};
      while (mx_lex_string(&lex, &tok.term, &chunk) != STR_EV_END && lex.pos < lex.len) continue;
      mx_strbuf_free(&chunk.buf);
    }
    SourcePos pos = mx_source_pos(source, tok.span.start);
    printf("%u:%u %s '%.*s'\n", pos.line, pos.column, mx_token_text(tok.kind),
           (int)(tok.span.end - tok.span.start), source->text + tok.span.start);
    tok.term.close = 0;
  } while (tok.kind != TOK_EOF);
  mx_strbuf_free(&lex.word);
}

// Print what was asked for.
static void check_dump(const Ast *ast, const SymTab *symtab, const CheckOptions *options) {
  StrBuf out = STRBUF_INIT;
  if (options->dump == DUMP_AST) mx_ast_dump(ast->root, symtab, 0, &out);
  const NodeBlock *body = (const NodeBlock *)((const NodeProgram *)ast->root)->body;
  for (uint32_t i = 0; options->dump == DUMP_STATEMENTS && i < body->statements.count; i++) {
    mx_ast_dump(body->statements.at[i], symtab, -1, &out);
    mx_strbuf_add_byte(&out, '\n');
  }
  fwrite(mx_strbuf_text(&out), 1, out.len, stdout);
  if (options->dump == DUMP_AST) putchar('\n');
  mx_strbuf_free(&out);
}

// Print the diagnostics of a file.
static void check_report(const DiagList *diags, const Source *source, const char *path,
                         bool quiet) {
  if (quiet) {
    const Diag *first = NULL;
    for (uint32_t i = 0; i < diags->items.count && !first; i++)
      if (diags->items.at[i].kind == DIAG_ERROR) first = &diags->items.at[i];
    if (first)
      printf("error %s:%u: %s\n", path, mx_source_line(source, first->span.start), first->message);
    else
      printf("ok %s\n", path);
    return;
  }
  StrBuf out = STRBUF_INIT;
  mx_diag_render_all(diags, source, &out);
  fwrite(mx_strbuf_text(&out), 1, out.len, stderr);
  mx_strbuf_free(&out);
}

// Parse one text and report.
static void check_text(const char *path, const char *text, size_t len, CheckOptions *options) {
  Arena arena;
  SymTab symtab;
  DiagList diags;
  mx_arena_init(&arena, mx_arena_malloc_source());
  mx_symtab_init(&symtab);
  mx_diag_init(&diags, &arena);
  Source *source = mx_source_new(&arena, path, text, len, 1);
  ParseOptions parse = {.dialect = options->dialect};
  size_t name_len = strlen(path);
  if (!options->fixed && name_len > 3 && strcmp(path + name_len - 3, ".mx") == 0)
    parse.dialect = DIALECT_METOREX;
  if (options->dump == DUMP_TOKENS) {
    check_dump_tokens(source, &symtab, &diags);
  } else {
    Ast *ast = mx_parse(&arena, &symtab, source, &parse, &diags);
    if (diags.errors == 0) check_dump(ast, &symtab, options);
  }
  check_report(&diags, source, path, options->quiet);
  options->errors += diags.errors > 0;
  mx_diag_free(&diags);
  mx_symtab_free(&symtab);
  mx_arena_free(&arena);
}

// Parse one file and report.
static void check_file(const char *path, CheckOptions *options) {
  size_t len;
  char *text = check_read(path, &len);
  if (!text) {
    fprintf(stderr, "parse_check: cannot read %s\n", path);
    options->errors++;
    return;
  }
  check_text(path, text, len, options);
  free(text);
}

// Parse each file of a list, one path a line.
static void check_list(const char *path, CheckOptions *options) {
  size_t len;
  char *text = check_read(path, &len);
  if (!text) return;
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) check_file(line, options);
  free(text);
}

// Take an option; false when it is unknown.
static bool check_option(const char *arg, CheckOptions *options) {
  if (strncmp(arg, "--dialect=", 10) == 0) {
    options->fixed = true;
    options->dialect = strcmp(arg + 10, "metorex") == 0 ? DIALECT_METOREX
                       : strcmp(arg + 10, "core") == 0  ? DIALECT_CORE
                                                        : DIALECT_RUBY;
  } else if (strcmp(arg, "--dump=tokens") == 0) {
    options->dump = DUMP_TOKENS;
  } else if (strcmp(arg, "--dump=ast") == 0) {
    options->dump = DUMP_AST;
  } else if (strcmp(arg, "--dump=statements") == 0) {
    options->dump = DUMP_STATEMENTS;
  } else if (strcmp(arg, "--quiet") == 0) {
    options->quiet = true;
  } else {
    return false;
  }
  return true;
}

// Parse the files that the command line names.
int main(int argc, char **argv) {
  CheckOptions options = {0};
  for (int i = 1; i < argc; i++) {
    if (strncmp(argv[i], "--", 2) == 0) {
      if (check_option(argv[i], &options)) continue;
      fprintf(stderr, "usage: parse_check [--dialect=ruby|metorex|core] "
                      "[--dump=tokens|ast|statements] [--quiet] FILE...\n");
      return 2;
    }
    if (argv[i][0] == '@')
      check_list(argv[i] + 1, &options);
    else
      check_file(argv[i], &options);
  }
  return options.errors > 0;
}
