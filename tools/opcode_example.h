// SPDX-License-Identifier: MIT
// The examples of opcodes.def, compiled: for the unit test that each emits its opcode, and for the
// page of documentation that shows what they compile to.
//
//   example    "rb:a + b"    prefix, then a program
//   prefix     rb, mx, core  dialect of the program
//              trace, types  metorex, compiled for --trace or under --check-types
//              wide          no program: one with more constants than two bytes can count is made
//              spliced       no program: a tree that holds a Value
#ifndef MX_TOOLS_OPCODE_EXAMPLE_H
#define MX_TOOLS_OPCODE_EXAMPLE_H

#include "runtime/base/strbuf.h"
#include "frontend/parser.h"
#include "bytecode/compile.h"

#include <stdio.h>

typedef struct OpcodeExample {
  const char *prefix;  // what stands before the colon
  const char *text;    // the program; made for `wide`, empty for `spliced`
  const char *problem; // why there is no chunk, NULL when there is one
  Source *source;
  Chunk *chunk; // of the whole program, with all its bodies
} OpcodeExample;

enum { EXAMPLE_WIDE_CONSTANTS = 65600 }; // more than two bytes can count

// Kinds of example, by prefix.
static const struct {
  const char *prefix;
  Dialect dialect;
} example_kinds[] = {{"rb", DIALECT_RUBY},        {"mx", DIALECT_METOREX},
                     {"core", DIALECT_CORE},      {"trace", DIALECT_METOREX},
                     {"types", DIALECT_METOREX},  {"wide", DIALECT_RUBY},
                     {"spliced", DIALECT_METOREX}};

// Number of the kind that an example begins with, -1 for none.
static inline int example_kind(const char *example) {
  for (size_t i = 0; i < MX_COUNT_OF(example_kinds); i++) {
    size_t len = strlen(example_kinds[i].prefix);
    if (strncmp(example, example_kinds[i].prefix, len) == 0 && example[len] == ':') return (int)i;
  }
  return -1;
}

// Text of the program with many constants.
static inline void example_wide_text(StrBuf *out) {
  for (int i = 0; i < EXAMPLE_WIDE_CONSTANTS; i++) mx_strbuf_printf(out, "x = %d.5\n", i);
}

// Put a Value in the place of a program's body.
static inline void example_splice(Arena *arena, Ast *tree) {
  NodeSpliced *node = mx_arena_alloc(arena, sizeof *node);
  memset(node, 0, sizeof *node);
  node->base.kind = NODE_SPLICED;
  ((NodeProgram *)tree->root)->body = &node->base;
}

// Parse the program of an example; NULL when it is wrong.
static inline Ast *example_parse(ExecCtx *ec, Arena *arena, OpcodeExample *example, int kind) {
  StrBuf made = STRBUF_INIT;
  bool wide = strcmp(example->prefix, "wide") == 0;
  if (wide) example_wide_text(&made);
  if (wide) example->text = mx_arena_copy(arena, made.at, made.len);
  mx_strbuf_free(&made);
  size_t len = strlen(example->text);
  example->source = mx_source_new(arena, "example", example->text, len, 1);
  DiagList diags;
  mx_diag_init(&diags, arena);
  ParseOptions options = {.dialect = example_kinds[kind].dialect};
  Ast *tree = mx_parse(arena, &ec->vm->symtab, example->source, &options, &diags);
  bool fine = diags.errors == 0;
  mx_diag_free(&diags);
  if (fine && strcmp(example->prefix, "spliced") == 0) example_splice(arena, tree);
  return fine ? tree : NULL;
}

// Compile the example of an opcode. What it refers to lies in the arena.
static inline OpcodeExample example_compile(ExecCtx *ec, Arena *arena, OpCode op) {
  const char *text = mx_op_info(op)->example;
  int kind = example_kind(text);
  OpcodeExample example = {.problem = "unknown prefix"};
  if (kind < 0) return example;
  example.prefix = example_kinds[kind].prefix;
  example.text = text + strlen(example.prefix) + 1;
  Ast *tree = example_parse(ec, arena, &example, kind);
  example.problem = "syntax error";
  if (!tree) return example;
  CompileUnit unit = {.tree = tree,
                      .core = example_kinds[kind].dialect == DIALECT_CORE,
                      .trace = strcmp(example.prefix, "trace") == 0,
                      .types = strcmp(example.prefix, "types") == 0};
  example.chunk = mx_compile_body(ec, &unit, tree->root);
  bool fine = example.chunk && mx_compile_all(ec, &unit, example.chunk);
  example.problem = fine ? NULL : "cannot be compiled";
  return example;
}

// Does a chunk hold the opcode itself? The prefix stands before another one.
static inline bool example_has(const Chunk *chunk, OpCode op) {
  Instruction in;
  for (uint32_t pc = 0; mx_op_decode(chunk->code, chunk->code_len, pc, &in); pc += in.size)
    if (in.op == op || chunk->code[pc] == op) return true;
  return false;
}

// The body that holds an opcode: a chunk, or one nested in it; NULL when none does.
static inline const Chunk *example_find(const Chunk *chunk, OpCode op) {
  if (example_has(chunk, op)) return chunk;
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    const Chunk *found = example_find(chunk->bodies[i].chunk, op);
    if (found) return found;
  }
  return NULL;
}

#endif
