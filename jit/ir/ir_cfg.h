// SPDX-License-Identifier: MIT
// What a function's control-flow graph says: order, dominators, loops.
//
// IrFn -> IrCfg, a snapshot in an arena of its own. It goes stale when edges change; passes that
// only move, add and kill instructions may keep it.
// A loop is a natural one: a header that dominates the sources of its back edges, and what reaches
// those without passing the header. Of a graph with other cycles `irreducible` is set, those cycles
// are no loops, and passes over loops leave such a function alone.
// OWNERSHIP: mx_ir_cfg_free().
#ifndef MX_JIT_IR_CFG_H
#define MX_JIT_IR_CFG_H

#include "jit/ir/ir.h"

typedef uint32_t IrLoopId; // index in cfg->loops
enum { IR_NO_LOOP = UINT32_MAX };

typedef struct IrLoop {
  IrBlockId header;    // the one block through which it is entered
  IrBlockId preheader; // only predecessor outside, going nowhere else; IR_NO_BLOCK if there is none
  IrLoopId parent;     // smallest loop around it; IR_NO_LOOP
  uint32_t depth;      // 1 for an outermost loop
  IrBlockId *blocks;   // all of them, those of inner loops too, in reverse postorder
  uint32_t count;      // how many
} IrLoop;

typedef struct IrCfg {
  Arena arena;         // owns the arrays
  IrBlockId *order;    // reachable blocks in reverse postorder
  uint32_t count;      // how many
  uint32_t *number;    // by block: its place in `order`; UINT32_MAX when it is not reachable
  IrBlockId *idom;     // by block: immediate dominator; the entry's is itself
  uint32_t *dom_first; // by block: its preorder number in the dominator tree
  uint32_t *dom_size;  // by block: blocks in its subtree, itself included
  IrLoop *loops;       // outer ones before those inside
  uint32_t loop_count; // how many
  IrLoopId *loop_of;   // by block: innermost loop around it, or IR_NO_LOOP
  bool irreducible;    // has a cycle without a header that dominates it
} IrCfg;

MX_FUNC void mx_ir_cfg_make(const IrFn *fn, IrCfg *cfg);
MX_FUNC void mx_ir_cfg_free(IrCfg *cfg);

// Can the block be reached from the entry?
static inline bool ir_cfg_reaches(const IrCfg *cfg, IrBlockId block) {
  return cfg->number[block] != UINT32_MAX;
}

// Does every path from the entry to b pass a? A block dominates itself.
static inline bool ir_cfg_dominates(const IrCfg *cfg, IrBlockId a, IrBlockId b) {
  return cfg->dom_first[b] - cfg->dom_first[a] < cfg->dom_size[a];
}

// Is the block in the loop?
MX_FUNC bool mx_ir_cfg_in_loop(const IrCfg *cfg, IrLoopId loop, IrBlockId block);

// ---- changes of the graph; a cfg made before is stale afterwards
// Empty the blocks that cannot be reached, mark them dead, and set `loop` of all others.
MX_FUNC void mx_ir_cfg_sweep(IrFn *fn);
// Put a block on each edge from a block with two targets to one with two predecessors.
MX_FUNC void mx_ir_cfg_split_critical(IrFn *fn);
// Give each loop a preheader. Returns whether something changed.
MX_FUNC bool mx_ir_cfg_preheaders(IrFn *fn);

#endif
