// SPDX-License-Identifier: MIT
// Reverse postorder, dominators (Cooper, Harvey and Kennedy's iteration), natural loops.
#include "jit/ir/ir_cfg.h"

#include <string.h>

// An array of words, all of one value.
static uint32_t *cfg_words(IrCfg *cfg, uint32_t count, uint32_t value) {
  uint32_t *words = mx_arena_array(&cfg->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) words[i] = value;
  return words;
}

// ---- order

// A block on the path that the search has taken, and how many of its targets it has gone to.
typedef struct CfgStep {
  IrBlockId block;
  uint32_t taken;
} CfgStep;

// Fill `order` and `number` by a depth-first search; the last to be finished comes first.
static void cfg_order(const IrFn *fn, IrCfg *cfg) {
  uint32_t all = fn->blocks.count, top = 0, place = all;
  CfgStep *path = mx_arena_array(&cfg->arena, CfgStep, all);
  bool *seen = mx_arena_array(&cfg->arena, bool, all);
  IrBlockId *order = cfg_words(cfg, all, 0);
  path[top++] = (CfgStep){0};
  seen[0] = true;
  while (top) {
    CfgStep *step = &path[top - 1];
    if (step->taken == IR_MAX_TARGETS) {
      order[--place] = step->block;
      top--;
      continue;
    }
    // The second target first, so that of two arms the first one comes first in the order.
    uint32_t which = IR_MAX_TARGETS - 1 - step->taken++;
    IrBlockId target = fn->blocks.at[step->block].targets[which];
    if (target == IR_NO_BLOCK || seen[target]) continue;
    seen[target] = true;
    path[top++] = (CfgStep){.block = target};
  }
  cfg->order = order + place;
  cfg->count = all - place;
  cfg->number = cfg_words(cfg, all, UINT32_MAX);
  for (uint32_t i = 0; i < cfg->count; i++) cfg->number[cfg->order[i]] = i;
}

// ---- dominators

// The nearest block that dominates both.
static IrBlockId cfg_meet(const IrCfg *cfg, IrBlockId a, IrBlockId b) {
  while (a != b) {
    while (cfg->number[a] > cfg->number[b]) a = cfg->idom[a];
    while (cfg->number[b] > cfg->number[a]) b = cfg->idom[b];
  }
  return a;
}

// The immediate dominator that the predecessors known so far give a block.
static IrBlockId cfg_idom(const IrFn *fn, const IrCfg *cfg, IrBlockId id) {
  IrBlockId found = IR_NO_BLOCK;
  const IrBlock *block = mx_ir_block_at(fn, id);
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (!ir_cfg_reaches(cfg, pred) || cfg->idom[pred] == IR_NO_BLOCK) continue;
    found = found == IR_NO_BLOCK ? pred : cfg_meet(cfg, found, pred);
  }
  return found;
}

// Number the dominator tree so that a subtree is a range.
static void cfg_number_tree(const IrFn *fn, IrCfg *cfg) {
  uint32_t all = fn->blocks.count;
  cfg->dom_first = cfg_words(cfg, all, UINT32_MAX);
  cfg->dom_size = cfg_words(cfg, all, 0);
  uint32_t *next = cfg_words(cfg, all, 0);
  for (uint32_t i = cfg->count; i-- > 0;) {
    IrBlockId id = cfg->order[i];
    cfg->dom_size[id]++;
    if (i) cfg->dom_size[cfg->idom[id]] += cfg->dom_size[id];
  }
  for (uint32_t i = 0; i < cfg->count; i++) {
    IrBlockId id = cfg->order[i];
    cfg->dom_first[id] = i ? next[cfg->idom[id]] : 0;
    if (i) next[cfg->idom[id]] += cfg->dom_size[id];
    next[id] = cfg->dom_first[id] + 1;
  }
}

// Fill the dominator tree.
static void cfg_dominators(const IrFn *fn, IrCfg *cfg) {
  cfg->idom = cfg_words(cfg, fn->blocks.count, IR_NO_BLOCK);
  cfg->idom[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 1; i < cfg->count; i++) {
      IrBlockId id = cfg->order[i], idom = cfg_idom(fn, cfg, id);
      changed |= cfg->idom[id] != idom;
      cfg->idom[id] = idom;
    }
  }
  cfg_number_tree(fn, cfg);
}

// ---- loops

// Add to the loop's marked blocks what reaches `from` without passing the header.
static void cfg_flood(const IrFn *fn, const IrCfg *cfg, IrBlockId from, bool *in, IrBlockId *work) {
  uint32_t top = 0;
  if (!in[from]) work[top++] = from;
  in[from] = true;
  while (top) {
    const IrBlock *block = mx_ir_block_at(fn, work[--top]);
    for (uint32_t i = 0; i < block->preds.count; i++) {
      IrBlockId pred = block->preds.at[i];
      if (in[pred] || !ir_cfg_reaches(cfg, pred)) continue;
      in[pred] = true;
      work[top++] = pred;
    }
  }
}

// The preheader of a header, or IR_NO_BLOCK.
static IrBlockId cfg_preheader(const IrFn *fn, const IrCfg *cfg, IrBlockId header) {
  IrBlockId found = IR_NO_BLOCK;
  const IrBlock *block = mx_ir_block_at(fn, header);
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (!ir_cfg_reaches(cfg, pred) || ir_cfg_dominates(cfg, header, pred)) continue;
    if (found != IR_NO_BLOCK) return IR_NO_BLOCK;
    found = pred;
  }
  if (found == IR_NO_BLOCK) return found;
  return mx_ir_block_at(fn, found)->targets[1] == IR_NO_BLOCK ? found : IR_NO_BLOCK;
}

// Is the block a loop's header? Notes an edge backwards to a block that does not dominate it.
static bool cfg_is_header(const IrFn *fn, IrCfg *cfg, IrBlockId id) {
  bool header = false;
  const IrBlock *block = mx_ir_block_at(fn, id);
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (!ir_cfg_reaches(cfg, pred) || cfg->number[pred] < cfg->number[id]) continue;
    if (ir_cfg_dominates(cfg, id, pred))
      header = true;
    else
      cfg->irreducible = true;
  }
  return header;
}

// Fill one loop from its header. Loops are made from outer to inner, since their headers come in
// reverse postorder; so what `loop_of` holds is the parent.
static void cfg_fill_loop(const IrFn *fn, IrCfg *cfg, IrLoopId id, IrBlockId header, bool *in,
                          IrBlockId *work) {
  IrLoop *loop = &cfg->loops[id];
  loop->header = header;
  loop->parent = cfg->loop_of[header];
  loop->depth = loop->parent == IR_NO_LOOP ? 1 : cfg->loops[loop->parent].depth + 1;
  loop->preheader = cfg_preheader(fn, cfg, header);
  memset(in, 0, fn->blocks.count * sizeof *in);
  in[header] = true;
  const IrBlock *block = mx_ir_block_at(fn, header);
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (ir_cfg_reaches(cfg, pred) && ir_cfg_dominates(cfg, header, pred))
      cfg_flood(fn, cfg, pred, in, work);
  }
  loop->blocks = mx_arena_array(&cfg->arena, IrBlockId, cfg->count);
  for (uint32_t i = cfg->number[header]; i < cfg->count; i++) {
    if (!in[cfg->order[i]]) continue;
    loop->blocks[loop->count++] = cfg->order[i];
    cfg->loop_of[cfg->order[i]] = id;
  }
}

// Find all loops.
static void cfg_loops(const IrFn *fn, IrCfg *cfg) {
  uint32_t all = fn->blocks.count;
  cfg->loop_of = cfg_words(cfg, all, IR_NO_LOOP);
  bool *header = mx_arena_array(&cfg->arena, bool, all);
  for (uint32_t i = 0; i < cfg->count; i++) {
    header[cfg->order[i]] = cfg_is_header(fn, cfg, cfg->order[i]);
    cfg->loop_count += header[cfg->order[i]];
  }
  if (!cfg->loop_count) return;
  cfg->loops = mx_arena_array(&cfg->arena, IrLoop, cfg->loop_count);
  bool *in = mx_arena_array(&cfg->arena, bool, all);
  IrBlockId *work = mx_arena_array(&cfg->arena, IrBlockId, all);
  IrLoopId next = 0;
  for (uint32_t i = 0; i < cfg->count; i++)
    if (header[cfg->order[i]]) cfg_fill_loop(fn, cfg, next++, cfg->order[i], in, work);
}

// Analyse a function.
void mx_ir_cfg_make(const IrFn *fn, IrCfg *cfg) {
  *cfg = (IrCfg){0};
  mx_arena_init(&cfg->arena, mx_arena_malloc_source());
  cfg_order(fn, cfg);
  cfg_dominators(fn, cfg);
  cfg_loops(fn, cfg);
}

// Free an analysis.
void mx_ir_cfg_free(IrCfg *cfg) { mx_arena_free(&cfg->arena); }

// Is the block in the loop?
bool mx_ir_cfg_in_loop(const IrCfg *cfg, IrLoopId loop, IrBlockId block) {
  IrLoopId inner = cfg->loop_of[block];
  while (inner != IR_NO_LOOP && cfg->loops[inner].depth > cfg->loops[loop].depth)
    inner = cfg->loops[inner].parent;
  return inner == loop;
}
