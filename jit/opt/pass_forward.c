// SPDX-License-Identifier: MIT
// Loads whose value is known, stores that change nothing or that nothing reads.
//
// Known memory is a list of (place, value). It flows in reverse postorder: at a join what all
// predecessors agree on, at a loop's header what its entry knows and the loop does not write. What
// a shape guard has found is known memory too (the field SHAPE is that word), so a second guard of
// the same shape goes; and so is what an allocation puts into its object.
// A store is dead when the same block stores to that place again before anything can look: a load
// that may be of it, a call, or anything with a snapshot, since the interpreter reads all memory.
// PRE: verified. Works on reducible graphs; others keep what single blocks know.
// POST: no load follows in a block on an equal load or store without a write between.
#include "runtime/value.h"
#include "jit/ir/ir_cfg.h"
#include "jit/opt/alias.h"
#include "jit/opt/pipeline.h"
#include "jit/opt/rewrite.h"

enum { FORWARD_KNOWN = 64, FORWARD_SLOTS = 16 }; // places known at a time; slots of a new object

// A place and what it holds.
typedef struct Known {
  Place place;
  IrRef value; // of the type that loads of this kind give
  IrRef via;   // SHAPE: the object as what found its shape gives it
} Known;

// What is known at one point.
typedef struct Memory {
  Known at[FORWARD_KNOWN];
  uint32_t count;
} Memory;

typedef struct Forward {
  Rewrite rw;
  IrCfg cfg;
  Memory **ends; // by block: what is known at its end; NULL before it has been walked
  Memory now;    // what is known here
} Forward;

// ---- known memory

// Forget an entry; the order does not matter.
static void memory_drop(Memory *memory, uint32_t i) { memory->at[i] = memory->at[--memory->count]; }

// Find what a place holds, as a value of this type.
static const Known *memory_find(const Forward *f, const Place *place, IrType type) {
  for (uint32_t i = 0; i < f->now.count; i++) {
    const Known *known = &f->now.at[i];
    if (!mx_alias_same(&known->place, place)) continue;
    if (mx_ir_at(f->rw.fn, known->value)->type == type) return known;
  }
  return NULL;
}

// Note what a place holds. When the list is full, the oldest entry gives way.
static void memory_learn(Forward *f, Place place, IrRef value, IrRef via) {
  if (f->now.count == FORWARD_KNOWN) memory_drop(&f->now, 0);
  f->now.at[f->now.count++] = (Known){place, value, via};
}

// Forget what was known of a place, for something better.
static void memory_forget(Memory *memory, const Place *place) {
  for (uint32_t i = memory->count; i-- > 0;)
    if (mx_alias_same(&memory->at[i].place, place)) memory_drop(memory, i);
}

// Forget what an instruction may write.
static void memory_kill(const IrFn *fn, Memory *memory, const IrIns *ins) {
  IrEffect effect = mx_ir_info(ins->op)->effect;
  if (effect != IR_EFFECT_CALL && effect != IR_EFFECT_WRITE) return;
  for (uint32_t i = memory->count; i-- > 0;)
    if (mx_alias_writes(fn, ins, &memory->at[i].place)) memory_drop(memory, i);
}

// Keep what another end knows too. Values may have been replaced since.
static void memory_meet(const Forward *f, Memory *memory, const Memory *other) {
  for (uint32_t i = memory->count; i-- > 0;) {
    bool found = false;
    for (uint32_t j = 0; j < other->count && !found; j++)
      found =
          mx_alias_same(&memory->at[i].place, &other->at[j].place) &&
          mx_rewrite_get(&f->rw, memory->at[i].value) == mx_rewrite_get(&f->rw, other->at[j].value);
    if (!found) memory_drop(memory, i);
  }
}

// ---- blocks

// Forget what the loop with this header may write.
static void forward_enter_loop(Forward *f, IrBlockId header) {
  const IrLoop *loop = &f->cfg.loops[f->cfg.loop_of[header]];
  for (uint32_t i = 0; i < loop->count; i++) {
    IrRef ref = f->rw.fn->blocks.at[loop->blocks[i]].first;
    for (; ref; ref = mx_ir_at(f->rw.fn, ref)->next)
      memory_kill(f->rw.fn, &f->now, mx_ir_at(f->rw.fn, ref));
  }
}

// Is the edge to a block one that closes a loop?
static bool forward_is_back_edge(const Forward *f, IrBlockId pred, IrBlockId id) {
  return f->cfg.number[pred] >= f->cfg.number[id];
}

// What is known at the start of a block. The via of a join may be that of one path only, so the
// meeting entries lose it unless there is one way in.
static void forward_start(Forward *f, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(f->rw.fn, id);
  bool first = true, header = false;
  f->now.count = 0;
  for (uint32_t i = 0; i < block->preds.count; i++) {
    IrBlockId pred = block->preds.at[i];
    if (forward_is_back_edge(f, pred, id)) {
      header = true;
      continue;
    }
    if (first)
      f->now = *f->ends[pred];
    else
      memory_meet(f, &f->now, f->ends[pred]);
    if (!first)
      for (uint32_t j = 0; j < f->now.count; j++) f->now.at[j].via = IR_NONE;
    first = false;
  }
  if (header && f->cfg.irreducible)
    f->now.count = 0;
  else if (header)
    forward_enter_loop(f, id);
}

// ---- instructions

// Note the initial contents of a new object.
static void forward_alloc(Forward *f, IrRef ref) {
  IrFn *fn = f->rw.fn;
  IrIns ins = *mx_ir_at(fn, ref);
  Place place = {.memory = IR_MEMORY_FIELD, .base = ref};
  switch ((int)ins.op) {
  case IR_NEW_OBJECT:
    place.imm = IRF_SHAPE;
    memory_learn(f, place, mx_ir_const(fn, IR_KWORD, ins.imm), ref);
    place.memory = IR_MEMORY_IVAR;
    for (place.imm = 8; place.imm < ins.imm2 && place.imm <= 8 * FORWARD_SLOTS; place.imm += 8)
      memory_learn(f, place, mx_ir_const(fn, IR_KVAL, VAL_NIL), IR_NONE);
    break;
  case IR_NEW_HASH:
  case IR_NEW_ARRAY:
    place.imm = IRF_SHAPE;
    memory_learn(f, place, mx_ir_const(fn, IR_KWORD, ins.imm), ref);
    if (ins.op == IR_NEW_HASH) break;
    place.imm = IRF_ARRAY_LEN;
    memory_learn(f, place, mx_ir_const(fn, IR_KWORD, mx_ir_list_count(fn, ins.list)), IR_NONE);
    break;
  case IR_NEW_RANGE:
    place.imm = IRF_RANGE_FIRST;
    memory_learn(f, place, ins.a[0], IR_NONE);
    place.imm = IRF_RANGE_LAST;
    memory_learn(f, place, ins.a[1], IR_NONE);
    break;
  case IR_NEW_ENV:
    place.memory = IR_MEMORY_HOME;
    for (place.imm = 0; place.imm < mx_ir_list_count(fn, ins.list); place.imm++)
      memory_learn(f, place, mx_ir_list_refs(fn, ins.list)[place.imm], IR_NONE);
    break;
  default: break;
  }
}

// What a field of a Proc that is made here holds; IR_NONE when it is not known.
static IrRef forward_proc_field(IrFn *fn, const IrIns *made, IrField field) {
  const IrProc *proc = fn->sites.at[made->imm].proc;
  if (field == IRF_PROC_ENV) return made->a[0];
  if (field == IRF_PROC_SELF) return made->a[1];
  if (field == IRF_PROC_HOME)
    return made->a[2] == mx_ir_const(fn, IR_KVAL, VAL_NIL) ? mx_ir_const(fn, IR_KWORD, 0) : IR_NONE;
  if (!proc) return IR_NONE;
  switch ((int)field) {
  case IRF_PROC_CODE: return mx_ir_const(fn, IR_KWORD, proc->code);
  case IRF_PROC_LAMBDA: return mx_ir_const(fn, IR_KWORD, proc->lambda);
  case IRF_PROC_LEX: return mx_ir_const(fn, IR_KWORD, proc->lex);
  case IRF_PROC_ME: return mx_ir_const(fn, IR_KWORD, proc->me);
  case IRF_SHAPE: return mx_ir_const(fn, IR_KWORD, proc->shape);
  default: return IR_NONE;
  }
}

// What a load finds in an object that is made here and keeps it for good, or IR_NONE.
static IrRef forward_made(IrFn *fn, const Place *place) {
  if (place->memory != IR_MEMORY_FIELD) return IR_NONE;
  IrIns made = *mx_ir_at(fn, place->base);
  if (made.op == IR_NEW_PROC) return forward_proc_field(fn, &made, (IrField)place->imm);
  return made.op == IR_NEW_ENV && place->imm == IRF_ENV_PARENT ? made.a[0] : IR_NONE;
}

// Replace a load by what is known, or note what it has found.
static void forward_load(Forward *f, IrRef ref) {
  const IrIns *ins = mx_ir_at(f->rw.fn, ref);
  Place place = mx_alias_place(f->rw.fn, ins);
  IrRef made = forward_made(f->rw.fn, &place);
  if (made && mx_ir_burn(f->rw.fn)) {
    mx_rewrite_set(&f->rw, ref, made);
    return;
  }
  ins = mx_ir_at(f->rw.fn, ref);
  const Known *known = memory_find(f, &place, ins->type);
  if (known && mx_ir_burn(f->rw.fn))
    mx_rewrite_set(&f->rw, ref, known->value);
  else if (!known)
    memory_learn(f, place, ref, IR_NONE);
}

// Drop a shape guard of a shape that is known, or note what it has found.
static void forward_guard_shape(Forward *f, IrRef ref) {
  IrFn *fn = f->rw.fn;
  IrIns ins = *mx_ir_at(fn, ref);
  Place place = mx_alias_place(fn, &ins);
  IrRef shape = mx_ir_const(fn, IR_KWORD, ins.imm);
  if (forward_made(fn, &place) == shape) {
    if (mx_ir_burn(fn)) mx_rewrite_set(&f->rw, ref, place.base);
    return;
  }
  const Known *known = memory_find(f, &place, IRT_WORD);
  if (known && known->value == shape && known->via != IR_NONE) {
    if (mx_ir_burn(fn)) mx_rewrite_set(&f->rw, ref, known->via);
    return;
  }
  memory_forget(&f->now, &place);
  memory_learn(f, place, shape, ref);
}

// Drop a store of what is there already, or note what it has stored.
static void forward_store(Forward *f, IrRef ref) {
  IrFn *fn = f->rw.fn;
  IrIns ins = *mx_ir_at(fn, ref);
  Place place = mx_alias_place(fn, &ins);
  IrRef value = ins.a[mx_ir_info(ins.op)->refs - 1];
  if (ins.op == IR_SHAPE_STORE) value = mx_ir_const(fn, IR_KWORD, ins.imm);
  const Known *known = memory_find(f, &place, mx_ir_at(fn, value)->type);
  if (known && known->value == value) {
    if (!mx_ir_burn(fn)) return;
    mx_ir_kill(fn, ref);
    f->rw.changes++;
    return;
  }
  memory_kill(fn, &f->now, &ins);
  memory_learn(f, place, value, ins.op == IR_SHAPE_STORE ? ins.a[0] : IR_NONE);
}

// Follow one instruction.
static void forward_one(Forward *f, IrRef ref) {
  mx_rewrite_operands(&f->rw, ref);
  const IrIns *ins = mx_ir_at(f->rw.fn, ref);
  switch ((int)mx_ir_info(ins->op)->effect) {
  case IR_EFFECT_READ: forward_load(f, ref); break;
  case IR_EFFECT_WRITE: forward_store(f, ref); break;
  case IR_EFFECT_ALLOC: forward_alloc(f, ref); break;
  case IR_EFFECT_CALL: memory_kill(f->rw.fn, &f->now, ins); break;
  case IR_EFFECT_GUARD:
    if (ins->op == IR_GUARD_SHAPE) forward_guard_shape(f, ref);
    break;
  default: break;
  }
}

// ---- dead stores

// Walk a block backwards and kill stores to places that are stored to again before anybody looks.
static uint32_t forward_dead_stores(IrFn *fn, IrBlockId id) {
  Memory later = {.count = 0}; // places that are stored to below
  uint32_t killed = 0;
  IrRef prev;
  for (IrRef ref = fn->blocks.at[id].last; ref; ref = prev) {
    const IrIns *ins = mx_ir_at(fn, ref);
    prev = ins->prev;
    IrEffect effect = mx_ir_info(ins->op)->effect;
    if (ins->snap != SNAP_NONE || effect == IR_EFFECT_CALL) later.count = 0;
    Place place = mx_alias_place(fn, ins);
    bool dead = false;
    for (uint32_t i = later.count; i-- > 0;) {
      if (effect == IR_EFFECT_WRITE)
        dead |= mx_alias_same(&later.at[i].place, &place);
      else if (mx_alias_may(fn, &later.at[i].place, &place))
        memory_drop(&later, i);
    }
    if (dead && mx_ir_burn(fn)) {
      mx_ir_kill(fn, ref);
      killed++;
    } else if (effect == IR_EFFECT_WRITE && later.count < FORWARD_KNOWN) {
      later.at[later.count++].place = place;
    }
  }
  return killed;
}

// Run the pass.
uint32_t mx_pass_forward(IrFn *fn) {
  Forward f = {.now = {.count = 0}};
  mx_rewrite_init(&f.rw, fn);
  mx_ir_cfg_make(fn, &f.cfg);
  f.ends = mx_arena_array(&f.cfg.arena, Memory *, fn->blocks.count);
  for (uint32_t i = 0; i < f.cfg.count; i++) {
    IrBlockId id = f.cfg.order[i];
    IrRef next;
    forward_start(&f, id);
    for (IrRef ref = fn->blocks.at[id].first; ref; ref = next) {
      next = mx_ir_at(fn, ref)->next;
      forward_one(&f, ref);
    }
    f.ends[id] = mx_arena_new(&f.cfg.arena, Memory);
    *f.ends[id] = f.now;
  }
  mx_ir_cfg_free(&f.cfg);
  uint32_t changes = mx_rewrite_finish(&f.rw);
  for (IrBlockId id = 0; id < fn->blocks.count; id++) changes += forward_dead_stores(fn, id);
  return changes;
}
