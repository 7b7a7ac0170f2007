// SPDX-License-Identifier: MIT
// Building a region: from what was recorded to SSA.
//
// The builder walks the bytecode of the record's contexts, block by block in reverse postorder,
// with an abstract state (a ref for each local and operand of all activations on the inlining
// path), and emits IR for what ran. Joins get phis, loop headers get phis for the whole state;
// callees and blocks that were followed are built in place. What never ran is a side exit, and so
// is an instruction that the builder does not know.
//
// PRE: the record's frames' codes have streams; nothing runs in between (main thread, no polls).
// POST: fn verifies (mx_ir_verify); result->assumptions hold now.
#ifndef MX_JIT_REGION_H
#define MX_JIT_REGION_H

#include "runtime/assume.h"
#include "jit/ir/ir.h"
#include "jit/record/record.h"

// Why a snapshot was taken (Snap.reason).
typedef enum RegionExit {
  REGION_EXIT_HERE,     // for the instruction at hand
  REGION_EXIT_IN_FRONT, // in front of a loop, for guards that move out of it
} RegionExit;

// Something that the code relies on.
typedef struct Assumption {
  const MethodCell *cell; // a method; NULL for a constant
  Sym name;               // constant's name
  uint32_t version;       // of the constant's name
} Assumption;

// Why the code leaves, or calls by the protocol, where an instruction could have been built.
typedef struct BuildNote {
  const Code *code; // of the instruction
  uint32_t pc;      // of the instruction
  Sym name;         // called by the protocol; 0: the instruction itself is not built
} BuildNote;

typedef struct RegionResult {
  IrFn *fn;                    // the region; owned by the arena given
  VEC(Assumption) assumptions; // malloc; the receiver frees it
  VEC(BuildNote) notes;        // malloc; likewise
  uint32_t calls;              // that it makes by the interpreter's protocol
  bool in_env;                 // the root's locals are in the heap, and looked at there
} RegionResult;

// Build the region of a record; ABORT_NONE, or why it cannot be compiled. Never raises.
MX_FUNC AbortReason mx_region_build(ExecCtx *ec, Record *rec, Arena *arena, RegionResult *out);

#endif
