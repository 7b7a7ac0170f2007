// SPDX-License-Identifier: MIT
// Emits instructions through the fold rules and a common-subexpression table of the block.
#include "jit/opt/ir_build.h"
#include "jit/ir/ir_eval.h"
#include "jit/opt/fold.h"
#include "jit/opt/same_ins.h"

// Begin in the entry block.
void mx_ir_build_init(IrBuild *build, IrFn *fn) { *build = (IrBuild){.fn = fn}; }

// Go on at the end of a block; what other blocks know does not hold there.
void mx_ir_build_at(IrBuild *build, IrBlockId block) {
  *build = (IrBuild){.fn = build->fn, .block = block};
}

// Emit an instruction that is as simple as it gets, unless the block has it already.
static IrRef build_place(IrBuild *build, const IrIns *ins) {
  IrFn *fn = build->fn;
  bool timeless = mx_ir_is_timeless(ins);
  IrIns typed = *ins;
  const IrInfo *info = mx_ir_info(ins->op);
  if (info->rule == IR_RULE_TYPE) typed.type = info->result;
  if (info->rule == IR_RULE_FIELD) typed.type = mx_ir_field_info(ins->imm)->type;
  IrRef *slot = &build->known[mx_ir_hash(fn, &typed) % BUILD_SLOTS];
  if (timeless && *slot != IR_NONE && mx_ir_equal(fn, mx_ir_at(fn, *slot), &typed)) return *slot;
  IrRef ref = mx_ir_emit(fn, build->block, &typed);
  if (timeless) *slot = ref;
  return ref;
}

// The fold engine's hook.
static IrRef build_emit(void *ctx, const IrIns *ins) { return build_place(ctx, ins); }

// Emit an instruction. A guard that always fails is emitted as it is: pass_fold ends the block.
IrRef mx_ir_build(IrBuild *build, const IrIns *given) {
  Fold fold = {.fn = build->fn, .bits = IR_EVAL_BITS, .emit = build_emit, .ctx = build};
  IrIns ins = *given;
  IrRef ref = IR_NONE;
  switch (mx_fold(&fold, &ins, &ref)) {
  case FOLD_REF: return ref;
  case FOLD_HOLDS: return IR_NONE;
  case FOLD_LEAVES: ref = mx_ir_emit(build->fn, build->block, given); break;
  case FOLD_SAME: ref = build_place(build, &ins); break;
  }
  return mx_ir_at(build->fn, ref)->type == IRT_VOID ? IR_NONE : ref;
}
