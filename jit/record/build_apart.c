// SPDX-License-Identifier: MIT
// Callees that are called although they were followed: what they do often cannot be built, and a
// region that leaves in the midst of them comes to nothing.
#include "jit/record/build.h"

// Times that a context's first instruction ran: there is one, since control came from it to what is
// being built.
static uint32_t apart_entries(const RecordContext *cx) {
  uint32_t pc = 0;
  while (!cx->seen[pc]) pc++;
  return cx->seen[pc]->count;
}

// Does an exception leave the instruction as a rule?
static bool apart_raises(const Builder *b) {
  OpCode op = (OpCode)b->act->code->chunk->code[b->act->pc];
  return op == OP_RAISE || op == OP_RERAISE || op == OP_RESCUE || op == OP_RESCUE_STANDARD;
}

// The innermost activation around the instruction that can be called; where it raises the
// outermost, so that what it raises is rescued in there.
static const BuildFrame *apart_choose(const Builder *b) {
  const BuildFrame *found = NULL;
  for (const BuildFrame *act = b->act; act; act = act->caller)
    if (act->is_callable && (!found || apart_raises(b))) found = act;
  return found;
}

// Let the next try call what an activation is of.
static bool apart_set(Builder *b, const BuildFrame *act) {
  ((RecordContext *)(uintptr_t)act->cx)->apart = true;
  b->again = true;
  mx_build_leave(b);
  return true;
}

bool mx_build_set_apart(Builder *b) {
  const Seen *seen = mx_record_seen(b->act->cx, b->act->pc);
  const BuildFrame *act = apart_choose(b);
  if (!act || !seen || seen->count * b->rec->params->apart < apart_entries(act->cx)) return false;
  return apart_set(b, act);
}

bool mx_build_not_back(Builder *b, const BuildFrame *act) {
  return act->is_callable && apart_set(b, act);
}
