// SPDX-License-Identifier: MIT
// Runs the passes of passes.def in order.
//
// IrFn -> pass, verify, pass, verify, ... -> IrFn
// A pass changes a function that the verifier accepts into one that it accepts, and asks for fuel
// (mx_ir_burn) before each change; so `fn->fuel = N` bisects a miscompile to one change.
#ifndef MX_JIT_PIPELINE_H
#define MX_JIT_PIPELINE_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir.h"

// A pass returns how many changes it made.
typedef uint32_t (*PassRun)(IrFn *fn);

typedef struct PassInfo {
  const char *name; // as in passes.def
  const char *doc;  // one line
  PassRun run;
} PassInfo;

#define PASS(name, doc) MX_FUNC uint32_t mx_pass_##name(IrFn *fn);
#include "jit/opt/passes.def"

enum {
#define PASS(name, doc) +1
  PIPELINE_LENGTH = 0
#include "jit/opt/passes.def"
};

typedef struct PipelineOptions {
  bool verify;                       // check the function before the first and after each pass
  StrBuf *log;                       // listing after each pass that changed something; or NULL
  uint64_t nanos[PIPELINE_LENGTH];   // filled in: time in each pass
  uint32_t changes[PIPELINE_LENGTH]; // filled in: changes of each pass
} PipelineOptions;

// The pass in this place of the pipeline.
MX_FUNC const PassInfo *mx_pipeline_at(uint32_t index);
// The pass of this name, or NULL.
MX_FUNC const PassInfo *mx_pipeline_find(const char *name, size_t len);
// Run all passes. False when the verifier objects: `problem` names the pass and what is wrong.
MX_FUNC bool mx_pipeline_run(IrFn *fn, PipelineOptions *options, StrBuf *problem);

#endif
