// SPDX-License-Identifier: MIT
// Building `break` and `return` out of blocks that were built in place: the activations up to the
// call that they end are left at once, and what is behind that call follows.
//
// An ensure clause on the way would have to run, and an activation that is there when the region is
// entered cannot end in it: such an instruction is not built.
#include "jit/record/build.h"

// Does a handler cover the instruction that an activation executes, by which leaving it is more
// than going away?
static bool break_is_covered(const BuildFrame *act) {
  const Chunk *chunk = act->code->chunk;
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (h->kind != HANDLER_RESCUE && act->pc >= h->start && act->pc < h->end) return true;
  }
  return false;
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
  for (const BuildFrame *act = b->act;; act = act->caller) {
    if (act->is_entry || break_is_covered(act)) return false;
    if (act == last) break;
  }
  break_count(b, last);
  mx_build_end(b, last);
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
