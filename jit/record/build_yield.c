// SPDX-License-Identifier: MIT
// Building methods that are given a block, and yields to blocks that are called.
//
// A method's machine code is there twice: for calls without a block and for those with one
// (mx_method_given), which may be any. Whoever calls the latter puts the Block's address into the
// context. It is kept in the record of the activation, where exits find it.
#include "runtime/proc.h"
#include "interp/program.h"
#include "interp/tier.h"
#include "jit/record/build.h"

IrRef mx_build_proc_of(Builder *b, IrRef block) {
  IrIns call = {.op = IR_CALL_RT, .type = IRT_VAL, .imm = RT_BLOCK_PROC, .snap = SNAP_NONE};
  call.list = mx_ir_list(b->fn, 1, &block);
  IrRef proc = mx_ir_emit(b->fn, b->block, &call);
  return mx_build_emit(b, IR_AS_OBJ, proc, IR_NONE, IR_NONE, 0);
}

void mx_build_given(Builder *b, BuildFrame *root) {
  IrRef block = mx_build_emit(b, IR_FIELD_LOAD, b->machine_ec, IR_NONE, IR_NONE, IRF_EC_GIVEN);
  mx_build_emit(b, IR_FIELD_STORE, b->frame, block, IR_NONE, IRF_FRAME_BLOCK);
  root->block = (BuildBlock){.at = block, .any = true, .known = true};
  int32_t slot = root->code->params.block_slot;
  if (slot < 0) return;
  IrRef proc = root->block.proc = b->state.at[root->base + (uint32_t)slot] =
      mx_build_proc_of(b, block);
  vec_push(&b->shapes, ((BuildShape){proc, b->vm->cls.Proc->instance_shape}));
}

IrRef mx_build_block_at(Builder *b, const BuildBlock *block) {
  if (block->at) return block->at;
  IrRef proc = mx_build_resolve(b, block->proc);
  if (mx_build_type(b, proc) != IRT_OBJ) proc = mx_build_emit(b, IR_AS_OBJ, proc, 0, 0, 0);
  return mx_build_emit(b, IR_OFFSET, proc, IR_NONE, IR_NONE, offsetof(Proc, block));
}

bool mx_build_yield_out(Builder *b, IrRef at, uint32_t argc, uint32_t flags) {
  if (argc + 1 > STREAM_STACK_SLACK) return false; // room that every activation has asked for
  if (!mx_build_see_envs(b)) return true;
  SnapId under_way = mx_build_ends_alone(b) ? SNAP_NONE : mx_build_snap(b);
  IrRef *refs = mx_arena_array(b->arena, IrRef, argc + 1);
  for (uint32_t i = 0; i < argc; i++) refs[i] = mx_build_val(b, *mx_build_top(b, argc - 1 - i));
  IrIns call = {.op = IR_CALL_YIELD, .snap = SNAP_NONE};
  call.a[0] = mx_build_show_frames(b);
  call.a[1] = at;
  call.imm = mx_build_site(b, NULL, argc, flags);
  b->fn->sites.at[call.imm].leaf = (RtFn)mx_interp(b->vm)->tier->yield;
  call.list = mx_ir_list(b->fn, argc, refs);
  IrRef value = mx_ir_emit(b->fn, b->block, &call);
  mx_build_called(b, argc, mx_build_returned(b, under_way, value));
  return true;
}
