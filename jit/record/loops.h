// SPDX-License-Identifier: MIT
// Loops of a code by their back edges: the compiler lays each out from its header to its last jump
// back, without gaps.
#ifndef MX_JIT_LOOPS_H
#define MX_JIT_LOOPS_H

#include "interp/stream.h"

enum { LOOP_NONE = UINT32_MAX };

// The pc behind the last back edge to a header; the header's own when there is none.
MX_FUNC uint32_t mx_loop_end(const Code *code, uint32_t header);
// Header of the innermost loop around a pc, other than one that begins there; LOOP_NONE.
MX_FUNC uint32_t mx_loop_around(const Code *code, uint32_t pc);
// Does it yield in a loop?
MX_FUNC bool mx_loop_yields(const Code *code);

#endif
