// SPDX-License-Identifier: MIT
// Text to syntax tree: recursive descent with a Pratt table for operators, over a lexer that
// the parser drives (Ruby's tokens depend on what may come next and on which names are locals).
//
// Source -> Ast + diagnostics. Never fails hard: on errors it reports, resynchronises and goes
// on; the caller checks diags->errors and must not run such a tree. Any bytes are accepted;
// nesting deeper than PARSER_MAX_DEPTH is a diagnostic.
#ifndef MX_FRONTEND_PARSER_H
#define MX_FRONTEND_PARSER_H

#include "runtime/base/diag.h"
#include "frontend/ast.h"

enum { PARSER_MAX_DEPTH = 1000 }; // nested constructs; bounds the C stack of every tree walk

typedef struct ParseOptions {
  Dialect dialect;
  Scope *outer;        // eval: innermost scope of the caller, NULL otherwise; becomes the parent
  bool eval;           // the program's scope is SCOPE_EVAL
  bool in_method;      // eval inside a method: super, yield and return are allowed
  bool frozen_strings; // --enable=frozen-string-literal
  bool loop;           // -n, -p: wrap in while gets; -p adds print $_
  bool print;          // -p
  bool chomp;          // -l
  bool split;          // -a: $F = $_.split
  // Called for each token in the order of reading, or NULL (--dump=tokens).
  void (*on_token)(void *ctx, const char *kind, Span span);
  void *token_ctx; // handed to on_token
} ParseOptions;

// Parse a whole text. The tree and all it holds live in the arena; symbols go to symtab.
MX_FUNC Ast *mx_parse(Arena *arena, SymTab *symtab, Source *source, const ParseOptions *options,
                      DiagList *diags);

#endif
