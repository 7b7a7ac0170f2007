// SPDX-License-Identifier: MIT
// Checks the law of the source printer on real files: parse, print, parse gives an equal tree.
//
// usage: print_check [--show] [--splice=SEED] PATH...
// Folders are searched for .rb, .mx and .ru files. --show writes what is printed instead of
// checking it. --splice moves expressions around in each tree before it is printed. Files that do
// not parse in the first place are counted and passed over. For a file that breaks the law the
// smallest differing pair of nodes is shown.
#include "frontend/ast_print.h"
#include "frontend/parser.h"
#include "tools/print_splice.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  CHECK_EXCERPT = 600, // bytes of a dump that are shown
  CHECK_SPLICES = 10,  // expressions moved in one tree
};

// One file being checked.
typedef struct Check {
  Arena arena;     // both trees
  SymTab symtab;   // both trees' names
  Dialect dialect; // by the file's name
} Check;

// One run over all paths.
typedef struct CheckRun {
  bool show;     // --show
  bool splice;   // --splice
  Prng prng;     // seeded by it
  int files;     // files read
  int unparsed;  // files with errors of their own
  int different; // files that break the law
} CheckRun;

// Two lists of children under comparison.
typedef struct ChildList {
  VEC(Node *) at; // direct children in order
} ChildList;

// Read a whole file; NULL when it cannot be read. The caller frees the text.
static char *check_read(const char *path, size_t *len) {
  StrBuf buf = STRBUF_INIT;
  char chunk[8192];
  size_t got;
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) mx_strbuf_add(&buf, chunk, got);
  fclose(file);
  *len = buf.len;
  return mx_strbuf_take(&buf);
}

// Tell whether a text ends with another.
static bool check_ends_with(const char *text, const char *end) {
  size_t len = strlen(text);
  size_t end_len = strlen(end);
  return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

// Choose the dialect of a file.
static Dialect check_dialect(const char *path) {
  if (!check_ends_with(path, ".mx")) return DIALECT_RUBY;
  return strstr(path, "runtime/core/") ? DIALECT_CORE : DIALECT_METOREX;
}

// Parse a text; NULL with the messages in errors when there are any.
static Ast *check_parse(Check *check, const char *name, const char *text, size_t len,
                        StrBuf *errors) {
  ParseOptions options = {.dialect = check->dialect};
  DiagList diags;
  mx_diag_init(&diags, &check->arena);
  Source *source = mx_source_new(&check->arena, name, text, len, 1);
  Ast *ast = mx_parse(&check->arena, &check->symtab, source, &options, &diags);
  bool failed = diags.errors > 0;
  if (failed) mx_diag_render_all(&diags, source, errors);
  mx_diag_free(&diags);
  return failed ? NULL : ast;
}

// Collect a child.
static bool check_collect(void *ctx, Node *child) {
  ChildList *list = ctx;
  vec_push(&list->at, child);
  return true;
}

// Descend to the smallest pair of nodes that differ.
static void check_narrow(const Node **a, const Node **b) {
  ChildList x = {0};
  ChildList y = {0};
  mx_ast_each_child(*a, check_collect, &x);
  mx_ast_each_child(*b, check_collect, &y);
  const Node *next_a = NULL;
  const Node *next_b = NULL;
  for (uint32_t i = 0; x.at.count == y.at.count && i < x.at.count && !next_a; i++) {
    if (mx_ast_equal(x.at.at[i], y.at.at[i])) continue;
    next_a = x.at.at[i];
    next_b = y.at.at[i];
  }
  vec_free(&x.at);
  vec_free(&y.at);
  if (!next_a) return;
  *a = next_a;
  *b = next_b;
  check_narrow(a, b);
}

// Show one node of a differing pair.
static void check_show_node(const Check *check, const char *label, const Ast *ast,
                            const Node *node) {
  StrBuf out = STRBUF_INIT;
  mx_ast_dump(node, &check->symtab, -1, &out);
  printf("  %s line %u: %.*s\n", label, mx_source_line(ast->source, node->span.start),
         CHECK_EXCERPT, mx_strbuf_text(&out));
  mx_strbuf_free(&out);
}

// Show where two trees differ.
static void check_show_difference(const Check *check, const Ast *first, const Ast *second) {
  const Node *a = first->root;
  const Node *b = second->root;
  check_narrow(&a, &b);
  printf("%s: differs\n", first->source->name);
  check_show_node(check, "source ", first, a);
  check_show_node(check, "printed", second, b);
}

// Print a tree, parse the text and compare.
static void check_tree(CheckRun *run, Check *check, Ast *first) {
  if (run->splice)
    first->root = mx_splice(&check->arena, &check->symtab, first->root, &run->prng, CHECK_SPLICES);
  StrBuf text = STRBUF_INIT;
  StrBuf errors = STRBUF_INIT;
  mx_ast_print_alone(first, first->root, &check->symtab, &text);
  if (run->show) {
    fwrite(text.at, 1, text.len, stdout);
  } else {
    const Ast *second = check_parse(check, "printed", text.at, text.len, &errors);
    if (!second)
      printf("%s: printed text does not parse\n%.*s", first->source->name, CHECK_EXCERPT,
             mx_strbuf_text(&errors));
    else if (!mx_ast_equal(first->root, second->root))
      check_show_difference(check, first, second);
    if (!second || !mx_ast_equal(first->root, second->root)) run->different++;
  }
  mx_strbuf_free(&text);
  mx_strbuf_free(&errors);
}

// Check one file.
static void check_file(CheckRun *run, const char *path) {
  size_t len;
  StrBuf errors = STRBUF_INIT;
  char *text = check_read(path, &len);
  if (!text) return;
  Check check = {.dialect = check_dialect(path)};
  mx_arena_init(&check.arena, mx_arena_malloc_source());
  mx_symtab_init(&check.symtab);
  Ast *ast = check_parse(&check, path, text, len, &errors);
  run->files++;
  if (ast)
    check_tree(run, &check, ast);
  else
    run->unparsed++;
  mx_strbuf_free(&errors);
  mx_symtab_free(&check.symtab);
  mx_arena_free(&check.arena);
  free(text);
}

// Order entries of a folder.
static int check_by_name(const FTSENT **a, const FTSENT **b) {
  return strcmp((*a)->fts_name, (*b)->fts_name);
}

// Check a file, or all source files below a folder in order of their names.
static void check_path(CheckRun *run, char *path) {
  char *paths[] = {path, NULL};
  FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, check_by_name);
  if (!walk) return;
  for (FTSENT *entry; (entry = fts_read(walk)) != NULL;) {
    bool source = check_ends_with(entry->fts_name, ".rb") ||
                  check_ends_with(entry->fts_name, ".mx") ||
                  check_ends_with(entry->fts_name, ".ru");
    if (entry->fts_info == FTS_F && (source || entry->fts_level == FTS_ROOTLEVEL))
      check_file(run, entry->fts_path);
  }
  fts_close(walk);
}

// Take the seed of --splice.
static void check_seed(CheckRun *run, const char *text) {
  run->splice = true;
  mx_prng_seed(&run->prng, strtoull(text, NULL, 10));
}

// Check all paths; fails when a file breaks the law.
int main(int argc, char **argv) {
  CheckRun run = {0};
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--show") == 0)
      run.show = true;
    else if (strncmp(argv[i], "--splice=", 9) == 0)
      check_seed(&run, argv[i] + 9);
    else
      check_path(&run, argv[i]);
  }
  if (!run.show)
    printf("%d files, %d do not parse, %d differ when printed\n", run.files, run.unparsed,
           run.different);
  return run.different > 0;
}
