// SPDX-License-Identifier: MIT
// Calls of C: rows of rtcalls.def by their addresses, guest calls through the hook.
#include "runtime/value.h"
#include "jit/ir/snap_map.h"
#include "jit/llvm/lower.h"

enum { CALL_MAX_ARGS = 6 }; // ec and five more: what registers take

// A C call being put together.
typedef struct CallArgs {
  LLVMValueRef values[CALL_MAX_ARGS];
  LLVMTypeRef types[CALL_MAX_ARGS];
  unsigned count;
} CallArgs;

static void call_arg(CallArgs *args, LLVMValueRef value) {
  args->values[args->count] = value;
  args->types[args->count++] = LLVMTypeOf(value);
}

static LLVMValueRef call_function(Lower *lo, RtFn function, LLVMTypeRef result, CallArgs *args) {
  LLVMTypeRef type = LLVMFunctionType(result, args->types, args->count, 0);
  return mx_lower_call_address(lo, function, type, args->values, args->count);
}

static LLVMValueRef call_address(Lower *lo, const void *address) {
  return mx_lower_word(lo, (uint64_t)(uintptr_t)address);
}

static LLVMTypeRef call_result(const Lower *lo, uint8_t type) {
  return type == IRT_VOID ? lo->none : type == IRT_DOUBLE ? lo->f64 : lo->i64;
}

// Leave with `how` when a call gave a word.
static void call_leave_if(Lower *lo, LLVMValueRef value, uint64_t word, SnapId snap, JitLeave how) {
  LLVMBasicBlockRef leave = mx_lower_block(lo, "leave"), next = mx_lower_block(lo, "");
  LLVMValueRef is = LLVMBuildICmp(lo->at, LLVMIntNE, value, mx_lower_word(lo, word), "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, is, next, leave);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, leave);
  mx_lower_leave(lo, snap, how);
  LLVMPositionBuilderAtEnd(lo->at, next);
}

// Leave when a C function has raised; method: what it is the leaf of.
static void call_raises(Lower *lo, LLVMValueRef value, SnapId snap, const void *method) {
  LLVMBasicBlockRef raised = mx_lower_block(lo, "raised"), next = mx_lower_block(lo, "");
  LLVMValueRef fine = LLVMBuildICmp(lo->at, LLVMIntNE, value, mx_lower_word(lo, VAL_EXC), "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, fine, next, raised);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, raised);
  mx_lower_store_snap(lo, snap);
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, lo->frame);
  call_arg(&args, call_address(lo, lo->job->owner));
  call_arg(&args, mx_lower_word(lo, snap));
  call_arg(&args, call_address(lo, method));
  call_arg(&args, lo->out);
  call_function(lo, (RtFn)lo->hooks->raised, lo->none, &args);
  mx_lower_leave(lo, snap, JIT_LEAVE_RAISED);
  LLVMPositionBuilderAtEnd(lo->at, next);
}

// Leave before a C function that has refused.
static void call_refuses(Lower *lo, LLVMValueRef value, SnapId snap) {
  LLVMValueRef undef = mx_lower_word(lo, VAL_UNDEF);
  mx_lower_require(lo, LLVMBuildICmp(lo->at, LLVMIntNE, value, undef, ""), snap);
}

// Put the operands of the list from `from` on behind each other; their address.
static LLVMValueRef call_list(Lower *lo, const IrIns *ins, uint32_t from) {
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  for (uint32_t i = from; i < mx_ir_list_count(lo->fn, ins->list); i++)
    mx_lower_store(lo, mx_lower_value(lo, refs[i]), lo->out, (i - from) * sizeof(uint64_t),
                   LOWER_OTHER);
  return lo->out;
}

// A row of rtcalls.def. Pure ones on doubles take no ec.
static LLVMValueRef call_runtime(Lower *lo, const IrIns *ins) {
  const IrRtInfo *info = mx_ir_rt_info((IrRtCall)ins->imm);
  CallArgs args = {.count = 0};
  if (info->effects != RTE_NONE || info->raises != RT_RAISES_NEVER) call_arg(&args, lo->ec);
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  for (uint32_t i = 0; i < mx_ir_list_count(lo->fn, ins->list); i++)
    call_arg(&args, mx_lower_value(lo, refs[i]));
  LLVMTypeRef type = call_result(lo, info->result);
  LLVMValueRef value = call_function(lo, lo->hooks->addresses[ins->imm], type, &args);
  if (info->raises == RT_RAISES_EXC) call_raises(lo, value, ins->snap, NULL);
  if (info->raises == RT_RAISES_REFUSES) call_refuses(lo, value, ins->snap);
  return value;
}

// ec->leaf says which leaf runs.
static void call_set_leaf(Lower *lo, const void *method) {
  mx_lower_store(lo, call_address(lo, method), lo->ec, lo->hooks->offsets[IRF_EC_LEAF],
                 LOWER_FIELD + IRF_EC_LEAF);
}

// The C leaf of a builtin method or a primitive: self and the arguments; parameters that got none
// are undefined.
static LLVMValueRef call_leaf(Lower *lo, const IrIns *ins) {
  const IrSite *site = &lo->fn->sites.at[ins->imm];
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  uint32_t argc = mx_ir_list_count(lo->fn, ins->list) - 1;
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, mx_lower_value(lo, refs[0]));
  if (site->params == IR_SITE_LIST) {
    call_arg(&args, LLVMConstInt(lo->i32, argc, 0));
    call_arg(&args, call_list(lo, ins, 1));
  }
  for (int32_t i = 0; i < site->params; i++)
    call_arg(&args,
             (uint32_t)i < argc ? mx_lower_value(lo, refs[i + 1]) : mx_lower_word(lo, VAL_UNDEF));
  if (site->method) call_set_leaf(lo, site->method);
  LLVMValueRef value = call_function(lo, site->leaf, lo->i64, &args);
  if (site->method) call_set_leaf(lo, NULL);
  if (site->effects & RTE_REFUSES) call_refuses(lo, value, ins->snap);
  if (site->effects & RTE_RAISES) call_raises(lo, value, ins->snap, site->method);
  return value;
}

// A call by the interpreter's protocol: the snapshot's values lie in the buffer, the arguments
// among them, as operands of the innermost frame.
static LLVMValueRef call_guest(Lower *lo, const IrIns *ins) {
  mx_lower_store_snap(lo, ins->snap);
  LLVMTypeRef type =
      LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->ptr, lo->i64, lo->i64, lo->ptr}, 5, 0);
  LLVMValueRef owner = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->job->owner);
  LLVMValueRef args[5] = {lo->ec, lo->frame, owner,
                          mx_lower_word(lo, (uint64_t)ins->snap << JIT_SITE_BITS | ins->imm),
                          lo->out};
  LLVMValueRef value = mx_lower_call_address(lo, (RtFn)lo->hooks->call, type, args, 5);
  call_leave_if(lo, value, VAL_EXC, ins->snap, JIT_LEAVE_RAISED);
  call_leave_if(lo, value, VAL_UNDEF, ins->snap, JIT_LEAVE_LANDED);
  return value;
}

// An Array or a Hash of the operands of the list.
static LLVMValueRef call_new_list(Lower *lo, const IrIns *ins, IrRtCall call) {
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, mx_lower_word(lo, mx_ir_list_count(lo->fn, ins->list)));
  call_arg(&args, call_list(lo, ins, 0));
  return call_function(lo, lo->hooks->addresses[call], lo->i64, &args);
}

static LLVMValueRef call_new_range(Lower *lo, const IrIns *ins) {
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, mx_lower_value(lo, ins->a[0]));
  call_arg(&args, mx_lower_value(lo, ins->a[1]));
  call_arg(&args, LLVMConstInt(lo->i1, ins->imm, 0));
  return call_function(lo, lo->hooks->addresses[RT_RANGE_NEW], lo->i64, &args);
}

static LLVMValueRef call_new_string(Lower *lo, const IrIns *ins) {
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, mx_lower_value(lo, ins->a[0]));
  return call_function(lo, lo->hooks->addresses[RT_STRING_DUP], lo->i64, &args);
}

// ---- closures

// The Env of the operands of the list.
static LLVMValueRef call_new_env(Lower *lo, const IrIns *ins) {
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, mx_lower_value(lo, ins->a[0]));
  call_arg(&args, call_address(lo, lo->fn->sites.at[ins->imm].method));
  call_arg(&args, mx_lower_word(lo, mx_ir_list_count(lo->fn, ins->list)));
  call_arg(&args, call_list(lo, ins, 0));
  return call_function(lo, lo->hooks->addresses[RT_ENV_OF], lo->i64, &args);
}

static LLVMValueRef call_new_proc(Lower *lo, const IrIns *ins) {
  CallArgs args = {.count = 0};
  call_arg(&args, lo->ec);
  call_arg(&args, mx_lower_value(lo, ins->a[0]));
  call_arg(&args, mx_lower_value(lo, ins->a[1]));
  call_arg(&args, mx_lower_value(lo, ins->a[2]));
  call_arg(&args, call_address(lo, lo->fn->sites.at[ins->imm].method));
  return call_function(lo, lo->hooks->addresses[RT_PROC_OF], lo->i64, &args);
}

// ---- plain objects

static LLVMValueRef call_object_hook(Lower *lo, const IrIns *ins) {
  LLVMTypeRef type = LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->i64}, 2, 0);
  LLVMValueRef args[2] = {lo->ec, mx_lower_word(lo, ins->imm)};
  return mx_lower_call_address(lo, (RtFn)lo->hooks->new_object, type, args, 2);
}

// Take the free cell that is the first of its list, and write its header.
static void call_take_cell(Lower *lo, const IrIns *ins, LLVMValueRef head, LLVMValueRef cell) {
  // The link lies where the header will be: no tag, so that the load stays before those stores.
  LLVMValueRef next = LLVMBuildLoad2(lo->at, lo->i64, mx_lower_pointer(lo, cell), "");
  mx_lower_store(lo, next, head, 0, LOWER_OTHER);
  mx_lower_store(lo, LLVMConstInt(lo->i32, ins->imm, 0), cell, lo->hooks->offsets[IRF_SHAPE],
                 LOWER_FIELD + IRF_SHAPE);
  mx_lower_store(lo, LLVMConstInt(lo->i32, lo->hooks->object_flags, 0), cell,
                 lo->hooks->offsets[IRF_FLAGS], LOWER_FIELD + IRF_FLAGS);
}

// A free cell, or what the hook gives when there is none.
static LLVMValueRef call_new_object(Lower *lo, const IrIns *ins) {
  if (ins->imm2 > lo->hooks->cell_max) return call_object_hook(lo, ins);
  uint64_t granules = (ins->imm2 + lo->hooks->granule - 1) / lo->hooks->granule;
  LLVMValueRef head = mx_lower_word(lo, (uint64_t)(uintptr_t)&lo->hooks->cells[granules]);
  LLVMBasicBlockRef take = mx_lower_block(lo, "take"), call = mx_lower_block(lo, "refill");
  LLVMBasicBlockRef done = mx_lower_block(lo, "");
  LLVMValueRef values[2] = {mx_lower_load(lo, lo->i64, head, 0, LOWER_OTHER)};
  LLVMValueRef any = LLVMBuildICmp(lo->at, LLVMIntNE, values[0], mx_lower_word(lo, 0), "");
  LLVMValueRef branch = LLVMBuildCondBr(lo->at, any, take, call);
  LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(lo->cx, "prof", 4), lo->unlikely);
  LLVMPositionBuilderAtEnd(lo->at, take);
  call_take_cell(lo, ins, head, values[0]);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, call);
  values[1] = call_object_hook(lo, ins);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
  LLVMValueRef object = LLVMBuildPhi(lo->at, lo->i64, "");
  LLVMAddIncoming(object, values, (LLVMBasicBlockRef[]){take, call}, 2);
  return object;
}

bool mx_lower_call(Lower *lo, const IrIns *ins, LLVMValueRef *result) {
  if (mx_lower_array(lo, ins)) return true;
  IrEffect effect = (IrEffect)mx_ir_info((IrOp)ins->op)->effect;
  bool runs = effect == IR_EFFECT_CALL || effect == IR_EFFECT_ALLOC;
  bool looks = ins->op == IR_RETURNED || ins->op == IR_RETURNED_OWN;
  if (runs && !looks) mx_lower_method_hold(lo);
  switch ((IrOp)ins->op) {
  case IR_CALL_RT: *result = call_runtime(lo, ins); return true;
  case IR_CALL_LEAF: *result = call_leaf(lo, ins); return true;
  case IR_CALL_SEND: *result = call_guest(lo, ins); return true;
  case IR_CALL_LOOKUP: *result = mx_lower_lookup(lo, ins); return true;
  case IR_CALL_GUEST: *result = mx_lower_method_call(lo, ins); return true;
  case IR_CALL_OWN: *result = mx_lower_own_call(lo, ins); return true;
  case IR_RETURNED_OWN: *result = mx_lower_own_returned(lo, ins); return true;
  case IR_CALL_YIELD: *result = mx_lower_yield(lo, ins); return true;
  case IR_RETURNED: *result = mx_lower_method_returned(lo, ins); return true;
  case IR_NEW_ARRAY: *result = call_new_list(lo, ins, RT_ARRAY_OF); return true;
  case IR_NEW_HASH: *result = call_new_list(lo, ins, RT_HASH_OF); return true;
  case IR_NEW_RANGE: *result = call_new_range(lo, ins); return true;
  case IR_NEW_ENV: *result = call_new_env(lo, ins); return true;
  case IR_NEW_PROC: *result = call_new_proc(lo, ins); return true;
  case IR_NEW_STRING: *result = call_new_string(lo, ins); return true;
  case IR_NEW_OBJECT: *result = call_new_object(lo, ins); return true;
  default: return false;
  }
}
