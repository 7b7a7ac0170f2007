// SPDX-License-Identifier: MIT
// A method that calls itself with numbers is two functions (jit/opt/pass_own.c).
//
//   uint64_t entry(ExecCtx *ec, Value *base, uint64_t self, uint64_t a0, uint64_t a1, uint64_t a2)
//   T own(ExecCtx *ec, Value *base, uint64_t self, ...)
//
// The entry is the code that MethodEntry.machine has. It makes numbers of the arguments, or leaves,
// and calls the other one, whose code the IrFn is. That takes numbers as words shifted left by one
// and as doubles, the other arguments as the entry does: three in registers, the rest at base.
//
// An Integer is given as a Value. A double is given as it is; anything else as a NaN, with the
// Value in ec->result. Who finds a NaN and nothing there has got just that.
#include "runtime/value.h"
#include "jit/llvm/lower.h"

enum { OWN_ARGS = 3, OWN_MOST = OWN_ARGS + IR_OWN_ARGS }; // ec, base and self come first

// ---- arguments

// Find out what it takes in registers.
static void own_find(Lower *lo) {
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++)
    lo->own_args[i] = i < lo->job->method.argc && i < IR_REG_ARGS ? IRT_VAL : IRT_VOID;
  for (IrRef ref = lo->fn->blocks.at[0].first; ref; ref = mx_ir_at(lo->fn, ref)->next) {
    const IrIns *ins = mx_ir_at(lo->fn, ref);
    if (ins->op == IR_ARG) lo->own_args[ins->imm] = (IrType)ins->type;
  }
}

// The type of the function; one that gives another type may be wanted.
static LLVMTypeRef own_type(const Lower *lo) {
  LLVMTypeRef types[OWN_MOST] = {lo->ptr, lo->ptr, lo->i64};
  unsigned count = OWN_ARGS;
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++)
    if (lo->own_args[i] != IRT_VOID)
      types[count++] = lo->own_args[i] == IRT_DOUBLE ? lo->f64 : lo->i64;
  return LLVMFunctionType(lo->fn->result == IRT_DOUBLE ? lo->f64 : lo->i64, types, count, 0);
}

LLVMValueRef mx_lower_own_param(Lower *lo, uint32_t arg) {
  if (arg >= IR_OWN_ARGS || lo->own_args[arg] == IRT_VOID) return NULL;
  unsigned at = OWN_ARGS;
  for (uint32_t i = 0; i < arg; i++) at += lo->own_args[i] != IRT_VOID;
  return LLVMGetParam(lo->own, at);
}

void mx_lower_own_put_args(Lower *lo) {
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++) {
    LLVMValueRef value = mx_lower_own_param(lo, i);
    if (!value) continue;
    if (lo->own_args[i] == IRT_DOUBLE) value = mx_lower_box_double(lo, value);
    if (lo->own_args[i] == IRT_INT) value = LLVMBuildOr(lo->at, value, mx_lower_word(lo, 1), "");
    mx_lower_method_put(lo, value, lo->base, 1 + i);
  }
}

LLVMValueRef mx_lower_own_arg(Lower *lo, const IrIns *ins) {
  if (mx_lower_in_own(lo)) return mx_lower_own_param(lo, ins->imm);
  IrIns guard = *ins;
  guard.op = ins->type == IRT_INT ? IR_GUARD_INT : IR_GUARD_DOUBLE;
  return mx_lower_guard(lo, &guard);
}

// ---- the function that others call

// What a double that was given stands for, as a Value: if it is a NaN, what lies in the context.
// Building goes on where it is a double; the block where it is a Value is given, with the Value.
static LLVMBasicBlockRef own_other(Lower *lo, LLVMValueRef gave, LLVMValueRef *value) {
  LLVMValueRef is_number = LLVMBuildFCmp(lo->at, LLVMRealORD, gave, gave, "");
  LLVMBasicBlockRef nan = mx_lower_unless(lo, is_number), next = LLVMGetInsertBlock(lo->at);
  LLVMBasicBlockRef other = mx_lower_block(lo, "rare");
  LLVMPositionBuilderAtEnd(lo->at, nan);
  *value = mx_lower_field(lo, lo->ec, IRF_EC_RESULT);
  LLVMValueRef none = mx_lower_word(lo, VAL_UNDEF);
  mx_lower_store(lo, none, lo->ec, lo->hooks->offsets[IRF_EC_RESULT], LOWER_FIELD + IRF_EC_RESULT);
  LLVMBuildCondBr(lo->at, LLVMBuildICmp(lo->at, LLVMIntEQ, *value, none, ""), next, other);
  LLVMPositionBuilderAtEnd(lo->at, next);
  return other;
}

// Give the caller, who expects a Value, what the other function gave.
static void own_give(Lower *lo, LLVMValueRef gave) {
  if (lo->fn->result == IRT_DOUBLE) {
    LLVMValueRef value;
    LLVMBasicBlockRef other = own_other(lo, gave, &value);
    gave = mx_lower_box_double(lo, gave);
    LLVMBasicBlockRef here = LLVMGetInsertBlock(lo->at);
    LLVMPositionBuilderAtEnd(lo->at, other);
    LLVMBuildRet(lo->at, value);
    LLVMPositionBuilderAtEnd(lo->at, here);
  }
  LLVMBuildRet(lo->at, gave);
}

void mx_lower_own(Lower *lo) {
  own_find(lo);
  lo->own = LLVMAddFunction(lo->module, LOWER_OWN_SYMBOL, own_type(lo));
  LLVMSetLinkage(lo->own, LLVMInternalLinkage);
  LLVMPositionBuilderAtEnd(lo->at, mx_lower_block(lo, "entry"));
  mx_lower_method_begin(lo);
  LLVMValueRef args[OWN_MOST] = {lo->ec, lo->base, mx_lower_method_param(lo, IR_PARAM_SELF)};
  unsigned count = OWN_ARGS;
  LLVMValueRef numbers[IR_OWN_ARGS] = {0};
  for (IrRef ref = lo->fn->blocks.at[0].first; ref; ref = mx_ir_at(lo->fn, ref)->next) {
    const IrIns *ins = mx_ir_at(lo->fn, ref);
    if (ins->op != IR_PARAM && ins->op != IR_HOME_LOAD && ins->op != IR_ARG) continue;
    mx_lower_instruction(lo, ref);
    if (ins->op == IR_ARG) numbers[ins->imm] = lo->values[ref];
  }
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++)
    if (lo->own_args[i] != IRT_VOID)
      args[count++] = numbers[i] ? numbers[i] : mx_lower_method_param(lo, IR_PARAM_ARG + i);
  own_give(lo, LLVMBuildCall2(lo->at, own_type(lo), lo->own, args, count, ""));
  lo->function = lo->own;
  lo->ec = LLVMGetParam(lo->own, 0);
}

// ---- calls

LLVMValueRef mx_lower_own_call(Lower *lo, const IrIns *ins) {
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  LLVMValueRef base = mx_lower_pointer(lo, mx_lower_value(lo, ins->a[0]));
  LLVMValueRef args[OWN_MOST] = {lo->ec, base, mx_lower_value(lo, refs[0])};
  unsigned count = OWN_ARGS;
  for (uint32_t i = 0; 1 + i < mx_ir_list_count(lo->fn, ins->list); i++) {
    if (i < IR_OWN_ARGS && lo->own_args[i] != IRT_VOID)
      args[count++] = mx_lower_value(lo, refs[1 + i]);
    else
      mx_lower_method_put(lo, mx_lower_value(lo, refs[1 + i]), base, 1 + i);
  }
  return LLVMBuildCall2(lo->at, own_type(lo), lo->own, args, count, "");
}

// Something else was given than a number: an exception, which ends the activation, or any Value,
// with which the code leaves. Building goes on where the Value is none of the first.
static void own_raised(Lower *lo, const IrIns *ins, LLVMValueRef value) {
  LLVMBasicBlockRef raised = mx_lower_block(lo, "rare"), other = mx_lower_block(lo, "rare");
  lo->values[ins->a[0]] = value; // in the snapshot, and nowhere else
  LLVMValueRef exc = mx_lower_word(lo, VAL_EXC);
  LLVMBuildCondBr(lo->at, LLVMBuildICmp(lo->at, LLVMIntEQ, value, exc, ""), raised, other);
  LLVMPositionBuilderAtEnd(lo->at, raised);
  mx_lower_method_raised(lo, mx_lower_exit(lo, ins->snap));
  LLVMPositionBuilderAtEnd(lo->at, other);
}

// The Integer that a Value is, shifted.
static LLVMValueRef own_int(Lower *lo, const IrIns *ins, LLVMValueRef gave) {
  LLVMBasicBlockRef bad = mx_lower_unless(lo, LLVMBuildTrunc(lo->at, gave, lo->i1, ""));
  LLVMBasicBlockRef next = LLVMGetInsertBlock(lo->at);
  LLVMPositionBuilderAtEnd(lo->at, bad);
  own_raised(lo, ins, gave);
  LLVMBuildBr(lo->at, mx_lower_exit(lo, ins->snap));
  LLVMPositionBuilderAtEnd(lo->at, next);
  return LLVMBuildXor(lo->at, gave, mx_lower_word(lo, 1), "");
}

// The double that was given, as such or as a Value.
static LLVMValueRef own_double(Lower *lo, const IrIns *ins, LLVMValueRef gave) {
  LLVMValueRef value, values[2] = {gave};
  LLVMBasicBlockRef other = own_other(lo, gave, &value), done = mx_lower_block(lo, "");
  LLVMBasicBlockRef from[2] = {LLVMGetInsertBlock(lo->at)};
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, other);
  own_raised(lo, ins, value);
  IrIns guard = *ins;
  guard.op = IR_GUARD_DOUBLE;
  values[1] = mx_lower_guard(lo, &guard);
  from[1] = LLVMGetInsertBlock(lo->at);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  LLVMValueRef phi = LLVMBuildPhi(lo->at, lo->f64, "");
  LLVMAddIncoming(phi, values, from, 2);
  return phi;
}

LLVMValueRef mx_lower_own_returned(Lower *lo, const IrIns *ins) {
  LLVMValueRef gave = mx_lower_value(lo, ins->a[0]);
  return ins->type == IRT_INT ? own_int(lo, ins, gave) : own_double(lo, ins, gave);
}
