// SPDX-License-Identifier: MIT
// Offsets and addresses that the tables of jit/ir name: what the back end must know of the program.
#ifndef MX_JIT_LAYOUT_H
#define MX_JIT_LAYOUT_H

#include "jit/ir/ir.h"

// By IrField: bytes from the struct's start.
MX_FUNC const uint32_t *mx_layout_offsets(void);
// By IrRtCall: the function.
MX_FUNC const RtFn *mx_layout_addresses(void);

#endif
