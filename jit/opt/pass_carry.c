// SPDX-License-Identifier: MIT
// Loads in a loop of what the loop itself stores: the value is carried round in a phi.
//
// `@n += 1` loads what the round before has stored, and waits for that store. Such a place is
// loaded once, in the preheader, and from there on its value is followed through the blocks of
// the loop: a phi where ways meet, the stored value behind each store, and no load. The stores
// stay, so memory is right wherever the loop is left or C is called.
// A place is carried if its base is known in the preheader and says itself that it has the place,
// and if all that may write it in the loop are stores to just this place, of the type that is
// loaded. What may move to the preheader as it is has been moved (peel).
// PRE: verified. Irreducible graphs are left alone.
// POST: no load in a loop of a place that the rule above allows. Phis may be left that have one
//    value only, for dce.
#include "jit/ir/ir_cfg.h"
#include "jit/opt/alias.h"
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"

typedef struct Carry {
  IrFn *fn;
  IrCfg cfg;
  IrLoopId loop;    // the one under inspection
  bool invariant;   // no operand looked at so far is defined in the loop
  Place place;      // that is carried
  IrIns load;       // one of the loads of it
  IrRef *starts;    // by block of the loop: the place's value at its start
  IrRef *ends;      // likewise at its end
  uint32_t changes; // places carried
} Carry;

static IrEffect carry_effect(const IrIns *ins) { return (IrEffect)mx_ir_info(ins->op)->effect; }

// Call visit for each instruction of the loop, as long as it gives true; whether all did.
static bool carry_walk(Carry *c, bool (*visit)(Carry *c, IrRef ref)) {
  const IrLoop *loop = &c->cfg.loops[c->loop];
  for (uint32_t i = 0; i < loop->count; i++) {
    IrRef next, ref = c->fn->blocks.at[loop->blocks[i]].first;
    for (; ref; ref = next) {
      next = mx_ir_at(c->fn, ref)->next;
      if (!visit(c, ref)) return false;
    }
  }
  return true;
}

// ---- what can be carried

// Note an operand that is defined in the loop.
static void carry_operand(void *ctx, IrRef *operand) {
  Carry *c = ctx;
  IrBlockId block = mx_ir_at(c->fn, *operand)->block;
  if (block != IR_NO_BLOCK && mx_ir_cfg_in_loop(&c->cfg, c->loop, block)) c->invariant = false;
}

// Is the instruction a load of the place?
static bool carry_loads(const Carry *c, const IrIns *ins) {
  if (carry_effect(ins) != IR_EFFECT_READ) return false;
  Place place = mx_alias_place(c->fn, ins);
  return mx_alias_same(&place, &c->place);
}

// The value that an instruction stores in the place, or IR_NONE.
static IrRef carry_stores(const Carry *c, const IrIns *ins) {
  if (carry_effect(ins) != IR_EFFECT_WRITE || ins->op == IR_SHAPE_STORE) return IR_NONE;
  Place place = mx_alias_place(c->fn, ins);
  return mx_alias_same(&place, &c->place) ? ins->a[mx_ir_info(ins->op)->refs - 1] : IR_NONE;
}

// Does an instruction leave the place alone, or load or store it as the type that is carried?
static bool carry_allows(Carry *c, IrRef ref) {
  const IrIns *ins = mx_ir_at(c->fn, ref);
  if (carry_loads(c, ins)) return ins->type == c->load.type;
  IrRef stored = carry_stores(c, ins);
  if (stored) return mx_ir_at(c->fn, stored)->type == c->load.type;
  return !mx_alias_writes(c->fn, ins, &c->place);
}

// Is this instruction no store to the place?
static bool carry_is_no_store(Carry *c, IrRef ref) {
  return carry_stores(c, mx_ir_at(c->fn, ref)) == IR_NONE;
}

// ---- carrying

// Give each block of the loop the place's value at its start: where ways meet, a phi without
// operands. A block with one predecessor comes behind it.
static void carry_start(Carry *c, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(c->fn, id);
  IrIns phi = {.op = IR_PHI, .type = c->load.type, .snap = SNAP_NONE};
  bool meets = block->preds.count > 1;
  c->starts[id] = meets ? mx_ir_emit(c->fn, id, &phi) : c->ends[block->preds.at[0]];
}

// Follow the place through one block.
static void carry_block(Carry *c, Rewrite *rw, IrBlockId id) {
  IrRef next, now = c->starts[id];
  for (IrRef ref = c->fn->blocks.at[id].first; ref; ref = next) {
    const IrIns *ins = mx_ir_at(c->fn, ref);
    next = ins->next;
    IrRef stored = carry_stores(c, ins);
    if (stored)
      now = stored;
    else if (carry_loads(c, ins))
      mx_rewrite_set(rw, ref, now);
  }
  c->ends[id] = now;
}

// Give a phi of this pass its operands.
static void carry_close(Carry *c, IrBlockId id, IrRef first) {
  for (uint32_t i = 0; i < mx_ir_block_at(c->fn, id)->preds.count; i++) {
    IrBlockId pred = mx_ir_block_at(c->fn, id)->preds.at[i];
    bool inside = mx_ir_cfg_in_loop(&c->cfg, c->loop, pred);
    mx_ir_phi_push(c->fn, c->starts[id], inside ? c->ends[pred] : first);
  }
}

static void carry_place(Carry *c) {
  const IrLoop *loop = &c->cfg.loops[c->loop];
  Rewrite rw;
  mx_rewrite_init(&rw, c->fn);
  IrRef end = mx_ir_block_at(c->fn, loop->preheader)->last;
  IrRef first = mx_ir_insert_before(c->fn, end, &c->load);
  for (uint32_t i = 0; i < loop->count; i++) {
    carry_start(c, loop->blocks[i]);
    carry_block(c, &rw, loop->blocks[i]);
  }
  for (uint32_t i = 0; i < loop->count; i++)
    if (mx_ir_block_at(c->fn, loop->blocks[i])->preds.count > 1)
      carry_close(c, loop->blocks[i], first);
  mx_rewrite_finish(&rw);
  c->changes++;
}

// Carry the place of a load, if that is allowed. True: go on with the next instruction.
static bool carry_try(Carry *c, IrRef ref) {
  const IrIns *ins = mx_ir_at(c->fn, ref);
  if (carry_effect(ins) != IR_EFFECT_READ || !mx_alias_base_is_good(c->fn, ins)) return true;
  c->invariant = true;
  mx_ir_operands(c->fn, ref, carry_operand, c);
  if (!c->invariant) return true;
  c->place = mx_alias_place(c->fn, ins);
  c->load = *ins;
  if (carry_walk(c, carry_is_no_store) || !carry_walk(c, carry_allows)) return true;
  if (!mx_ir_burn(c->fn)) return true;
  carry_place(c);
  return false;
}

// Run the pass, on outer loops first: what they carry, inner ones need not.
uint32_t mx_pass_carry(IrFn *fn) {
  Carry c = {.fn = fn, .changes = mx_ir_cfg_preheaders(fn)};
  mx_ir_cfg_make(fn, &c.cfg);
  c.starts = mx_arena_array(&c.cfg.arena, IrRef, fn->blocks.count);
  c.ends = mx_arena_array(&c.cfg.arena, IrRef, fn->blocks.count);
  for (c.loop = 0; c.loop < c.cfg.loop_count && !c.cfg.irreducible; c.loop++)
    while (c.cfg.loops[c.loop].preheader != IR_NO_BLOCK && !carry_walk(&c, carry_try)) continue;
  mx_ir_cfg_free(&c.cfg);
  return c.changes;
}
