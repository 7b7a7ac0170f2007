// SPDX-License-Identifier: MIT
// The JIT's facade: installing the hooks of interp/tier.h, options, statistics.
#ifndef MX_JIT_H
#define MX_JIT_H

#include "runtime/vm.h"
#include "jit/ir/jit_params.h"

typedef enum JitMode { JIT_OFF, JIT_SYNC } JitMode;

typedef struct JitOptions {
  JitMode mode;       // JIT_SYNC: the program waits for every compile
  JitParams params;   // tunables
  bool log;           // --jit-log: what is recorded, built, left, on standard error
  bool dump_ir;       // --dump=ir
  bool dump_llvm;     // --dump=llvm
  const char *module; // file of the back end; NULL: beside the program
} JitOptions;

// Defaults of params.def.
MX_FUNC JitOptions mx_jit_defaults(void);
// Give a VM the next tier, unless --trace or --profile looks at its instructions. The back end is
// loaded at the first hot region.
MX_FUNC void mx_jit_install(VM *vm, const JitOptions *options);
// Free what the collector does not.
MX_FUNC void mx_jit_free(VM *vm);

#endif
