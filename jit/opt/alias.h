// SPDX-License-Identifier: MIT
// Which memory an instruction reads or writes, and whether two places may be one.
//
// A place is (class, base, index). Classes never overlap: homes and Envs' slots are one class,
// instance variables, elements and fields the others. What is not known to differ may be the same.
#ifndef MX_JIT_ALIAS_H
#define MX_JIT_ALIAS_H

#include "jit/ir/ir.h"

typedef struct Place {
  IrMemory memory; // HOME, IVAR, ELEM or FIELD; NONE: no place
  IrRef base;      // object or address, with guards and casts peeled off; IR_NONE: this frame
  IrRef index;     // ELEM: the index
  uint32_t imm;    // the others: slot, byte offset, IRF_*
  bool bytes;      // ELEM: of bytes, which stores of elements leave alone
} Place;

// The place of a READ or WRITE, and of GUARD_SHAPE.
MX_FUNC Place mx_alias_place(const IrFn *fn, const IrIns *ins);
// The value that an object's guards and casts are of.
MX_FUNC IrRef mx_alias_root(const IrFn *fn, IrRef ref);
// Is it surely one place?
MX_FUNC bool mx_alias_same(const Place *a, const Place *b);
// May it be one place?
MX_FUNC bool mx_alias_may(const IrFn *fn, const Place *a, const Place *b);
// May a call write the place? Fields that never change are never written.
MX_FUNC bool mx_alias_call_writes(const IrFn *fn, const IrIns *call, const Place *place);
// May the instruction, whatever it is, write the place?
MX_FUNC bool mx_alias_writes(const IrFn *fn, const IrIns *ins, const Place *place);
// Does the base of a load, or of a shape guard, say itself that it has such a place? Then the load
// may be made wherever the base is known.
MX_FUNC bool mx_alias_base_is_good(const IrFn *fn, const IrIns *ins);

#endif
