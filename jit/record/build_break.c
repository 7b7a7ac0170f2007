// SPDX-License-Identifier: MIT
// Building `break` and `return` out of blocks that were built in place, and `throw` to a catch that
// was: the activations up to the call that they end are left at once, and what is behind that call
// follows.
//
// An ensure clause on the way is built there, as if nothing waited for it, if it cannot leave the
// region: the interpreter would have to know what waits. That is so for those of the library's
// iterators. With other clauses, or where an activation that is there when the region is entered
// would have to end, such an instruction is not built.
#include "interp/program.h"
#include "jit/record/build.h"

// The innermost handler that covers the instruction that an activation executes, from number `from`
// on, by which leaving it is more than going away; NULL: none.
static const Handler *break_handler(const BuildFrame *act, uint32_t from) {
  const Chunk *chunk = act->code->chunk;
  for (uint32_t i = from; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (h->kind != HANDLER_RESCUE && act->pc >= h->start && act->pc < h->end) return h;
  }
  return NULL;
}

// Its number plus one.
static uint32_t break_behind(const BuildFrame *act, const Handler *h) {
  return (uint32_t)(h - act->code->chunk->handlers) + 1;
}

// Can an instruction of a clause neither raise nor leave?
static bool break_is_calm(Builder *b, const Instruction *in) {
  switch (in->op) {
  case OP_ENSURE_START:
  case OP_ENSURE_END:
  case OP_LOAD_SELF:
  case OP_PUSH_CONST:
  case OP_POP: return true;
  case OP_PRIMITIVE: return !(mx_build_call_cache(b)->row->effects & ~(uint32_t)E_WRITES);
  default: return false;
  }
}

// Go through an ensure clause of b->act: ask whether it is calm, or build it.
static bool break_clause(Builder *b, const Handler *h, bool build) {
  static const Seen nothing = {0};
  const Chunk *chunk = b->act->code->chunk;
  Instruction in;
  uint32_t pc = h->target;
  do {
    (void)!mx_op_decode(chunk->code, chunk->code_len, pc, &in);
    b->act->pc = pc;
    pc += in.size;
    if (build)
      mx_build_op(b, &in, &nothing);
    else if (!break_is_calm(b, &in))
      return false;
  } while (in.op != OP_ENSURE_END);
  return true;
}

// May an activation end here, with the clauses that cover it?
static bool break_may_end(Builder *b, BuildFrame *act) {
  if (act->is_entry) return false;
  BuildFrame *inner = b->act;
  uint32_t pc = act->pc;
  bool may = true;
  b->act = act;
  const Handler *h = break_handler(act, 0);
  for (; h && may; h = break_handler(act, break_behind(act, h))) {
    may = h->kind == HANDLER_ENSURE && !mx_profile_counts(b->vm) && break_clause(b, h, false);
    act->pc = pc;
  }
  b->act = inner;
  return may;
}

// Build the clauses that cover an activation.
static void break_run_clauses(Builder *b, BuildFrame *act) {
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  uint32_t pc = act->pc;
  b->act = act;
  const Handler *h = break_handler(act, 0);
  for (; h; h = break_handler(act, break_behind(act, h))) {
    b->state.count = act->operands + h->depth;
    mx_build_done(b, 0, nil);
    mx_build_done(b, 0, nil);
    (void)!break_clause(b, h, true);
    act->pc = pc;
  }
}

// Count what is left in the middle of its block.
static void break_count(Builder *b, const BuildFrame *last) {
  for (const BuildFrame *act = b->act;; act = act->caller) {
    mx_build_count(b, mx_profile_exit(act->code, act->pc));
    if (act == last) return;
  }
}

// End activations from the innermost one to `last`, with the top as the value of its call.
static bool break_to(Builder *b, BuildFrame *last) {
  BuildFrame *inner = b->act, *act = inner;
  for (; break_may_end(b, act) && act != last; act = act->caller) continue;
  if (act != last || !break_may_end(b, last)) return false;
  IrRef value = *mx_build_top(b, 0);
  break_count(b, last);
  for (act = inner; act != last->caller; act = act->caller) {
    act->body->lands |= act != last;
    break_run_clauses(b, act);
  }
  b->state.count = last->operands;
  mx_build_done(b, 0, value);
  mx_build_end(b, last);
  b->act = inner;
  return true;
}

bool mx_build_break(Builder *b) {
  const BuildFrame *home = b->act->home;
  BuildFrame *act = b->act;
  if (act->cx->frame.flags & FRAME_LAMBDA) return break_to(b, act);
  IrRef proc = act->proc;
  while (home && act && act->caller != home) act = act->caller;
  // A Proc's call must be below the one that the literal was passed to.
  bool passed = act && (!proc || act->block.proc == proc);
  return home && passed && break_to(b, act);
}

bool mx_build_return_outer(Builder *b) {
  BuildFrame *act = b->act;
  while (act && (act->cx->frame.flags & (FRAME_BLOCK | FRAME_LAMBDA)) == FRAME_BLOCK)
    act = act->home;
  return act && act->cx->frame.flags & (FRAME_METHOD | FRAME_LAMBDA) && break_to(b, act);
}

// ---- throw

// Are two refs one value: 1, two: 0, or is it not known: -1?
static int break_same(const Builder *b, IrRef x, IrRef y) {
  if (x == y) return 1;
  const IrIns *at = mx_ir_at(b->fn, x), *other = mx_ir_at(b->fn, y);
  if (!mx_ir_is_const((IrOp)at->op) || !mx_ir_is_const((IrOp)other->op)) return -1;
  return at->op == other->op && mx_ir_word(b->fn, x) == mx_ir_word(b->fn, y);
}

// The activation of the library's catch that a tag ends; NULL: it is not in the region, or not
// known which.
static BuildFrame *break_catch(Builder *b, IrRef tag) {
  for (BuildFrame *act = b->act; act; act = act->caller) {
    if (!act->code->core || act->code->name != SYM_catch) continue;
    int same = break_same(b, tag, mx_build_resolve(b, mx_build_local(b, act, 0)));
    if (same) return same > 0 ? act : NULL;
  }
  return NULL;
}

bool mx_build_leaf_throw(Builder *b, const BuildLeaf *call) {
  IrRef tag = mx_build_resolve(b, *mx_build_top(b, call->argc - 1));
  BuildFrame *act = break_catch(b, tag);
  if (!act) return false;
  if (call->argc > 1) return break_to(b, act);
  mx_build_done(b, 0, mx_ir_const(b->fn, IR_KVAL, VAL_NIL));
  if (break_to(b, act)) return true;
  mx_build_done(b, 1, IR_NONE);
  return false;
}
