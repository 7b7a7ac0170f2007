// SPDX-License-Identifier: MIT
// Emits instructions through the fold rules and a common-subexpression table of the block.
//
// What comes back is a value that may be older than the call, a constant, or a new instruction at
// the end of the current block. So the recorder's builder never makes what folding would remove.
#ifndef MX_JIT_IR_BUILD_H
#define MX_JIT_IR_BUILD_H

#include "jit/ir/ir.h"

enum { BUILD_SLOTS = 256 }; // remembered instructions; a newer one takes the slot of an older one

typedef struct IrBuild {
  IrFn *fn;
  IrBlockId block;          // where instructions go
  IrRef known[BUILD_SLOTS]; // by hash of op and operands: an instruction of this block, or IR_NONE
} IrBuild;

MX_FUNC void mx_ir_build_init(IrBuild *build, IrFn *fn);
// Go on at the end of a block.
MX_FUNC void mx_ir_build_at(IrBuild *build, IrBlockId block);
// Emit an instruction; the ref of its value, IR_NONE if it has none.
MX_FUNC IrRef mx_ir_build(IrBuild *build, const IrIns *ins);

// Emit an instruction with up to two operands, and one with a snapshot.
static inline IrRef ir_build_op(IrBuild *build, IrOp op, IrRef a, IrRef b) {
  return mx_ir_build(build, &(IrIns){.op = op, .a = {a, b}, .snap = SNAP_NONE});
}
static inline IrRef ir_build_guard(IrBuild *build, IrOp op, IrRef a, IrRef b, SnapId snap) {
  return mx_ir_build(build, &(IrIns){.op = op, .a = {a, b}, .snap = snap});
}

#endif
