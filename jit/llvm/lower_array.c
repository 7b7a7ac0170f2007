// SPDX-License-Identifier: MIT
// Appending to an Array: a store where it has room and keeps such values. Where it must grow, copy
// what it shares or change its strategy C does it, behind the hot code.
//
// In a loop that appends to one Array and in which nothing else may touch its buffer, what says
// whether it has room, and the buffer itself, are kept in registers: they are read in the
// preheader, and again when C has been at work. They are variables of the function (LowerAppend),
// of which LLVM makes values.
// PERF: `map { }.select { }.sum` over Integers took 2.57 ns an element without, 2.30 with (the
// fastest of 180 rounds).
#include "runtime/array.h"
#include "jit/ir/ir_cfg.h"
#include "jit/llvm/lower.h"
#include <stdlib.h>

// How an Array must keep its elements for a value of a type to be stored as it is.
static uint32_t array_flags(IrType type) {
  ArrayStrategy strategy = type == IRT_INT      ? ARRAY_INT
                           : type == IRT_DOUBLE ? ARRAY_DOUBLE
                                                : ARRAY_ANY;
  return (uint32_t)strategy << FL_ARRAY_STRATEGY_SHIFT;
}

// Elements that the Array can have before C must look: its capacity, none unless the buffer is its
// own and of the strategy for that type.
static LLVMValueRef array_room(Lower *lo, LLVMValueRef array, IrType type) {
  uint64_t mask = 3u << FL_ARRAY_STRATEGY_SHIFT | FL_ARRAY_SHARED;
  LLVMValueRef flags = mx_lower_field(lo, array, IRF_FLAGS);
  flags = LLVMBuildAnd(lo->at, flags, mx_lower_word(lo, mask), "");
  LLVMValueRef fits =
      LLVMBuildICmp(lo->at, LLVMIntEQ, flags, mx_lower_word(lo, array_flags(type)), "");
  LLVMValueRef cap = mx_lower_field(lo, array, IRF_ARRAY_CAP);
  return LLVMBuildSelect(lo->at, fits, cap, mx_lower_word(lo, 0), "");
}

// Let C do it.
static void array_add_slowly(Lower *lo, LLVMValueRef array, LLVMValueRef len, LLVMValueRef value) {
  bool flat = LLVMTypeOf(value) == lo->f64;
  LLVMTypeRef types[4] = {lo->ptr, lo->i64, lo->i64, lo->i64};
  LLVMValueRef args[4] = {lo->ec, array, len, flat ? mx_lower_box_double(lo, value) : value};
  mx_lower_method_hold(lo);
  mx_lower_call_address(lo, lo->hooks->addresses[RT_ARRAY_ADD],
                        LLVMFunctionType(lo->none, types, 4, 0), args, 4);
}

// ---- loops that append to one Array

// The Array, and the value, of a call that appends.
static IrRef array_operand(const Lower *lo, IrRef call, uint32_t i) {
  return mx_ir_list_refs(lo->fn, mx_ir_at(lo->fn, call)->list)[i];
}

static bool array_is_add(const IrIns *ins) {
  return ins->op == IR_CALL_RT && ins->imm == RT_ARRAY_ADD;
}

// May an instruction that does not append change an Array's buffer, room or flags? C leaves may
// share a buffer.
static bool array_disturbs(const Lower *lo, const IrIns *ins) {
  uint32_t writes = RTE_GUEST | RTE_WRITES_FIELD | RTE_WRITES_ARRAY;
  if (ins->op == IR_CALL_RT) return (mx_ir_call_effects(lo->fn, ins) & writes) != 0;
  if (ins->op == IR_FIELD_STORE)
    return ins->imm == IRF_FLAGS || ins->imm == IRF_ARRAY_CAP || ins->imm == IRF_ARRAY_BUFFER;
  return mx_ir_info((IrOp)ins->op)->effect == IR_EFFECT_CALL;
}

// The one call in a loop that appends; IR_NONE if there are more, or what disturbs them.
static IrRef array_only_add(const Lower *lo, const IrLoop *loop) {
  IrRef only = IR_NONE;
  for (uint32_t i = 0; i < loop->count; i++) {
    IrRef ref = mx_ir_block_at(lo->fn, loop->blocks[i])->first;
    for (; ref; ref = mx_ir_at(lo->fn, ref)->next) {
      bool adds = array_is_add(mx_ir_at(lo->fn, ref));
      if (adds ? only != IR_NONE : array_disturbs(lo, mx_ir_at(lo->fn, ref))) return IR_NONE;
      if (adds) only = ref;
    }
  }
  return only;
}

// Look through the guards of an Array that stand in the loop, for the value that was there before
// it; false if there is none. `shape`: what a guard in the loop asks for, 0 when it need not be
// asked.
static bool array_before(const Lower *lo, const IrCfg *cfg, IrLoopId loop, LowerAppend *append) {
  IrRef ref = array_operand(lo, append->call, 0);
  for (;;) {
    const IrIns *ins = mx_ir_at(lo->fn, ref);
    bool known = ins->op == IR_GUARD_SHAPE || ins->op == IR_NEW_ARRAY;
    append->array = ref;
    if (ins->block == IR_NO_BLOCK || !mx_ir_cfg_in_loop(cfg, loop, ins->block))
      return known || append->shape;
    if (ins->op == IR_GUARD_SHAPE)
      append->shape = ins->imm;
    else if (ins->op != IR_GUARD_OBJ)
      return false;
    ref = ins->a[0];
  }
}

// Note what a loop appends to.
static void array_find(Lower *lo, const IrCfg *cfg, IrLoopId id) {
  const IrLoop *loop = &cfg->loops[id];
  IrRef call = loop->preheader == IR_NO_BLOCK ? IR_NONE : array_only_add(lo, loop);
  LowerAppend append = {.call = call, .preheader = loop->preheader, .next = lo->appends};
  if (!call || !array_before(lo, cfg, id, &append)) return;
  for (const LowerAppend *a = lo->appends; a; a = a->next)
    if (a->call == call) return;
  append.room = LLVMBuildAlloca(lo->at, lo->i64, "");
  append.buffer = LLVMBuildAlloca(lo->at, lo->i64, "");
  lo->appends = malloc(sizeof append);
  *lo->appends = append;
}

// Outer loops first: where one appends, the variables hold in the loops inside.
void mx_lower_appends_find(Lower *lo) {
  if (lo->job->budget) return;
  IrCfg cfg;
  mx_ir_cfg_make(lo->fn, &cfg);
  for (IrLoopId id = 0; id < cfg.loop_count && !cfg.irreducible; id++) array_find(lo, &cfg, id);
  mx_ir_cfg_free(&cfg);
}

void mx_lower_appends_free(Lower *lo) {
  for (LowerAppend *next; lo->appends; lo->appends = next) {
    next = lo->appends->next;
    free(lo->appends);
  }
}

// Read the variables of a loop from its Array.
static void array_read(Lower *lo, const LowerAppend *append, LLVMValueRef array) {
  IrType type = (IrType)mx_ir_at(lo->fn, array_operand(lo, append->call, 2))->type;
  LLVMBuildStore(lo->at, array_room(lo, array, type), append->room);
  LLVMBuildStore(lo->at, mx_lower_field(lo, array, IRF_ARRAY_BUFFER), append->buffer);
}

// Go on in a new block if a condition holds, else in `none`.
static void array_ask(Lower *lo, LLVMValueRef holds, LLVMBasicBlockRef none) {
  LLVMBasicBlockRef next = mx_lower_block(lo, "");
  LLVMBuildCondBr(lo->at, holds, next, none);
  LLVMPositionBuilderAtEnd(lo->at, next);
}

// Likewise in front of the loop. What only a guard in the loop says is an Array may be anything:
// then there is no room, and the guard leaves.
static void array_begin(Lower *lo, const LowerAppend *append) {
  LLVMValueRef array = mx_lower_value(lo, append->array);
  if (!append->shape) {
    array_read(lo, append, array);
    return;
  }
  LLVMBasicBlockRef none = mx_lower_block(lo, "");
  LLVMBuildStore(lo->at, mx_lower_word(lo, 0), append->room);
  LLVMBuildStore(lo->at, mx_lower_word(lo, 0), append->buffer);
  array_ask(lo, mx_lower_is_heap(lo, array), none);
  LLVMValueRef shape = mx_lower_field(lo, array, IRF_SHAPE);
  LLVMValueRef wanted = mx_lower_word(lo, append->shape);
  array_ask(lo, LLVMBuildICmp(lo->at, LLVMIntEQ, shape, wanted, ""), none);
  array_read(lo, append, array);
  LLVMBuildBr(lo->at, none);
  LLVMPositionBuilderAtEnd(lo->at, none);
}

void mx_lower_appends_begin(Lower *lo, IrBlockId block) {
  for (const LowerAppend *a = lo->appends; a; a = a->next)
    if (a->preheader == block) array_begin(lo, a);
}

// ---- appending

static const LowerAppend *array_append_of(const Lower *lo, const IrIns *call) {
  const LowerAppend *append = lo->appends;
  while (append && mx_ir_at(lo->fn, append->call) != call) append = append->next;
  return append;
}

static void array_add(Lower *lo, const IrIns *ins) {
  const IrRef *refs = mx_ir_list_refs(lo->fn, ins->list);
  const LowerAppend *append = array_append_of(lo, ins);
  IrType type = (IrType)mx_ir_at(lo->fn, refs[2])->type;
  LLVMValueRef array = mx_lower_value(lo, refs[0]), len = mx_lower_value(lo, refs[1]);
  LLVMValueRef value = mx_lower_value(lo, refs[2]);
  if (type == IRT_INT) value = LLVMBuildOr(lo->at, value, mx_lower_word(lo, 1), "");
  LLVMValueRef room =
      append ? LLVMBuildLoad2(lo->at, lo->i64, append->room, "") : array_room(lo, array, type);
  LLVMBasicBlockRef slow = mx_lower_unless(lo, LLVMBuildICmp(lo->at, LLVMIntULT, len, room, ""));
  LLVMBasicBlockRef done = mx_lower_block(lo, "");
  LLVMValueRef buffer = append ? LLVMBuildLoad2(lo->at, lo->i64, append->buffer, "")
                               : mx_lower_field(lo, array, IRF_ARRAY_BUFFER);
  LLVMValueRef end =
      LLVMBuildGEP2(lo->at, LLVMTypeOf(value), mx_lower_pointer(lo, buffer), &len, 1, "");
  mx_lower_store(lo, value, end, 0, LOWER_ELEM);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, slow);
  array_add_slowly(lo, array, len, value);
  if (append) array_read(lo, append, array);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
}

// ---- giving up a buffer

// Give up the buffer of an Array that nobody will look at again. Small ones are left to the
// collector, which finds them by the block.
static void array_clear(Lower *lo, const IrIns *ins) {
  LLVMValueRef array = mx_lower_value(lo, mx_ir_list_refs(lo->fn, ins->list)[0]);
  LLVMValueRef small = LLVMBuildICmp(lo->at, LLVMIntULT, mx_lower_field(lo, array, IRF_ARRAY_CAP),
                                     mx_lower_word(lo, lo->fn->give_back), "");
  LLVMBasicBlockRef large = mx_lower_unless(lo, small);
  LLVMBasicBlockRef done = mx_lower_block(lo, "");
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, large);
  LLVMTypeRef types[2] = {lo->ptr, lo->i64};
  LLVMValueRef args[2] = {lo->ec, array};
  mx_lower_call_address(lo, lo->hooks->addresses[RT_ARRAY_CLEAR],
                        LLVMFunctionType(lo->none, types, 2, 0), args, 2);
  LLVMBuildBr(lo->at, done);
  LLVMPositionBuilderAtEnd(lo->at, done);
}

bool mx_lower_array(Lower *lo, const IrIns *ins) {
  if (ins->op != IR_CALL_RT) return false;
  if (ins->imm == RT_ARRAY_ADD) array_add(lo, ins);
  if (ins->imm == RT_ARRAY_CLEAR) array_clear(lo, ins);
  return ins->imm == RT_ARRAY_ADD || ins->imm == RT_ARRAY_CLEAR;
}
