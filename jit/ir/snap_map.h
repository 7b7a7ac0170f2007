// SPDX-License-Identifier: MIT
// Where machine code puts the values of a snapshot when it leaves: the exit buffer.
//
// Lowering stores, deoptimization reads; both ask here. A value that several slots name is stored
// once; constants and slots that still hold their value (SNAP_HOME) are not stored at all.
#ifndef MX_JIT_SNAP_MAP_H
#define MX_JIT_SNAP_MAP_H

#include "jit/ir/ir.h"

enum { SNAP_MAX_SLOTS = 1024 }; // words of an exit buffer that snapshots take at most

// The refs that lie in the buffer, by slot; how many.
MX_FUNC uint32_t mx_snap_slots(IrFn *fn, SnapId snap, IrRef slots[SNAP_MAX_SLOTS]);
// Words that the largest snapshot of the function takes.
MX_FUNC uint32_t mx_snap_room(IrFn *fn);

#endif
