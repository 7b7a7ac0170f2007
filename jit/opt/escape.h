// SPDX-License-Identifier: MIT
// Escape analysis: what its files share. pass_escape.c follows the slots of candidates through the
// function, escape_snap.c gives snapshots the objects that exits make.
#ifndef MX_JIT_ESCAPE_H
#define MX_JIT_ESCAPE_H

#include "jit/ir/ir_cfg.h"
#include "jit/opt/rewrite.h"

enum { ESCAPE_MOST = 64, ESCAPE_SLOTS = 32, ESCAPE_NONE = UINT32_MAX };
// Slots of all candidates: with the state of the path they must fit into an exit buffer.
enum { ESCAPE_WIDTH = 400 };

// An allocation that may go, or a phi in which such allocations meet.
typedef struct Candidate {
  IrRef alloc;    // the allocation; phi: one of those that it may be, which are all alike
  IrRef phi;      // the phi; IR_NONE: it is an allocation
  uint32_t first; // index of its slots in a state
  uint32_t slots; // NEW_OBJECT: shape, then words from byte 8 on; others: operands
  bool bad;       // escapes
  bool circular;  // holds itself, or what does, directly or not
  bool real;      // phi: may be a value that was made, too
  uint32_t net;   // the same for phis and what meets in them
  uint8_t *types; // phi: IrType of each slot, IRT_VOID before it is known
  uint32_t shape; // phi of NEW_OBJECT: what its slot 0 says
} Candidate;

// A phi of a slot's values that stands for the slot of a phi.
typedef struct SlotPhi {
  IrRef phi;     // made
  uint32_t of;   // index of the candidate
  uint32_t slot; // of it
} SlotPhi;

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
  bool made[ESCAPE_MOST];     // phis: may be an allocation
  VEC(SlotPhi) slot_phis;     // made, but without operands yet
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

// ---- phis (escape_phi.c)

// Find the phis in which candidates meet, once those are found.
MX_FUNC void mx_escape_find_phis(Escape *e);
// Before a dry walk: what phis are made of, now that some candidates are bad.
MX_FUNC void mx_escape_sort_phis(Escape *e);
// At the start of a phi's block: its slots.
MX_FUNC void mx_escape_start_phi(Escape *e, const Candidate *c);
// Behind a dry walk: do the slots that meet fit?
MX_FUNC void mx_escape_check_phis(Escape *e);
// A candidate is stored to: phis that may be it must not miss that.
MX_FUNC void mx_escape_check_store(Escape *e, const Candidate *c, IrBlockId at);
// These candidates are in one snapshot, which must not make one object twice.
MX_FUNC void mx_escape_check_together(Escape *e, const bool in[ESCAPE_MOST]);
// Behind the wet walk: give the slots' phis their operands, and phis what is left of them.
MX_FUNC void mx_escape_close_phis(Escape *e);

// Where a candidate comes to be.
static inline IrRef mx_escape_born(const Candidate *c) { return c->phi ? c->phi : c->alloc; }

#endif
