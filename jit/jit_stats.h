// SPDX-License-Identifier: MIT
// What the JIT counts, and --jit-stats, which prints it when the program has ended.
#ifndef MX_JIT_STATS_H
#define MX_JIT_STATS_H

#include "jit/llvm/backend.h"
#include "jit/record/record.h"

typedef struct Jit Jit;

// What a build spends its processor time with: ours, then the back end's.
enum { STATS_BUILD, STATS_PASSES, STATS_BACKEND, STATS_PHASES = STATS_BACKEND + BACKEND_PHASES };

typedef struct JitStats {
  uint64_t nanos[STATS_PHASES]; // by phase, of all builds
  uint64_t load_nanos;          // to load the back end
  uint32_t builds;              // that were installed
  uint32_t instructions;        // of IR that the back end was given
  uint64_t code_bytes;          // of instructions, of all builds
  uint32_t released;            // builds whose memory was given back
  uint32_t aborts[ABORT_COUNT]; // by reason
} JitStats;

// Nanoseconds of processor time that this thread has had.
MX_FUNC uint64_t mx_stats_now(void);
// Print it all on standard error.
MX_FUNC void mx_stats_print(const Jit *jit);

#endif
