// SPDX-License-Identifier: MIT
// Regions: every place where recording began, and what became of it.
//
//   NEW -> RECORDING -> COMPILED -> DEAD -> (recorded again)
//             |
//             +-> REFUSED (an abort that is final, or too many of them)
//
// OWNERSHIP: a region belongs to its Code, from which a list of them hangs; collected memory. Its
// machine code is released when it dies and nothing runs it.
// GC: what the machine code mentions is in deopt->constants and pins.
#ifndef MX_JIT_REGION_TABLE_H
#define MX_JIT_REGION_TABLE_H

#include "jit/deopt/deopt.h"
#include "jit/llvm/backend.h"
#include "jit/record/region.h"

typedef enum RegionState {
  REGION_NEW,      // seen, not recorded
  REGION_COMPILED, // has machine code
  REGION_REFUSED,  // left to the interpreter for good
} RegionState;

enum { REGION_SAMPLE = 64, REGION_SAMPLES = 16 }; // entries between, and before it is judged

typedef struct Region Region;
struct Region {
  Region *next;            // of the same Code
  const Code *code;        // where it begins
  uint32_t start;          // word of its stream
  uint32_t pc;             // of the chunk
  RegionState state;       // see above
  uint32_t failures;       // recordings and builds that came to nothing
  uint32_t builds;         // of machine code
  uint32_t running;        // activations in its machine code
  bool dead;               // released as soon as nothing runs it
  Record *record;          // what was seen; NULL until it is recorded
  MachineCode machine;     // COMPILED
  DeoptMap *deopt;         // COMPILED
  uint32_t room;           // words of the exit buffer
  RegionResult built;      // assumptions; fn is NULL when it is not being compiled
  Value *pins;             // what the machine code mentions
  const CallCache **calls; // by call site: the interpreter's cache
  uint32_t *exit_counts;   // by SnapId: times it was taken since the code was made
  uint64_t entries;        // times this build of the machine code was entered
  uint64_t nanos;          // time in it, of every REGION_SAMPLE-th entry
};

// The region that begins at a word of a stream; NULL when none was seen.
MX_FUNC Region *mx_region_find(const Code *code, uint32_t start);
// Likewise, made at need.
MX_FUNC Region *mx_region_at(Code *code, uint32_t start);
// Do all its assumptions hold?
MX_FUNC bool mx_region_valid(const VM *vm, const Region *region);

#endif
