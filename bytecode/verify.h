// SPDX-License-Identifier: MIT
// The verifier: proves that a chunk cannot lead the machine astray, before anything of it runs.
//
// Chunk -> yes, or no and why. What holds of a chunk that passed:
//   1. Each byte belongs to one instruction; jumps and handlers aim at the starts of instructions.
//   2. All operands are in range, and constants have the type that their use asks for.
//   3. At each instruction the stack has one depth, within 0..max_stack, whichever way control
//      came; what lies there has the kind that the instruction needs (kinds.def), so that no
//      value is ever taken for a pointer, an index or a pending jump that it is not.
//   4. Handlers nest, the innermost first; what they keep of the stack is there for their range.
//   5. Control never leaves the code but by an instruction that ends the activation.
// It does not run guest code and allocates no objects. Lengths of Arrays that guest code can change
// are the machine's business, as is the type of what a variable holds.
//
// A nested body is verified when it is loaded, by mx_verify_nested.
#ifndef MX_BYTECODE_VERIFY_H
#define MX_BYTECODE_VERIFY_H

#include "bytecode/chunk.h"

// Where a chunk comes from and stands.
typedef struct VerifyRules {
  ExecCtx *ec;        // its constants belong to this VM; no guest code runs
  const Scope *outer; // scope that its text stands in, NULL at the start of a file
  bool core;          // CHUNK_CORE and its instructions are allowed
  bool saved;         // it comes from a file: nothing in it may need Values spliced into a tree
} VerifyRules;

// Why a chunk was refused.
typedef struct VerifyError {
  char text[256]; // one line: chunk, place, instruction, reason
  uint32_t pc;    // of the instruction, VERIFY_NO_PC when it is about a table
} VerifyError;

enum {
  VERIFY_NO_PC = 0xffffffffu,
  VERIFY_UNREACHED = 0xffffffffu,
  // Limits of what is looked at; beyond them a chunk is refused.
  VERIFY_MAX_CODE = 1 << 28,  // bytes
  VERIFY_MAX_STACK = 1 << 24, // values of one frame: more than any VM stack holds
  VERIFY_MAX_TABLE = 1 << 24, // entries of any table
  VERIFY_MAX_LOCALS = 1 << 24,
};

// Verify a chunk; it gets CHUNK_VERIFIED. False when it is refused.
MX_FUNC MX_MUST_CHECK bool mx_verify(Chunk *chunk, const VerifyRules *rules, VerifyError *error);
// Likewise; of a chunk that passed, depths gets for each pc how many values are on the stack before
// the instruction there, VERIFY_UNREACHED where control never comes.
MX_FUNC MX_MUST_CHECK bool mx_verify_depths(Chunk *chunk, const VerifyRules *rules,
                                            VerifyError *error, uint32_t *depths);
// Verify what a stub has: kind, flags, scope, parameters (chunk.h). Frames are made by it before
// its code is there; rules->outer is the scope of the chunk that it belongs to.
MX_FUNC MX_MUST_CHECK bool mx_verify_stub(const Chunk *stub, const VerifyRules *rules,
                                          VerifyError *error);
// Verify a body that belongs to a verified chunk under a number, and that it is of the kind that
// the chunk's instructions use it as. rules->outer is ignored.
MX_FUNC MX_MUST_CHECK bool mx_verify_nested(const Chunk *chunk, uint32_t index, Chunk *body,
                                            const VerifyRules *rules, VerifyError *error);

#endif
