// SPDX-License-Identifier: MIT
// The compiler: a tree to chunks, one body at a time.
//
// Nested bodies are compiled when they are needed first, so that start-up pays only for what runs.
#ifndef MX_BYTECODE_COMPILE_H
#define MX_BYTECODE_COMPILE_H

#include "bytecode/chunk.h"

struct Ast;
struct Node;

// The text that bodies come from, and how to compile it.
typedef struct CompileUnit {
  const struct Ast *tree; // nodes of the text
  bool core;  // core mode: operators pass over redefinitions, Primitive.x is a primitive
  bool trace; // emit SET_LINE
  bool types; // emit checks of type annotations
} CompileUnit;

// Kind, scope, parameters and name of a scope node (PROGRAM, DEF, CLASS, BLOCK_FN, ...).
typedef struct BodyInfo {
  CodeKind kind;       // what sort of body
  const Scope *scope;  // its locals
  Params params;       // its parameters, none for programs and classes
  Sym name;            // of the method or class, SYM_NONE otherwise
  uint32_t start, end; // bytes of the source
} BodyInfo;

// Kind of body that a scope node is.
MX_FUNC CodeKind mx_compile_kind(const struct Node *node);
// Read a scope node; nothing is compiled.
MX_FUNC BodyInfo mx_compile_info(const struct Node *node);
// Compile the body of a scope node; NULL + SyntaxError for what cannot be compiled.
MX_FUNC Chunk *mx_compile_body(ExecCtx *ec, const CompileUnit *unit, const struct Node *node);
// The chunk of a nested body, compiled at need; NULL + exception.
MX_FUNC Chunk *mx_compile_nested(ExecCtx *ec, const CompileUnit *unit, Chunk *chunk,
                                 uint32_t index);
// Compile all nested bodies, too; false + exception.
MX_FUNC MX_MUST_CHECK bool mx_compile_all(ExecCtx *ec, const CompileUnit *unit, Chunk *chunk);

#endif
