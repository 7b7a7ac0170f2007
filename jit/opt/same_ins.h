// SPDX-License-Identifier: MIT
// When two instructions compute the same, as far as their operands say.
#ifndef MX_JIT_SAME_INS_H
#define MX_JIT_SAME_INS_H

#include "jit/ir/ir.h"

// Do equal operands give equal results, whatever has happened between? True of computations and of
// guards that read no memory, since a guard that held once holds again; and of loads of fields that
// never change.
MX_FUNC bool mx_ir_is_timeless(const IrIns *ins);
// A hash of op, type, operands and immediates.
MX_FUNC uint32_t mx_ir_hash(const IrFn *fn, const IrIns *ins);
// Are op, type, operands and immediates the same?
MX_FUNC bool mx_ir_equal(const IrFn *fn, const IrIns *a, const IrIns *b);

#endif
