// SPDX-License-Identifier: MIT
// Arrays that nobody will look at again give their buffers back at once, long before the collector
// would find them.
//
// A chain such as `map { }.select { }.sum` makes an Array per link and is done with it before the
// next line. Buffers given back are taken again by the next chain, while they are still in the
// cache of the processor, and there is no garbage for the collector to look for.
//
// A candidate is a NEW_ARRAY that the function appends to and that nothing else can come to see:
// every use of it, or of its buffer, is an access, a leaf that borrows it, or a snapshot with which
// the function is left or a leaf raises. A snapshot with which guest code is called shows it.
// Liveness says where it ends: behind its last use in a block, or where a way begins on which it
// has none. Snapshots are uses, so that whatever an exit makes is still there.
// Only ObjectSpace.each_object can tell: it may find such an Array, empty, before it is collected.
// PRE: verified; nothing moves afterwards. Irreducible graphs are left alone.
// POST: on each way from such a NEW_ARRAY there is at most one ARRAY_CLEAR, and no use behind it.
#include "runtime/value.h"
#include "jit/ir/ir_cfg.h"
#include "jit/opt/pipeline.h"

enum { RELEASE_MOST = 32, RELEASE_NONE = UINT32_MAX };

// An Array that may be given back.
typedef struct Held {
  IrRef alloc;    // its NEW_ARRAY
  bool grows;     // the function appends to it
  bool escapes;   // something else may come to see it
  IrRef *last;    // by block: its last use there, or the NEW_ARRAY itself; IR_NONE
  bool *live_in;  // by block: used there or later, and made before
  bool *live_out; // by block: live_in of one that comes next
} Held;

typedef struct Release {
  IrFn *fn;
  IrCfg cfg;
  Held all[RELEASE_MOST];
  uint32_t count;    // of them
  uint32_t *by_ref;  // by ref: number of the Array that it is, or whose buffer; RELEASE_NONE
  uint32_t refs;     // refs there were at the start
  IrRef at;          // the instruction that is looked at
  const IrRef *fine; // its operand that may be such an Array, or NULL
  bool shows;        // its snapshot is seen by guest code
} Release;

// ---- uses

// The Array that a ref stands for, or NULL.
static Held *release_of(Release *r, IrRef ref) {
  return ref < r->refs && r->by_ref[ref] != RELEASE_NONE ? &r->all[r->by_ref[ref]] : NULL;
}

// Note an operand.
static void release_operand(void *ctx, IrRef *operand) {
  Release *r = ctx;
  Held *held = release_of(r, *operand);
  if (!held) return;
  held->escapes |= operand != r->fine;
  held->last[mx_ir_at(r->fn, r->at)->block] = r->at;
}

// Note a value of a snapshot.
static void release_snap_value(void *ctx, IrRef *value) {
  Release *r = ctx;
  Held *held = release_of(r, *value);
  if (!held) return;
  held->escapes |= r->shows;
  held->last[mx_ir_at(r->fn, r->at)->block] = r->at;
}

// The operand of a call through which an Array may go; NULL if there is none.
static const IrRef *release_call_operand(const IrFn *fn, const IrIns *ins) {
  if (ins->op != IR_CALL_RT && ins->op != IR_CALL_LEAF) return NULL;
  const IrRef *refs = mx_ir_list_refs(fn, ins->list);
  if (ins->op == IR_CALL_RT) return ins->imm == RT_ARRAY_ADD ? refs : NULL;
  if (!(mx_ir_call_effects(fn, ins) & RTE_BORROWS)) return NULL;
  const IrIns *self = mx_ir_at(fn, refs[0]); // nil: a primitive's, whose first argument counts
  bool primitive = self->op == IR_KVAL && mx_ir_word(fn, refs[0]) == VAL_NIL;
  return primitive && mx_ir_list_count(fn, ins->list) > 1 ? refs + 1 : refs;
}

// The operand of an instruction through which an Array, or its buffer, is accessed or goes on as
// the instruction's value; NULL: it may do anything.
static const IrRef *release_fine(const IrFn *fn, const IrIns *ins) {
  switch ((int)ins->op) {
  case IR_AS_VAL:
  case IR_GUARD_OBJ:
  case IR_GUARD_SHAPE:
  case IR_FIELD_LOAD:
  case IR_FIELD_STORE:
  case IR_ELEM_LOAD:
  case IR_ELEM_LOAD_INT:
  case IR_ELEM_LOAD_DOUBLE:
  case IR_ELEM_STORE:
  case IR_ELEM_STORE_INT:
  case IR_ELEM_STORE_DOUBLE: return &ins->a[0];
  default: return release_call_operand(fn, ins);
  }
}

// Does the instruction give the Array, or its buffer, that it has as its first operand?
static bool release_passes(const IrIns *ins) {
  return ins->op == IR_AS_VAL || ins->op == IR_GUARD_OBJ || ins->op == IR_GUARD_SHAPE ||
         (ins->op == IR_FIELD_LOAD && ins->imm == IRF_ARRAY_BUFFER);
}

// May guest code see the frames of the instruction's snapshot? What leaves runs it later, when the
// function has ended.
static bool release_shows(const IrFn *fn, const IrIns *ins) {
  if (mx_ir_info(ins->op)->effect != IR_EFFECT_CALL) return false;
  bool of_c = ins->op == IR_CALL_RT || ins->op == IR_CALL_LEAF;
  return !of_c || (mx_ir_call_effects(fn, ins) & RTE_GUEST);
}

// Enter an allocation.
static void release_enter(Release *r, IrRef ref) {
  if (r->count == RELEASE_MOST) return;
  uint32_t blocks = r->fn->blocks.count;
  Held *held = &r->all[r->count];
  *held = (Held){.alloc = ref,
                 .last = mx_arena_array(&r->cfg.arena, IrRef, blocks),
                 .live_in = mx_arena_array(&r->cfg.arena, bool, blocks),
                 .live_out = mx_arena_array(&r->cfg.arena, bool, blocks)};
  held->last[mx_ir_at(r->fn, ref)->block] = ref;
  r->by_ref[ref] = r->count++;
}

// Note what an instruction does to the Arrays found above it.
static void release_look(Release *r, IrRef ref) {
  const IrIns *ins = mx_ir_at(r->fn, ref);
  r->at = ref;
  r->fine = release_fine(r->fn, ins);
  r->shows = release_shows(r->fn, ins);
  mx_ir_operands(r->fn, ref, release_operand, r);
  if (ins->snap != SNAP_NONE) mx_ir_snap_values(r->fn, ins->snap, release_snap_value, r);
  Held *through = r->fine ? release_of(r, *r->fine) : NULL;
  if (through && ins->op == IR_CALL_RT) through->grows = true;
  if (through && release_passes(ins)) r->by_ref[ref] = r->by_ref[*r->fine];
  if (ins->op == IR_NEW_ARRAY && !(ins->flags & IRI_SUNK)) release_enter(r, ref);
}

// Let escape what comes to a block's phis: they pass nothing on.
static void release_look_at_phis(Release *r, const IrBlock *block) {
  r->fine = NULL;
  for (r->at = block->first; mx_ir_at(r->fn, r->at)->op == IR_PHI;
       r->at = mx_ir_at(r->fn, r->at)->next)
    mx_ir_operands(r->fn, r->at, release_operand, r);
}

// Look at all instructions, at each below those that it depends on. A phi may lie above those: it
// is looked at again when all Arrays are known.
static void release_find(Release *r) {
  for (uint32_t i = 0; i < r->cfg.count; i++) {
    IrRef ref = mx_ir_block_at(r->fn, r->cfg.order[i])->first;
    for (; ref; ref = mx_ir_at(r->fn, ref)->next) release_look(r, ref);
  }
  for (uint32_t i = 0; i < r->cfg.count; i++)
    release_look_at_phis(r, mx_ir_block_at(r->fn, r->cfg.order[i]));
}

// ---- where they end

// An Array is used in a block or behind it: so it is live in all from which one comes there.
static void release_mark(Release *r, Held *held, IrBlockId id) {
  IrBlockId made = mx_ir_at(r->fn, held->alloc)->block;
  VEC(IrBlockId) work = {0};
  for (vec_push(&work, id); work.count;) {
    id = vec_pop(&work);
    if (id == made || held->live_in[id]) continue;
    held->live_in[id] = true;
    const IrBlock *block = mx_ir_block_at(r->fn, id);
    for (uint32_t i = 0; i < block->preds.count; i++) {
      held->live_out[block->preds.at[i]] = true;
      vec_push(&work, block->preds.at[i]);
    }
  }
  vec_free(&work);
}

// Is an Array live at the end of every block from which one comes here?
static bool release_comes_in(Release *r, const Held *held, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(r->fn, id);
  for (uint32_t i = 0; i < block->preds.count; i++)
    if (!held->live_out[block->preds.at[i]]) return false;
  return block->preds.count > 0;
}

// The instruction in front of which an Array is to be given back in a block; IR_NONE if none is.
static IrRef release_place(Release *r, const Held *held, IrBlockId id) {
  if (mx_ir_at(r->fn, r->fn->blocks.at[id].last)->op == IR_EXIT) return IR_NONE; // seldom run
  if (held->live_out[id]) return IR_NONE;
  if (held->last[id]) return mx_ir_at(r->fn, held->last[id])->next;
  if (!release_comes_in(r, held, id)) return IR_NONE;
  IrRef ref = r->fn->blocks.at[id].first;
  while (mx_ir_at(r->fn, ref)->op == IR_PHI) ref = mx_ir_at(r->fn, ref)->next;
  return ref;
}

// Give an Array back wherever it ends; in how many places.
static uint32_t release_array(Release *r, Held *held) {
  uint32_t places = 0;
  for (uint32_t i = 0; i < r->cfg.count; i++)
    if (held->last[r->cfg.order[i]]) release_mark(r, held, r->cfg.order[i]);
  for (uint32_t i = 0; i < r->cfg.count; i++) {
    IrRef place = release_place(r, held, r->cfg.order[i]);
    if (!place) continue;
    IrIns call = {.op = IR_CALL_RT, .type = IRT_VOID, .imm = RT_ARRAY_CLEAR, .snap = SNAP_NONE};
    call.list = mx_ir_list(r->fn, 1, &held->alloc);
    mx_ir_insert_before(r->fn, place, &call);
    places++;
  }
  return places;
}

// Run the pass. An Array is one change: half of the places would do, but help nobody who bisects.
uint32_t mx_pass_release(IrFn *fn) {
  Release r = {.fn = fn, .refs = fn->ins.count};
  uint32_t changes = 0;
  mx_ir_cfg_make(fn, &r.cfg);
  r.by_ref = mx_arena_array(&r.cfg.arena, uint32_t, r.refs);
  for (IrRef ref = 0; ref < r.refs; ref++) r.by_ref[ref] = RELEASE_NONE;
  if (!r.cfg.irreducible) release_find(&r);
  for (uint32_t i = 0; i < r.count; i++) {
    Held *held = &r.all[i];
    if (held->grows && !held->escapes && mx_ir_burn(fn)) changes += release_array(&r, held);
  }
  mx_ir_cfg_free(&r.cfg);
  return changes;
}
