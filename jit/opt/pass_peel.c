// SPDX-License-Identifier: MIT
// Loop-invariant instructions moved to the loop's preheader, inner loops first.
//
// What may move:
// - a computation, always;
// - a load that nothing in the loop may write, and a PARTIAL computation, if its address or operand
//   is good there: either it says so itself (an object that a shape guard gives), or control cannot
//   reach the end of the preheader without reaching the instruction (no guard, call or branch is
//   left in front of it in the loop). A Proc's Env is loaded behind the question for its code,
//   since other Procs have other Envs or none; so that load stays while the question does;
// - a guard that every round passes, if the jump that ends the preheader has a snapshot: failing
//   there, the interpreter takes over in front of the loop. A shape guard must be as a load, too.
// Appending to one Array writes length, buffer and flags of any other object that might be it. If
// that is all that keeps a load in the loop, a guard in the preheader says that they are not one.
// A moved or new guard takes that snapshot. Polls and GUARD_VALID stay: what they read changes any
// time.
// PRE: verified.
// POST: as the rules above say, nothing in a loop could be moved to its preheader.
#include "jit/ir/ir_cfg.h"
#include "jit/opt/alias.h"
#include "jit/opt/pipeline.h"

typedef struct Peel {
  IrFn *fn;
  IrCfg cfg;
  IrLoopId loop;    // the one under inspection
  IrRef end;        // the jump that ends its preheader
  bool certain;     // control at the preheader's end surely gets to the present instruction
  bool every_round; // every round that comes back to the header passes the present block
  IrRef apart[2];   // Array that is appended to, and object that it is not: the last guard's
  bool invariant;   // no operand looked at so far is defined in the loop
  uint32_t changes; // instructions moved
} Peel;

// Note an operand that is defined in the loop.
static void peel_visit(void *ctx, IrRef *operand) {
  Peel *p = ctx;
  const IrIns *ins = mx_ir_at(p->fn, *operand);
  if (ins->block != IR_NO_BLOCK && mx_ir_cfg_in_loop(&p->cfg, p->loop, ins->block))
    p->invariant = false;
}

// Are all operands defined outside of the loop?
static bool peel_is_invariant(Peel *p, IrRef ref) {
  p->invariant = true;
  mx_ir_operands(p->fn, ref, peel_visit, p);
  return p->invariant;
}

// Is the ref defined in front of the loop?
static bool peel_is_before(const Peel *p, IrRef ref) {
  IrBlockId block = mx_ir_at(p->fn, ref)->block;
  return block != IR_NO_BLOCK && !mx_ir_cfg_in_loop(&p->cfg, p->loop, block);
}

// The Array, known in front of the loop, that an instruction appends to; IR_NONE if it does not, or
// if that may not be told from a place's object there.
static IrRef peel_appends(const Peel *p, const IrIns *ins, const Place *place) {
  IrRef array = IR_NONE;
  if (ins->op == IR_CALL_RT && ins->imm == RT_ARRAY_ADD)
    array = mx_alias_root(p->fn, mx_ir_list_refs(p->fn, ins->list)[0]);
  if (ins->op == IR_FIELD_STORE && ins->imm == IRF_ARRAY_LEN)
    array = mx_alias_root(p->fn, ins->a[0]);
  bool guarded = mx_ir_at(p->fn, p->end)->snap != SNAP_NONE;
  if (!array || !guarded || array == place->base || place->memory != IR_MEMORY_FIELD)
    return IR_NONE;
  return peel_is_before(p, array) && peel_is_before(p, place->base) ? array : IR_NONE;
}

// Call visit for each instruction of the loop that may write the place, as long as it gives true;
// whether all did.
static bool peel_writers(Peel *p, const Place *place,
                         bool (*visit)(Peel *p, IrRef ref, const Place *place)) {
  const IrLoop *loop = &p->cfg.loops[p->loop];
  for (uint32_t i = 0; i < loop->count; i++) {
    IrRef ref = p->fn->blocks.at[loop->blocks[i]].first;
    for (; ref; ref = mx_ir_at(p->fn, ref)->next)
      if (mx_alias_writes(p->fn, mx_ir_at(p->fn, ref), place) && !visit(p, ref, place))
        return false;
  }
  return true;
}

// Is a writer one that a guard can tell from the place?
static bool peel_is_apart(Peel *p, IrRef ref, const Place *place) {
  return peel_appends(p, mx_ir_at(p->fn, ref), place) != IR_NONE;
}

// A root as any Value, in the preheader.
static IrRef peel_value(Peel *p, IrRef root) {
  if (mx_ir_at(p->fn, root)->type != IRT_OBJ) return root;
  return mx_ir_insert_before(p->fn, p->end,
                             &(IrIns){.op = IR_AS_VAL, .a = {root}, .snap = SNAP_NONE});
}

// Have the guard that tells a writer from the place. Of those guards a loop has few: the last one
// that was made is asked for.
static bool peel_part(Peel *p, IrRef ref, const Place *place) {
  IrRef array = peel_appends(p, mx_ir_at(p->fn, ref), place);
  if (p->apart[0] == array && p->apart[1] == place->base) return true;
  IrRef values[2] = {peel_value(p, array), peel_value(p, place->base)};
  IrIns same = {.op = IR_SAME, .a = {values[0], values[1]}, .snap = SNAP_NONE};
  IrIns guard = {.op = IR_GUARD_FALSE, .snap = mx_ir_at(p->fn, p->end)->snap};
  guard.a[0] = mx_ir_insert_before(p->fn, p->end, &same);
  mx_ir_insert_before(p->fn, p->end, &guard);
  p->apart[0] = array;
  p->apart[1] = place->base;
  return true;
}

// Is it a guard or branch on whether this Proc is of some code?
static bool peel_asks_code(const Peel *p, const IrIns *ins, IrRef proc) {
  if (ins->op != IR_GUARD_TRUE && ins->op != IR_BRANCH) return false;
  const IrIns *same = mx_ir_at(p->fn, ins->a[0]);
  if (same->op != IR_WEQ) return false;
  const IrIns *code = mx_ir_at(p->fn, same->a[0]);
  return code->op == IR_FIELD_LOAD && code->imm == IRF_PROC_CODE &&
         mx_alias_root(p->fn, code->a[0]) == proc;
}

// Is it the load of a Proc's Env, and does the loop ask for the Proc's code?
static bool peel_is_asked(const Peel *p, const IrIns *ins) {
  if (ins->op != IR_FIELD_LOAD || ins->imm != IRF_PROC_ENV) return false;
  IrRef proc = mx_alias_root(p->fn, ins->a[0]);
  const IrLoop *loop = &p->cfg.loops[p->loop];
  for (uint32_t i = 0; i < loop->count; i++) {
    IrRef ref = p->fn->blocks.at[loop->blocks[i]].first;
    for (; ref; ref = mx_ir_at(p->fn, ref)->next)
      if (peel_asks_code(p, mx_ir_at(p->fn, ref), proc)) return true;
  }
  return false;
}

// May a load move?
static bool peel_load(Peel *p, const IrIns *ins) {
  bool good = p->certain || (mx_alias_base_is_good(p->fn, ins) && !peel_is_asked(p, ins));
  if (!good) return false;
  Place place = mx_alias_place(p->fn, ins);
  return peel_writers(p, &place, peel_is_apart);
}

// May a division move without being certain? Only by a constant that cannot trap.
static bool peel_partial(const Peel *p, const IrIns *ins) {
  if (p->certain) return true;
  if (ins->op != IR_DIV && ins->op != IR_MOD) return false;
  if (mx_ir_at(p->fn, ins->a[1])->op != IR_KINT) return false;
  int64_t by = (int64_t)mx_ir_word(p->fn, ins->a[1]);
  return by != 0 && by != -1;
}

// May a guard move?
static bool peel_guard(Peel *p, const IrIns *ins) {
  if (!p->every_round || mx_ir_at(p->fn, p->end)->snap == SNAP_NONE) return false;
  if (ins->op == IR_GUARD_SHAPE) return peel_load(p, ins);
  // A Float that is an object is looked at in memory, but any Value may be asked whether it is one.
  return mx_ir_info(ins->op)->memory == IR_MEMORY_NONE;
}

// May an instruction whose operands are invariant move?
static bool peel_may_move(Peel *p, const IrIns *ins) {
  switch ((int)mx_ir_info(ins->op)->effect) {
  case IR_EFFECT_PURE: return true;
  case IR_EFFECT_PARTIAL: return peel_partial(p, ins);
  case IR_EFFECT_READ: return peel_load(p, ins);
  case IR_EFFECT_GUARD: return peel_guard(p, ins);
  default: return false;
  }
}

// Move an instruction to the end of the preheader.
static void peel_move(Peel *p, IrRef ref) {
  SnapId snap = mx_ir_at(p->fn, p->end)->snap;
  Place place = mx_alias_place(p->fn, mx_ir_at(p->fn, ref));
  if (place.memory != IR_MEMORY_NONE) peel_writers(p, &place, peel_part);
  mx_ir_move_before(p->fn, ref, p->end);
  if (mx_ir_at(p->fn, ref)->snap != SNAP_NONE) mx_ir_at(p->fn, ref)->snap = snap;
  p->changes++;
}

// Can control end at this instruction, so that what follows is not certain?
static bool peel_may_stop(const IrIns *ins) {
  IrEffect effect = mx_ir_info(ins->op)->effect;
  return effect == IR_EFFECT_GUARD || effect == IR_EFFECT_CALL || ins->op == IR_BRANCH;
}

// Move what can be moved out of one block.
static void peel_block(Peel *p, IrBlockId id) {
  IrRef next;
  for (IrRef ref = p->fn->blocks.at[id].first; ref; ref = next) {
    const IrIns *ins = mx_ir_at(p->fn, ref);
    next = ins->next;
    if (ins->op != IR_PHI && peel_is_invariant(p, ref) && peel_may_move(p, ins) &&
        mx_ir_burn(p->fn))
      peel_move(p, ref);
    else if (peel_may_stop(ins))
      p->certain = false;
  }
}

// Does the block dominate all sources of the loop's back edges?
static bool peel_is_every_round(const Peel *p, IrBlockId id) {
  const IrBlock *header = mx_ir_block_at(p->fn, p->cfg.loops[p->loop].header);
  for (uint32_t i = 0; i < header->preds.count; i++) {
    IrBlockId pred = header->preds.at[i];
    bool back = mx_ir_cfg_in_loop(&p->cfg, p->loop, pred);
    if (back && !ir_cfg_dominates(&p->cfg, id, pred)) return false;
  }
  return true;
}

// Move what can be moved out of one loop. Only while control runs straight from the header is an
// instruction certain: a block that does not follow the one before on the only way is not.
static void peel_loop(Peel *p) {
  const IrLoop *loop = &p->cfg.loops[p->loop];
  if (loop->preheader == IR_NO_BLOCK) return;
  p->end = p->fn->blocks.at[loop->preheader].last;
  p->certain = true;
  p->apart[0] = IR_NONE;
  for (uint32_t i = 0; i < loop->count; i++) {
    IrBlockId id = loop->blocks[i];
    const IrBlock *block = mx_ir_block_at(p->fn, id);
    if (i && (block->preds.count != 1 || block->preds.at[0] != loop->blocks[i - 1]))
      p->certain = false;
    p->every_round = peel_is_every_round(p, id);
    peel_block(p, id);
  }
}

// Run the pass.
uint32_t mx_pass_peel(IrFn *fn) {
  Peel p = {.fn = fn};
  p.changes = mx_ir_cfg_preheaders(fn);
  mx_ir_cfg_make(fn, &p.cfg);
  for (p.loop = p.cfg.irreducible ? 0 : p.cfg.loop_count; p.loop-- > 0;) peel_loop(&p);
  mx_ir_cfg_free(&p.cfg);
  return p.changes;
}
