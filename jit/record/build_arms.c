// SPDX-License-Identifier: MIT
// Ways that one instruction may take, by what its operands are: each is built from the state at the
// fork, and they meet behind it. Nothing was done since the instruction's start, but the values may
// lie in another order by then (a splat was taken apart, a name is sent): a snapshot that was taken
// before is the one of all ways.
#include "jit/record/build.h"

// Begin a way: nothing is known but the state.
static void arms_begin(Builder *b, const BuildArms *arms, const BuildEdge *from) {
  mx_build_resume(b, from);
  b->act->pc = arms->pc;
  b->straight = IR_NO_BLOCK;
  b->shapes.count = 0;
  b->snap = arms->snap;
}

void mx_build_arm(Builder *b, BuildArms *arms, IrRef condition) {
  BuildEdge taken = mx_build_edge(b);
  arms->other = mx_build_edge(b);
  arms->pc = b->act->pc;
  arms->snap = b->snap;
  taken.from = mx_ir_block(b->fn);
  arms->other.from = mx_ir_block(b->fn);
  mx_ir_branch(b->fn, b->block, condition, taken.from, arms->other.from);
  arms_begin(b, arms, &taken);
}

// Note where a way ends, if control gets there.
static void arms_end(Builder *b, BuildArms *arms) {
  if (b->block != IR_NO_BLOCK) vec_push(&arms->ends, mx_build_edge(b));
}

void mx_build_arm_end(Builder *b, BuildArms *arms) {
  arms_end(b, arms);
  if (b->abort == ABORT_NONE && !b->again)
    arms_begin(b, arms, &arms->other);
  else
    mx_build_leave(b);
}

void mx_build_arms_join(Builder *b, BuildArms *arms) {
  arms_end(b, arms);
  b->straight = IR_NO_BLOCK;
  if (b->abort == ABORT_NONE && !b->again)
    mx_build_join(b, arms->ends.at, arms->ends.count);
  else
    mx_build_leave(b);
  b->snap = SNAP_NONE;
  vec_free(&arms->ends);
}
