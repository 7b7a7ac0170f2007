// SPDX-License-Identifier: MIT
// The verifier's entry points, its messages, and the table of kinds.
#include "runtime/regexp.h"
#include "runtime/string.h"
#include "bytecode/verify_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

// A row per opcode.
static const OpKinds op_kinds[OP_COUNT] = {
#define KINDS(NAME, TAKES, GIVES, JUMP, FLAGS, VARIANTS) \
  [OP_##NAME] = {                                        \
      .takes = TAKES, .gives = GIVES, .jump = JUMP, .flags = FLAGS, .variants = VARIANTS},
#include "bytecode/kinds.def"
};

enum {
#define KINDS(NAME, TAKES, GIVES, JUMP, FLAGS, VARIANTS) KINDS_ROW_##NAME,
#include "bytecode/kinds.def"
  KINDS_ROW_COUNT
};
_Static_assert((int)KINDS_ROW_COUNT == (int)OP_COUNT, "each opcode has a row in kinds.def");

const OpKinds *mx_verify_kinds(OpCode op) { return &op_kinds[op]; }

// ---- messages

// What a body is called in messages.
static const char *const verify_kind_names[CODE_KIND_COUNT] = {
    [CODE_PROGRAM] = "program", [CODE_EVAL] = "eval",     [CODE_METHOD] = "method",
    [CODE_CLASS] = "class",     [CODE_MODULE] = "module", [CODE_SCLASS] = "singleton class",
    [CODE_BLOCK] = "block",     [CODE_FOR] = "for"};

// Write a text of printf form at a place in the message; the place behind it.
static size_t verify_print(VerifyError *error, size_t at, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));
static size_t verify_print(VerifyError *error, size_t at, const char *fmt, va_list args) {
  if (at >= sizeof error->text) return at;
  int written = vsnprintf(error->text + at, sizeof error->text - at, fmt, args);
  return written < 0 ? at : at + (size_t)written;
}

// Likewise with the values as arguments.
static size_t verify_add(VerifyError *error, size_t at, const char *fmt, ...) MX_PRINTF(3, 4);
static size_t verify_add(VerifyError *error, size_t at, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  at = verify_print(error, at, fmt, args);
  va_end(args);
  return at;
}

// Write what the chunk is: "method foo".
static size_t verify_add_chunk(const Verifier *v, size_t at) {
  const Chunk *chunk = v->chunk;
  bool known = chunk->kind < CODE_KIND_COUNT;
  at = verify_add(v->error, at, "%s", known ? verify_kind_names[chunk->kind] : "chunk");
  const SymTab *symbols = &v->rules->ec->vm->symtab;
  if (chunk->name == SYM_NONE || chunk->name >= symbols->names.count) return at;
  return verify_add(v->error, at, " %s", mx_sym_text(symbols, chunk->name));
}

bool mx_verify_fail(const Verifier *v, uint32_t pc, const char *fmt, ...) {
  size_t at = verify_add_chunk(v, 0);
  v->error->pc = pc;
  if (pc != VERIFY_NO_PC) {
    Instruction in;
    (void)!mx_op_decode(v->chunk->code, v->chunk->code_len, pc, &in);
    at = verify_add(v->error, at, ", at %u", pc);
    if (in.op != OP_COUNT) at = verify_add(v->error, at, ", %s", mx_op_info(in.op)->name);
  }
  at = verify_add(v->error, at, ": ");
  va_list args;
  va_start(args, fmt);
  verify_print(v->error, at, fmt, args);
  va_end(args);
  // Names come from outside: the message stays on its line.
  for (char *c = v->error->text; *c; c++)
    if ((uint8_t)*c < ' ' || *c == 0x7f) *c = '?';
  return false;
}

// ---- entry points

// Run all parts; tables first, so that the others can look into them.
static bool verify_run(Verifier *v) {
  if (!mx_verify_tables(v)) return false;
  size_t bytes = (size_t)v->chunk->code_len + 1;
  v->marks = calloc(bytes, 1);
  v->numbers = malloc(bytes * sizeof *v->numbers);
  v->inner = malloc(bytes * sizeof *v->inner);
  v->outer = calloc((size_t)v->chunk->handler_count + 1, sizeof *v->outer);
  if (!v->marks || !v->numbers || !v->inner || !v->outer) mx_check_out_of_memory(bytes);
  return mx_verify_code(v) && mx_verify_handlers(v) && mx_verify_flow(v);
}

bool mx_verify(Chunk *chunk, const VerifyRules *rules, VerifyError *error) {
  return mx_verify_depths(chunk, rules, error, NULL);
}

bool mx_verify_depths(Chunk *chunk, const VerifyRules *rules, VerifyError *error,
                      uint32_t *depths) {
  Verifier v = {.chunk = chunk, .rules = rules, .error = error, .depths = depths};
  *error = (VerifyError){.pc = VERIFY_NO_PC};
  bool ok = verify_run(&v);
  vec_free(&v.instrs);
  free(v.numbers);
  free(v.marks);
  free(v.inner);
  free(v.outer);
  if (ok) chunk->flags |= CHUNK_VERIFIED;
  return ok;
}

bool mx_verify_stub(const Chunk *stub, const VerifyRules *rules, VerifyError *error) {
  Verifier v = {.chunk = stub, .rules = rules, .error = error};
  *error = (VerifyError){.pc = VERIFY_NO_PC};
  return mx_verify_head(&v);
}

bool mx_verify_nested(const Chunk *chunk, uint32_t index, Chunk *body, const VerifyRules *rules,
                      VerifyError *error) {
  MX_ASSERT(index < chunk->body_count, "body %u of %u", index, chunk->body_count);
  Verifier v = {.chunk = chunk, .rules = rules, .error = error};
  *error = (VerifyError){.pc = VERIFY_NO_PC};
  if (chunk->bodies[index].kind != body->kind)
    return mx_verify_fail(&v, VERIFY_NO_PC, "body %u is of another kind", index);
  VerifyRules inner = *rules;
  inner.outer = chunk->scope;
  return mx_verify(body, &inner, error);
}
