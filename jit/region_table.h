// SPDX-License-Identifier: MIT
// Regions: every place where recording began, and what became of it.
//
//   NEW -(recorded, built)-> pending -(installed)-> COMPILED -(assumption broke)-> NEW ...
//    |                                                  |
//    +------- REFUSED (waits ever longer, or ever) <----+
//
// A Region is the place; a RegionCode is one build of it. A region may be built again while the
// older build runs, which keeps its own tables.
//
// INVARIANTS:
// 1. code->broken is set at once when something that the code relies on breaks, wherever the
//    program is then. It is the one word to test before machine code is entered and after each call
//    that it makes.
// 2. Machine code is released when its RegionCode is no region's, nothing runs it, and nothing
//    refers to it: what runs machine code holds its RegionCode on a stack that is scanned.
// OWNERSHIP: a region belongs to its Code, from which a list of them hangs; collected memory. The
// list of installed code (installed.c) does not keep a RegionCode alive.
// GC: what the machine code mentions is in deopt->constants and pins.
#ifndef MX_JIT_REGION_TABLE_H
#define MX_JIT_REGION_TABLE_H

#include "jit/deopt/deopt.h"
#include "jit/llvm/backend.h"
#include "jit/record/region.h"

typedef enum RegionState {
  REGION_NEW,      // no machine code
  REGION_COMPILED, // has machine code
  REGION_REFUSED,  // came to nothing: left to the interpreter until it is hot again, or for good
} RegionState;

typedef enum RegionKind {
  REGION_LOOP,   // begins at a loop's header, runs in the interpreter's frames
  REGION_METHOD, // begins with a method's activation
} RegionKind;

enum { REGION_MAX = 256 }; // loops of one Code

typedef struct Region Region;
typedef struct RegionCode RegionCode;
typedef struct CompileJob CompileJob;

// Why a code is not to be entered now.
enum {
  BROKEN_FOR_GOOD = 1 << 0, // an assumption broke
  BROKEN_WATCHED = 1 << 1,  // as long as hooks are enabled, which it would tell nothing
};

// One build of a region: its machine code, which knows this address, and all that it takes to run
// and to leave it.
struct RegionCode {
  volatile uint32_t broken; // BROKEN_*, if any: not to be entered, left after calls
  uint32_t running;         // activations in it that mx_enter_run counts; METHOD: nobody counts
  Region *region;           // whose build it is
  CompileJob *job;          // while it is compiled
  RegionCode *next_pending; // while it is compiled: the next one of these
  ExecCtx *asker;           // while it is compiled: the context that asked
  MachineCode machine;      // what runs
  DeoptMap *deopt;          // how it is left
  uint32_t room;            // words of the exit buffer
  uint32_t slot;            // index in the list of installed code; UINT32_MAX: not in it
  Value *pins;              // what the machine code mentions
  const TierPlace **places; // for --profile: by IrIns.place; NULL without
  const CallCache **calls;  // by call site: the interpreter's cache
  uint32_t *exit_counts;    // by SnapId: times it was taken
  uint16_t *exit_ops;       // by SnapId: the IrOp of the first instruction that has it
  Assumption *assumptions;  // what it relies on
  uint32_t assumption_count;
  uint32_t call_count; // calls of guest code in it
  bool in_env;         // looks at the root's locals in its Env
  bool dropped;        // no region's any more
  bool quick;          // made quickly: counts the region's budget down
  uint64_t budget;     // of the region when it was installed
  uint64_t since;      // processor time then, or when its budget was given again
  uint64_t worked;     // while quick: instructions that it has executed before that, some
  uint64_t entries;    // times it was entered; METHOD: left
  uint64_t seen;       // of these, when eviction last looked
};

struct Region {
  Region *next;           // of the same Code
  Region *next_led;       // LOOP: of the same home
  Region *next_region;    // of all (Jit.regions)
  RegionKind kind;        // see above
  const Code *code;       // where it begins
  MethodEntry *me;        // METHOD: of what it is the code
  uint32_t at;            // METHOD: position of its owner in the mro
  uint32_t start;         // word of its stream
  uintptr_t key;          // LOOP: mx_entry_key of the frames that it is entered with
  const Code *home;       // LOOP: code of their root; NULL when that is the head
  uint32_t home_pc;       // there: of the instruction that called the next frame's method
  uint32_t pc;            // of the chunk
  RegionState state;      // see above
  uint32_t heat;          // without code: back edges, and what inner loops added, since it failed
  uint32_t penalty;       // what makes it hot is doubled so often, since it has failed;
                          // ABORT_FOR_GOOD: it is never hot
  uint32_t patience;      // what makes an exit hot is doubled so often, since it was built
  bool goes_on;           // its recording has begun, and goes on at once: at the next entry, with
                          // code at the next exit
  uint32_t facts;         // that its record had when it was last built
  uint64_t budget;        // rounds and calls in quickly made code until it is worth making well
  bool worth;             // it is
  uint32_t judged;        // times that its code was made quickly again to be judged, and was good
  RecordContext *left_in; // context of the exit that is followed; NULL for none
  RecordContext *front;   // likewise, if it is the hot one and lies in front of a loop; or NULL
  uint32_t front_pc;      // of that loop's header
  uint32_t failures;      // recordings and builds that came to nothing
  AbortReason why;        // the last of them
  BuildNote missing;      // what the last build was made without; code is NULL for nothing
  uint32_t builds;        // of machine code
  Record *record;         // what was seen; NULL until it is recorded
  RegionCode *ready;      // COMPILED: the newest build that is installed
  RegionCode *next_ready; // a build on its way to machine code; NULL for none
};

// The region of the loop that the frames run, which begins at a word of the head's stream; made at
// need.
MX_FUNC Region *mx_region_at(const EntryFrames *entry, uint32_t start, bool *made);
// Let a code's loops ask again after so many back edges.
static inline void mx_region_set_heat(const Code *code, uint32_t span) {
  ((Code *)(uintptr_t)code)->heat = ((Code *)(uintptr_t)code)->heat_span = span;
}
// Has a Code the regions of so many methods? A `def` that runs again and again makes a new method
// of the same Code each time.
MX_FUNC bool mx_region_is_crowded(const Code *code, uint32_t many);
// What a method runs: its body, which is made, or the block of define_method's.
static inline Code *mx_region_body(const MethodEntry *me) {
  if (me->kind != METHOD_PROC) return ((const MethodCode *)me->as.code)->made;
  return (Code *)(uintptr_t)VAL_CAST(const Proc, me->as.proc)->block.code;
}
// The region of a method whose body is made; NULL when none was seen.
MX_FUNC Region *mx_region_find_method(const MethodEntry *me);
// Likewise, made at need.
MX_FUNC Region *mx_region_of_method(MethodEntry *me, uint32_t at);
// Let the interpreter ask for a region at the next round of its loop, or call of its method.
static inline void mx_region_ask(const Region *region) {
  if (region->kind == REGION_METHOD)
    ((Code *)(uintptr_t)region->code)->calls = 1;
  else
    mx_region_set_heat(region->code, 1);
}
// Do all assumptions of a build hold? To be asked before it is installed.
MX_FUNC bool mx_region_valid(const VM *vm, const RegionCode *code);

#endif
