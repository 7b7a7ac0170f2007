// SPDX-License-Identifier: MIT
// instance_eval and instance_exec of a literal block: its body is built in place with another self.
//
// While such a body runs `def` has the receiver's singleton class as its home, which a lexical
// context of each call's own says. Nothing that is built looks at that; an exit makes it for the
// frame (jit/deopt).
#include "jit/record/build.h"

bool mx_build_eval(Builder *b, const BuildSend *c, const CallEntry *entry) {
  const MethodEntry *me = entry->cell->me;
  const BuildBlock *block = &c->block;
  bool literal = block->known && block->home && !block->proc && !c->leaf;
  bool exec = entry->callee == CALLEE_EXEC;
  if (!literal || me->owner != b->vm->cls.BasicObject || c->flags & (OPF_KW | OPF_SPLAT) ||
      (!exec && c->argc > 0))
    return false;
  const Code *code = block->home->code->bodies[block->body];
  const RecordContext *cx = mx_build_followed(&c->seen, code, FRAME_CLASS, me);
  if (!cx) return false;
  // instance_eval passes the receiver, which lies at the top.
  CallPlan plan = {.home = block->home, .block = block->home->block};
  if (!mx_build_bind_block(b, cx, exec ? c->argc : 1, 0, &c->seen, &plan)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  plan.taken = c->argc + 1;
  plan.self = mx_build_resolve(b, *mx_build_top(b, c->argc));
  mx_build_inline(b, &plan);
  return true;
}
