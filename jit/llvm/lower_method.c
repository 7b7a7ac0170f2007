// SPDX-License-Identifier: MIT
// Methods: how they begin, and calls of them.
//
// A method without machine code is interpreted: the test costs less than what a stub would need to
// know which method it stands for.
#include "runtime/value.h"
#include "jit/ir/snap_map.h"
#include "jit/llvm/lower.h"
#include <math.h>

enum { METHOD_ARGS = 6 }; // ec, base, self and IR_REG_ARGS arguments

LLVMTypeRef mx_lower_method_type(const Lower *lo) {
  LLVMTypeRef types[METHOD_ARGS] = {lo->ptr, lo->ptr, lo->i64, lo->i64, lo->i64, lo->i64};
  return LLVMFunctionType(lo->i64, types, METHOD_ARGS, 0);
}

LLVMValueRef mx_lower_method_param(Lower *lo, uint32_t number) {
  if (!mx_lower_in_own(lo) || number < IR_PARAM_ARG) return LLVMGetParam(lo->function, number);
  // What is an arg has no other use.
  LLVMValueRef param = mx_lower_own_param(lo, number - IR_PARAM_ARG);
  bool is_value = param && LLVMTypeOf(param) == lo->i64;
  return is_value ? param : LLVMGetUndef(lo->i64);
}

// Let the interpreter run a method whose receiver and arguments lie at base.
static LLVMValueRef method_interpret(Lower *lo, const void *callee, uint32_t at, LLVMValueRef base,
                                     uint32_t argc) {
  LLVMTypeRef type =
      LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->i64, lo->i64, lo->ptr, lo->i64}, 5, 0);
  LLVMValueRef args[5] = {lo->ec, mx_lower_word(lo, (uint64_t)(uintptr_t)callee),
                          mx_lower_word(lo, at), base, mx_lower_word(lo, argc)};
  return mx_lower_call_address(lo, (RtFn)lo->hooks->interpret, type, args, 5);
}

// Put a word on the VM stack.
void mx_lower_method_put(Lower *lo, LLVMValueRef value, LLVMValueRef base, uint32_t index) {
  mx_lower_store(lo, value, base, index * sizeof(uint64_t), LOWER_HOME);
}

// ---- the beginning

// Is there room for what the method may push?
static LLVMValueRef method_room(Lower *lo) {
  const MethodJob *job = &lo->job->method;
  LLVMValueRef depth = mx_lower_field(lo, lo->ec, IRF_EC_DEPTH);
  LLVMValueRef ok = LLVMBuildICmp(lo->at, LLVMIntULT, depth, mx_lower_word(lo, job->depth), "");
  LLVMValueRef top = mx_lower_address(lo, lo->base, job->words * sizeof(uint64_t));
  top = LLVMBuildPtrToInt(lo->at, top, lo->i64, "");
  LLVMValueRef end = mx_lower_field(lo, lo->ec, IRF_EC_VSTACK_END);
  ok = LLVMBuildAnd(lo->at, ok, LLVMBuildICmp(lo->at, LLVMIntULT, top, end, ""), "");
  LLVMValueRef limit = mx_lower_field(lo, lo->ec, IRF_EC_C_LIMIT);
  limit = LLVMBuildAdd(lo->at, limit, mx_lower_word(lo, JIT_C_RESERVE), "");
  // The exit buffer lies at the end of the C stack; what is spilled below is little.
  LLVMValueRef end_of_c = LLVMBuildPtrToInt(lo->at, lo->out, lo->i64, "");
  LLVMValueRef fits = LLVMBuildICmp(lo->at, LLVMIntUGT, end_of_c, limit, "");
  return LLVMBuildAnd(lo->at, ok, fits, "");
}

// Does the method have a record that frames are seen by, for light calls and for backtraces?
static bool method_has_record(const IrFn *fn) {
  for (IrRef ref = 1; ref < fn->ins.count; ref++) {
    const IrIns *ins = mx_ir_at(fn, ref);
    if (ins->op == IR_FIELD_STORE && ins->imm == IRF_EC_FRAME) return true;
  }
  return false;
}

// Put the arguments that are in registers on the VM stack.
static void method_put_args(Lower *lo) {
  for (uint32_t i = 0; i < lo->job->method.argc && i < IR_REG_ARGS; i++)
    mx_lower_method_put(lo, mx_lower_method_param(lo, IR_PARAM_ARG + i), lo->base, 1 + i);
}

void mx_lower_method_begin(Lower *lo) {
  const MethodJob *job = &lo->job->method;
  lo->base = LLVMGetParam(lo->function, 1);
  lo->homes = mx_lower_address(lo, lo->base, sizeof(uint64_t));
  lo->frame = mx_lower_address(lo, lo->base, job->locals * sizeof(uint64_t));
  lo->out_room = mx_snap_room(lo->fn) + JIT_OUT_ARGS;
  lo->out = LLVMBuildAlloca(lo->at, LLVMArrayType2(lo->i64, lo->out_room + 1), "");
  LLVMBasicBlockRef bad = mx_lower_unless(lo, method_room(lo)), next = LLVMGetInsertBlock(lo->at);
  LLVMPositionBuilderAtEnd(lo->at, bad);
  mx_lower_method_put(lo, mx_lower_method_param(lo, IR_PARAM_SELF), lo->base, 0);
  if (mx_lower_in_own(lo))
    mx_lower_own_put_args(lo);
  else
    method_put_args(lo);
  mx_lower_method_give(lo, method_interpret(lo, job->callee, job->at, lo->base, job->argc));
  LLVMPositionBuilderAtEnd(lo->at, next);
  if (!method_has_record(lo->fn)) return;
  lo->caller = mx_lower_field(lo, lo->ec, IRF_EC_FRAME);
  lo->depth = mx_lower_field(lo, lo->ec, IRF_EC_DEPTH);
}

// Store a field of the context.
static void method_context(Lower *lo, IrField field, LLVMValueRef value) {
  mx_lower_store(lo, value, lo->ec, lo->hooks->offsets[field], LOWER_FIELD + field);
}

// Take back what the activation has shown of itself.
static void method_end(Lower *lo) {
  if (!lo->caller) return;
  method_context(lo, IRF_EC_FRAME, lo->caller);
  method_context(lo, IRF_EC_DEPTH, LLVMBuildTrunc(lo->at, lo->depth, lo->i32, ""));
}

void mx_lower_method_return(Lower *lo, LLVMValueRef value) {
  method_end(lo);
  if (lo->fn->result == IRT_INT) value = LLVMBuildOr(lo->at, value, mx_lower_word(lo, 1), "");
  LLVMBuildRet(lo->at, value);
}

void mx_lower_method_give(Lower *lo, LLVMValueRef value) {
  if (mx_lower_in_own(lo) && lo->fn->result == IRT_DOUBLE) {
    method_context(lo, IRF_EC_RESULT, value);
    value = LLVMConstReal(lo->f64, NAN);
  }
  LLVMBuildRet(lo->at, value);
}

// ---- calls

void mx_lower_method_hold(Lower *lo) {
  if (!lo->job->method.callee) return;
  LLVMValueRef owner = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->job->owner);
  LLVMValueRef at = mx_lower_address(lo, lo->out, lo->out_room * sizeof(uint64_t));
  LLVMSetVolatile(LLVMBuildStore(lo->at, owner, at), 1);
}

// Call machine code. Registers without an argument get `missing`.
static LLVMValueRef method_direct(Lower *lo, const IrIns *ins, LLVMValueRef code, LLVMValueRef base,
                                  LLVMValueRef missing) {
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  uint32_t count = mx_ir_list_count(lo->fn, ins->list);
  LLVMValueRef args[METHOD_ARGS] = {lo->ec, base};
  for (uint32_t i = 0; i <= IR_REG_ARGS; i++)
    args[2 + i] = i < count ? mx_lower_value(lo, refs[i]) : missing;
  return LLVMBuildCall2(lo->at, mx_lower_method_type(lo), code, args, METHOD_ARGS, "");
}

// An exception ends an activation that needs no frames for that. If the code has broken, it may be
// that a hook was enabled: then guard.valid, which comes next, leaves with VAL_EXC as the result.
void mx_lower_method_raised(Lower *lo, LLVMBasicBlockRef broken) {
  LLVMBasicBlockRef over = mx_lower_block(lo, "rare");
  LLVMBuildCondBr(lo->at, mx_lower_is_valid(lo), over, broken);
  LLVMPositionBuilderAtEnd(lo->at, over);
  method_end(lo);
  mx_lower_method_give(lo, mx_lower_word(lo, VAL_EXC));
}

LLVMValueRef mx_lower_method_returned(Lower *lo, const IrIns *ins) {
  LLVMValueRef value = mx_lower_value(lo, ins->a[0]), exc = mx_lower_word(lo, VAL_EXC);
  LLVMBasicBlockRef bad = mx_lower_unless(lo, LLVMBuildICmp(lo->at, LLVMIntNE, value, exc, ""));
  LLVMBasicBlockRef next = LLVMGetInsertBlock(lo->at);
  LLVMPositionBuilderAtEnd(lo->at, bad);
  if (ins->snap == SNAP_NONE) {
    mx_lower_method_raised(lo, next);
  } else {
    mx_lower_store_snap(lo, ins->snap);
    mx_lower_leave(lo, ins->snap, JIT_LEAVE_THROWN);
  }
  LLVMPositionBuilderAtEnd(lo->at, next);
  return value;
}

// Call the machine code that a method has now, or the interpreter while it has none.
static LLVMValueRef method_loaded(Lower *lo, const IrIns *ins, LLVMValueRef base) {
  const IrSite *site = &lo->fn->sites.at[ins->imm];
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  uint32_t count = mx_ir_list_count(lo->fn, ins->list);
  LLVMValueRef callee = mx_lower_word(lo, (uint64_t)(uintptr_t)site->method);
  LLVMValueRef code = mx_lower_field(lo, callee, IRF_METHOD_MACHINE);
  LLVMValueRef has = LLVMBuildICmp(lo->at, LLVMIntNE, code, mx_lower_word(lo, 0), "");
  LLVMBasicBlockRef slow = mx_lower_unless(lo, has), done = mx_lower_block(lo, "");
  LLVMValueRef undef = LLVMGetUndef(lo->i64);
  LLVMValueRef values[2] = {method_direct(lo, ins, mx_lower_pointer(lo, code), base, undef)};
  LLVMBasicBlockRef from[2] = {LLVMGetInsertBlock(lo->at), slow};
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, slow);
  for (uint32_t i = 0; i < count && i <= IR_REG_ARGS; i++)
    mx_lower_method_put(lo, mx_lower_value(lo, refs[i]), base, i);
  values[1] = method_interpret(lo, site->method, site->at, base, count - 1);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  LLVMValueRef value = LLVMBuildPhi(lo->at, lo->i64, "");
  LLVMAddIncoming(value, values, from, 2);
  return value;
}

// Put on the VM stack what a call has in registers beside its receiver's place.
static void method_put_rest(Lower *lo, const IrIns *ins, LLVMValueRef base) {
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  for (uint32_t i = 1 + IR_REG_ARGS; i < mx_ir_list_count(lo->fn, ins->list); i++)
    mx_lower_method_put(lo, mx_lower_value(lo, refs[i]), base, i);
}

LLVMValueRef mx_lower_method_call(Lower *lo, const IrIns *ins) {
  LLVMValueRef base = mx_lower_pointer(lo, mx_lower_value(lo, ins->a[0]));
  method_put_rest(lo, ins, base);
  if (!lo->fn->sites.at[ins->imm].own) return method_loaded(lo, ins, base);
  return method_direct(lo, ins, lo->entry, base, LLVMGetUndef(lo->i64));
}

// ---- yields

LLVMValueRef mx_lower_yield(Lower *lo, const IrIns *ins) {
  const IrSite *site = &lo->fn->sites.at[ins->imm];
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  LLVMValueRef base = mx_lower_pointer(lo, mx_lower_value(lo, ins->a[0]));
  LLVMValueRef block = mx_lower_pointer(lo, mx_lower_value(lo, ins->a[1]));
  for (uint32_t i = 0; i < site->argc; i++)
    mx_lower_method_put(lo, mx_lower_value(lo, refs[i]), base, 1 + i);
  LLVMTypeRef types[4] = {lo->ptr, lo->ptr, lo->ptr, lo->i64};
  LLVMTypeRef type = LLVMFunctionType(lo->i64, types, 4, 0);
  LLVMValueRef form = mx_lower_word(lo, site->argc | (uint64_t)site->flags << 32);
  LLVMValueRef args[4] = {lo->ec, block, base, form};
  return mx_lower_call_address(lo, site->leaf, type, args, 4);
}

// ---- calls by a table

// Go on in the current block where a condition holds, and elsewhere where it does not.
static void method_or(Lower *lo, LLVMValueRef ok, LLVMBasicBlockRef elsewhere) {
  LLVMBasicBlockRef next = mx_lower_block(lo, "");
  LLVMBuildCondBr(lo->at, ok, next, elsewhere);
  LLVMPositionBuilderAtEnd(lo->at, next);
}

// The machine code that the table of a call has for the receiver; goes to `slow` if it has none.
static LLVMValueRef method_of_table(Lower *lo, const IrIns *ins, LLVMBasicBlockRef slow) {
  LLVMValueRef self = mx_lower_value(lo, mx_ir_list_refs(lo->fn, ins->list)[0]);
  method_or(lo, mx_lower_is_heap(lo, self), slow);
  LLVMValueRef shape = mx_lower_field(lo, self, IRF_SHAPE);
  LLVMValueRef place = LLVMBuildTrunc(lo->at, shape, lo->i32, "");
  place = LLVMBuildMul(lo->at, place, LLVMConstInt(lo->i32, IR_LOOKUP_FACTOR, 0), "");
  place = LLVMBuildLShr(lo->at, place, LLVMConstInt(lo->i32, IR_LOOKUP_SHIFT, 0), "");
  place = LLVMBuildZExt(lo->at, place, lo->i64, "");
  LLVMValueRef entry = LLVMBuildMul(lo->at, place, mx_lower_word(lo, IR_LOOKUP_BYTES), "");
  uint64_t table = (uint64_t)(uintptr_t)lo->fn->sites.at[ins->imm].method;
  entry = LLVMBuildAdd(lo->at, entry, mx_lower_word(lo, table), "");
  LLVMValueRef known = mx_lower_field(lo, entry, IRF_LOOKUP_SHAPE);
  method_or(lo, LLVMBuildICmp(lo->at, LLVMIntEQ, known, shape, ""), slow);
  LLVMValueRef valid =
      mx_lower_field(lo, mx_lower_field(lo, entry, IRF_LOOKUP_CELL), IRF_CELL_VALID);
  LLVMValueRef direct = mx_lower_field(lo, entry, IRF_LOOKUP_DIRECT);
  LLVMValueRef code = mx_lower_field(lo, direct, IRF_METHOD_MACHINE);
  LLVMValueRef has = LLVMBuildICmp(lo->at, LLVMIntNE, code, mx_lower_word(lo, 0), "");
  valid = LLVMBuildICmp(lo->at, LLVMIntNE, valid, mx_lower_word(lo, 0), "");
  method_or(lo, LLVMBuildAnd(lo->at, valid, has, ""), slow);
  return mx_lower_pointer(lo, code);
}

// Let C make a call by a table; leaves where it refuses.
static LLVMValueRef method_by_c(Lower *lo, const IrIns *ins, LLVMValueRef base) {
  const IrSite *site = &lo->fn->sites.at[ins->imm];
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  for (uint32_t i = 0; i <= IR_REG_ARGS && i < mx_ir_list_count(lo->fn, ins->list); i++)
    mx_lower_method_put(lo, mx_lower_value(lo, refs[i]), base, i);
  LLVMTypeRef type = LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->i64, lo->ptr}, 3, 0);
  LLVMValueRef args[3] = {lo->ec, mx_lower_word(lo, (uint64_t)(uintptr_t)site->method), base};
  LLVMValueRef value = mx_lower_call_address(lo, site->leaf, type, args, 3);
  LLVMValueRef made = LLVMBuildICmp(lo->at, LLVMIntNE, value, mx_lower_word(lo, VAL_UNDEF), "");
  mx_lower_require(lo, made, ins->snap);
  return value;
}

LLVMValueRef mx_lower_lookup(Lower *lo, const IrIns *ins) {
  LLVMValueRef base = mx_lower_pointer(lo, mx_lower_value(lo, ins->a[0]));
  LLVMBasicBlockRef slow = mx_lower_block(lo, "lookup"), done = mx_lower_block(lo, "");
  LLVMValueRef values[2];
  LLVMBasicBlockRef from[2];
  method_put_rest(lo, ins, base);
  LLVMValueRef code = method_of_table(lo, ins, slow);
  values[0] = method_direct(lo, ins, code, base, mx_lower_word(lo, VAL_UNDEF));
  from[0] = LLVMGetInsertBlock(lo->at);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, slow);
  values[1] = method_by_c(lo, ins, base);
  from[1] = LLVMGetInsertBlock(lo->at);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  LLVMValueRef value = LLVMBuildPhi(lo->at, lo->i64, "");
  LLVMAddIncoming(value, values, from, 2);
  return value;
}
