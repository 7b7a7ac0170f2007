// SPDX-License-Identifier: MIT
// A pass's table of what it replaces: ref -> ref. A pass notes replacements while it walks, looks
// operands up in the table, and applies the whole table once at its end.
#ifndef MX_JIT_REWRITE_H
#define MX_JIT_REWRITE_H

#include "jit/ir/ir.h"

typedef struct Rewrite {
  IrFn *fn;          // whose refs
  VEC(IrRef) by_ref; // IR_NONE: stays as it is; may be shorter than fn->ins
  uint32_t changes;  // replacements noted, and other changes the pass counts
} Rewrite;

MX_FUNC void mx_rewrite_init(Rewrite *rw, IrFn *fn);
// Note that `ref` is replaced, and kill it.
MX_FUNC void mx_rewrite_set(Rewrite *rw, IrRef ref, IrRef by);
// What stands for the ref by now.
MX_FUNC IrRef mx_rewrite_get(const Rewrite *rw, IrRef ref);
// Look up the operands of an instruction that is about to be inspected.
MX_FUNC void mx_rewrite_operands(Rewrite *rw, IrRef ref);
// Replace phis that have one value only, until there is none.
MX_FUNC void mx_rewrite_phis(Rewrite *rw);
// Apply the table and free it; returns `changes`.
MX_FUNC uint32_t mx_rewrite_finish(Rewrite *rw);

#endif
