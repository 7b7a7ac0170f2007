// SPDX-License-Identifier: MIT
// The table that interns constants: (op, word) -> ref.
// OWNERSHIP: lies in the function's arena; outgrown tables stay there until it goes.
#ifndef MX_JIT_IR_CONSTS_H
#define MX_JIT_IR_CONSTS_H

#include "jit/ir/ir.h"

typedef struct IrConsts {
  IrRef *slots;   // power-of-two table, open addressing; IR_NONE marks a free slot
  uint32_t room;  // slots
  uint32_t count; // slots in use
} IrConsts;

// Find the constant, or make it.
MX_FUNC IrRef mx_ir_consts_get(IrFn *fn, IrOp op, uint64_t word);

#endif
