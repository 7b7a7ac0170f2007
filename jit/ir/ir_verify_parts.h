// SPDX-License-Identifier: MIT
// What the files of the verifier share: its state, and the checks that each gives.
#ifndef MX_JIT_IR_VERIFY_PARTS_H
#define MX_JIT_IR_VERIFY_PARTS_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir_cfg.h"

typedef struct Verifier {
  IrFn *fn;
  StrBuf *problem;    // the first one
  bool failed;        // there is one
  IrCfg cfg;          // of fn, once its edges have been checked
  uint32_t *position; // by ref: its place in its block, from 1; 0 when it is in none
  IrRef ref;          // instruction under inspection; IR_NONE: the block's own things
  IrBlockId block;    // block under inspection
} Verifier;

// Note the first problem; the message begins with the instruction or block under inspection.
MX_FUNC void mx_ir_verify_fail(Verifier *v, const char *fmt, ...) MX_PRINTF(2, 3);
// Is the ref defined where the instruction under inspection can use it? Notes a problem if not.
MX_FUNC bool mx_ir_verify_use(Verifier *v, IrRef ref, const char *what);
// Check types and immediates of the instruction under inspection.
MX_FUNC void mx_ir_verify_types(Verifier *v);
// Check the snapshot of the instruction under inspection.
MX_FUNC void mx_ir_verify_snap(Verifier *v);

#endif
