// SPDX-License-Identifier: MIT
// A text parsed, compiled with all its bodies, and verified, without an engine; for unit tests and
// fuzz targets.
#ifndef MX_TESTS_COMPILE_FIXTURE_H
#define MX_TESTS_COMPILE_FIXTURE_H

#include "frontend/parser.h"
#include "bytecode/compile.h"
#include "bytecode/verify.h"

#include <string.h>

// OWNERSHIP: arena and diags are malloc'd, freed by compiled_free; chunks are collected memory.
typedef struct Compiled {
  Arena arena;      // owns the tree
  DiagList diags;   // errors of the text
  CompileUnit unit; // the tree, and how it is compiled
  Chunk *chunk;     // the program, NULL when the text has errors or could not be compiled
} Compiled;

// Parse a text, which ends with a NUL that is not counted.
static inline void compiled_parse(Compiled *compiled, ExecCtx *ec, const char *text, size_t len,
                                  Dialect dialect) {
  *compiled = (Compiled){.unit.core = dialect == DIALECT_CORE};
  mx_arena_init(&compiled->arena, mx_arena_malloc_source());
  mx_diag_init(&compiled->diags, &compiled->arena);
  ParseOptions options = {.dialect = dialect};
  Source *source = mx_source_new(&compiled->arena, "test", text, len, 1);
  compiled->unit.tree =
      mx_parse(&compiled->arena, &ec->vm->symtab, source, &options, &compiled->diags);
}

// Compile what was parsed, with all nested bodies; false when it cannot be.
static inline bool compiled_make(Compiled *compiled, ExecCtx *ec) {
  if (compiled->diags.errors > 0) return false;
  compiled->chunk = mx_compile_body(ec, &compiled->unit, compiled->unit.tree->root);
  return compiled->chunk && mx_compile_all(ec, &compiled->unit, compiled->chunk);
}

static inline void compiled_free(Compiled *compiled) {
  mx_diag_free(&compiled->diags);
  mx_arena_free(&compiled->arena);
}

// Verify what is nested in a verified chunk, as far as it was compiled.
static inline bool compiled_verify_nested(const Chunk *chunk, const VerifyRules *rules,
                                          VerifyError *error) {
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    Chunk *body = chunk->bodies[i].chunk;
    if (!body) continue;
    if (!mx_verify_nested(chunk, i, body, rules, error)) return false;
    if (!compiled_verify_nested(body, rules, error)) return false;
  }
  return true;
}

// Verify the program and all that is nested in it.
static inline bool compiled_verify(const Compiled *compiled, ExecCtx *ec, VerifyError *error) {
  VerifyRules rules = {.ec = ec, .core = compiled->unit.core};
  return mx_verify(compiled->chunk, &rules, error) &&
         compiled_verify_nested(compiled->chunk, &rules, error);
}

// Dialect of a file of this repository.
static inline Dialect compiled_dialect(const char *path) {
  if (strstr(path, "runtime/core/")) return DIALECT_CORE;
  const char *end = strrchr(path, '.');
  return end && strcmp(end, ".mx") == 0 ? DIALECT_METOREX : DIALECT_RUBY;
}

#endif
