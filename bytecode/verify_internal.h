// SPDX-License-Identifier: MIT
// What the parts of the verifier share.
#ifndef MX_BYTECODE_VERIFY_INTERNAL_H
#define MX_BYTECODE_VERIFY_INTERNAL_H

#include "runtime/base/vec.h"
#include "bytecode/verify.h"

// Marks of a byte of the code.
enum {
  VERIFY_START = 1 << 0, // an instruction begins here
  VERIFY_DIRTY = 1 << 1, // its stack has changed: to be looked at again (verify_flow.c)
};

enum { VERIFY_NO_HANDLER = 0xffffffffu };

// An instruction of the chunk. All parts look at it, so it is decoded once.
typedef struct VerifyInstr {
  Instruction in; // what stands in the code
  int32_t jump;   // position of its operand J, or -1
} VerifyInstr;

// One verification. OWNERSHIP: the lists are malloc'd, freed by mx_verify.
typedef struct Verifier {
  const Chunk *chunk;       // under test
  const VerifyRules *rules; // what it may refer to
  VerifyError *error;       // where the first failure is told
  VEC(VerifyInstr) instrs;  // in the order of the code
  uint32_t *numbers;        // by pc that an instruction begins at: its place in instrs
  uint8_t *marks;           // VERIFY_* by pc
  uint32_t *inner;          // by pc: number of the innermost handler that covers it, or NO_HANDLER
  uint32_t *depths;         // by pc: values on the stack, to be filled in; or NULL
  uint32_t *outer;          // by handler: the innermost one around it, or NO_HANDLER
} Verifier;

// A row of kinds.def.
typedef struct OpKinds {
  const char *takes, *gives, *jump; // letters
  uint32_t flags;                   // bits that F may have
  uint32_t variants;                // V is below
} OpKinds;

// The row of kinds.def for an opcode.
MX_FUNC const OpKinds *mx_verify_kinds(OpCode op);

// Refuse the chunk because of its instruction at pc (VERIFY_NO_PC: of a table). Gives false.
MX_FUNC bool mx_verify_fail(const Verifier *v, uint32_t pc, const char *fmt, ...) MX_PRINTF(3, 4);
// The instruction at a pc that is marked as a start.
static inline const VerifyInstr *verify_at(const Verifier *v, uint32_t pc) {
  return &v->instrs.at[v->numbers[pc]];
}

// ---- verify_code.c: instructions one by one
// Each instruction is known, whole, and its operands are in bounds.
MX_FUNC bool mx_verify_code(Verifier *v);
// ---- verify_tables.c: limits, scope, constants, lines; handlers once the code is known
// All tables but the handlers.
MX_FUNC bool mx_verify_tables(Verifier *v);
// Of them, what a stub has.
MX_FUNC bool mx_verify_head(Verifier *v);
// Handlers need the starts of instructions, which mx_verify_code marks.
MX_FUNC bool mx_verify_handlers(Verifier *v);
// ---- verify_params.c
// The parameters fit each other and the scope.
MX_FUNC bool mx_verify_params(Verifier *v);
// ---- verify_flow.c: the stack, along all ways that control can take
// Depth, kinds and handlers agree wherever ways meet.
MX_FUNC bool mx_verify_flow(Verifier *v);

#endif
