// SPDX-License-Identifier: MIT
// The JIT's facade: installing the hooks of interp/tier.h, options, statistics.
#ifndef MX_JIT_H
#define MX_JIT_H

#include "runtime/vm.h"
#include "jit/ir/jit_params.h"

typedef enum JitMode {
  JIT_OFF,
  JIT_ON,   // compiled in the background, on a thread of its own
  JIT_SYNC, // the program waits for every compile
} JitMode;

typedef struct JitOptions {
  JitMode mode;               // --jit
  JitParams params;           // tunables
  uint64_t fuel;              // --jit-fuel: changes that passes may make in all; UINT64_MAX: any
  uint32_t stress_exits;      // --stress=exits: at one in so many guards; 0: off
  uint32_t stress_invalidate; // --stress=invalidate: at one in so many chances; 0: off
  uint64_t stress_seed;       // of both
  bool log;                   // --jit-log: what is recorded, built, left, on standard error
  bool stats;                 // --jit-stats: what it came to, on standard error at the end
  bool verify;                // --jit-verify: check the IR after each pass
  bool dump_ir;               // --dump=ir
  bool dump_llvm;             // --dump=llvm
  bool dump_assembly;         // --dump=asm
  bool perf_map;              // --jit-symbols=perf
  bool debugger;              // --jit-symbols=gdb
  const char *module;         // file of the back end; NULL: beside the program
} JitOptions;

// Defaults of params.def.
MX_FUNC JitOptions mx_jit_defaults(void);
// Give a VM the next tier, unless --trace shows its instructions. The back end is
// loaded at the first hot region. Under --deterministic the program waits for compiles, so that
// code is installed at the same places in each run.
MX_FUNC void mx_jit_install(VM *vm, const JitOptions *options);
// The program has ended: no other compile begins. False: one is going on. Then mx_jit_free would
// wait for it, which a process that ends need not: it calls _exit, since what exit() destroys is in
// use.
MX_FUNC bool mx_jit_end(const VM *vm);
// Is there a back end, so that --jit=on does something?
MX_FUNC bool mx_jit_available(const JitOptions *options);
// --jit-stats.
MX_FUNC void mx_jit_report(const VM *vm);
// End the compiler thread and free what the collector does not.
MX_FUNC void mx_jit_free(VM *vm);

#endif
