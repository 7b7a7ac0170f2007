// SPDX-License-Identifier: MIT
// Changes of the graph that passes need before they start: sweeping, edges, preheaders.
#include "jit/ir/ir_cfg.h"

// Empty a block that cannot be reached.
static void cfg_bury(IrFn *fn, IrBlockId id) {
  for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
    IrBlockId target = mx_ir_block_at(fn, id)->targets[i];
    if (target != IR_NO_BLOCK) mx_ir_cut_edge(fn, id, target);
  }
  while (mx_ir_block_at(fn, id)->first) mx_ir_kill(fn, mx_ir_block_at(fn, id)->first);
  mx_ir_block_at(fn, id)->dead = true;
}

// Is the block the target of an edge backwards in the order?
static bool cfg_has_back_edge(const IrFn *fn, const IrCfg *cfg, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(fn, id);
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (ir_cfg_reaches(cfg, pred) && cfg->number[pred] >= cfg->number[id]) return true;
  }
  return false;
}

// Empty the blocks that cannot be reached, mark them dead, and set `loop` of all others.
void mx_ir_cfg_sweep(IrFn *fn) {
  IrCfg cfg;
  mx_ir_cfg_make(fn, &cfg);
  for (IrBlockId id = 0; id < fn->blocks.count; id++) {
    if (ir_cfg_reaches(&cfg, id))
      fn->blocks.at[id].loop = cfg_has_back_edge(fn, &cfg, id);
    else if (!fn->blocks.at[id].dead)
      cfg_bury(fn, id);
  }
  mx_ir_cfg_free(&cfg);
}

// Put a block on each critical edge.
void mx_ir_cfg_split_critical(IrFn *fn) {
  uint32_t count = fn->blocks.count;
  for (IrBlockId id = 0; id < count; id++) {
    if (fn->blocks.at[id].targets[1] == IR_NO_BLOCK) continue;
    for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
      IrBlockId target = fn->blocks.at[id].targets[i];
      if (fn->blocks.at[target].preds.count > 1) mx_ir_split_edge(fn, id, target);
    }
  }
}

// Split the phis of a header: what comes from outside meets in the preheader, one operand is left.
// The header's predecessors are in their old order still; outside[i] says which leave it.
static void cfg_split_phi(IrFn *fn, IrRef phi, IrBlockId preheader, const bool *outside) {
  IrList list = mx_ir_at(fn, phi)->list;
  uint32_t count = mx_ir_list_count(fn, list);
  IrIns entering = {.op = IR_PHI, .type = mx_ir_at(fn, phi)->type, .snap = SNAP_NONE};
  IrRef met = mx_ir_emit(fn, preheader, &entering);
  mx_ir_at(fn, phi)->list = 0;
  mx_ir_phi_push(fn, phi, met);
  for (uint32_t i = 0; i < count; i++)
    mx_ir_phi_push(fn, outside[i] ? met : phi, mx_ir_list_refs(fn, list)[i]);
}

// Let the predecessors outside go to a new block, which jumps to the header.
static void cfg_merge_entries(IrFn *fn, IrBlockId header, const bool *outside) {
  IrBlockId preheader = mx_ir_block(fn);
  for (IrRef ref = fn->blocks.at[header].first; ref; ref = mx_ir_at(fn, ref)->next)
    if (mx_ir_at(fn, ref)->op == IR_PHI) cfg_split_phi(fn, ref, preheader, outside);
  IrBlock *block = mx_ir_block_at(fn, header), *before = mx_ir_block_at(fn, preheader);
  IrBlock old = *block;
  block->preds.at = NULL;
  block->preds.count = block->preds.room = 0;
  vec_push(&block->preds, preheader);
  for (uint32_t i = 0; i < old.preds.count; i++) {
    IrBlockId pred = old.preds.at[i];
    if (!outside[i]) {
      vec_push(&block->preds, pred);
      continue;
    }
    vec_push(&before->preds, pred);
    before->weight += fn->blocks.at[pred].weight;
    for (uint32_t j = 0; j < IR_MAX_TARGETS; j++)
      if (fn->blocks.at[pred].targets[j] == header) fn->blocks.at[pred].targets[j] = preheader;
  }
  vec_free(&old.preds);
  mx_ir_emit(fn, preheader, &(IrIns){.op = IR_JUMP, .snap = SNAP_NONE});
  fn->blocks.at[preheader].targets[0] = header;
}

// Give a loop that has none a preheader.
static void cfg_add_preheader(IrFn *fn, IrCfg *cfg, IrBlockId header) {
  const IrBlock *block = mx_ir_block_at(fn, header);
  bool *outside = mx_arena_array(&cfg->arena, bool, block->preds.count);
  IrBlockId one = IR_NO_BLOCK;
  uint32_t entries = 0;
  for (uint32_t i = 0; i < block->preds.count; i++) {
    outside[i] = !ir_cfg_dominates(cfg, header, block->preds.at[i]);
    entries += outside[i];
    if (outside[i]) one = block->preds.at[i];
  }
  if (entries == 1)
    mx_ir_split_edge(fn, one, header);
  else
    cfg_merge_entries(fn, header, outside);
}

// Give each loop a preheader.
bool mx_ir_cfg_preheaders(IrFn *fn) {
  mx_ir_cfg_sweep(fn);
  IrCfg cfg;
  mx_ir_cfg_make(fn, &cfg);
  bool changed = false;
  for (IrLoopId i = 0; i < cfg.loop_count; i++) {
    if (cfg.loops[i].preheader != IR_NO_BLOCK) continue;
    cfg_add_preheader(fn, &cfg, cfg.loops[i].header);
    changed = true;
  }
  mx_ir_cfg_free(&cfg);
  return changed;
}
