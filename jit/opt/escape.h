// SPDX-License-Identifier: MIT
// Escape analysis: what its files share. pass_escape.c follows the slots of candidates through the
// function, escape_snap.c gives snapshots the objects that exits make.
#ifndef MX_JIT_ESCAPE_H
#define MX_JIT_ESCAPE_H

#include "jit/ir/ir_cfg.h"
#include "jit/opt/rewrite.h"

enum { ESCAPE_MOST = 64, ESCAPE_SLOTS = 32, ESCAPE_NONE = UINT32_MAX };

// An allocation that may go.
typedef struct Candidate {
  IrRef alloc;
  uint32_t first; // index of its slots in a state
  uint32_t slots; // NEW_OBJECT: shape, then words from byte 8 on; others: operands
  bool bad;       // escapes
  bool circular;  // holds itself, or what does, directly or not
} Candidate;

typedef struct Escape {
  Rewrite rw;
  IrCfg cfg;
  Candidate all[ESCAPE_MOST];
  uint32_t count;   // candidates
  uint32_t width;   // slots of all of them
  uint32_t *by_ref; // by ref: index of the candidate that it is or is a cast of; ESCAPE_NONE
  uint32_t refs;    // refs there were at the start
  IrRef **ends;     // by block: slots' values at its end
  IrRef *now;       // slots' values here
  bool (*holds)[ESCAPE_MOST]; // [container][held]
  bool wet;                   // change the function
  bool fell;                  // a candidate became bad in this walk
} Escape;

// The candidate that a ref stands for, if it still is one.
MX_FUNC Candidate *mx_escape_of(Escape *e, IrRef ref);
// A candidate escapes.
MX_FUNC void mx_escape_drop(Escape *e, Candidate *c);
// Note an operand that nothing may be done with. ctx: the Escape.
MX_FUNC void mx_escape_use(void *ctx, IrRef *operand);
// Give an instruction a snapshot that makes the candidates it has.
MX_FUNC void mx_escape_snap(Escape *e, IrRef ref);

#endif
