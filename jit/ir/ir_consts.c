// SPDX-License-Identifier: MIT
// Constants: interned, so that equal ones have one ref and a comparison of refs is enough.
#include "jit/ir/ir_consts.h"

#include <string.h>

enum { CONSTS_MIN_ROOM = 32 }; // slots of the first table

// Mix op and word into a hash.
static uint32_t consts_hash(IrOp op, uint64_t word) {
  uint64_t mixed = (word ^ (uint64_t)op << 56) * 0x9e3779b97f4a7c15u;
  return (uint32_t)(mixed >> 32);
}

// The slot that holds the constant, or the free one where it belongs.
static IrRef *consts_slot(const IrFn *fn, IrOp op, uint64_t word) {
  const IrConsts *table = fn->consts;
  for (uint32_t i = consts_hash(op, word);; i++) {
    IrRef *slot = &table->slots[i & (table->room - 1)];
    if (*slot == IR_NONE) return slot;
    const IrIns *ins = mx_ir_at(fn, *slot);
    if (ins->op == op && fn->words.at[ins->imm] == word) return slot;
  }
}

// Double the table and enter all constants anew.
static void consts_grow(IrFn *fn) {
  IrConsts *table = fn->consts;
  IrConsts old = *table;
  table->room = old.room ? old.room * 2 : CONSTS_MIN_ROOM;
  table->slots = mx_arena_array(fn->arena, IrRef, table->room);
  for (uint32_t i = 0; i < old.room; i++) {
    if (old.slots[i] == IR_NONE) continue;
    const IrIns *ins = mx_ir_at(fn, old.slots[i]);
    *consts_slot(fn, ins->op, fn->words.at[ins->imm]) = old.slots[i];
  }
}

// Find the constant, or make it.
IrRef mx_ir_consts_get(IrFn *fn, IrOp op, uint64_t word) {
  IrConsts *table = fn->consts;
  if (table->count * 2 >= table->room) consts_grow(fn);
  IrRef *slot = consts_slot(fn, op, word);
  if (*slot != IR_NONE) return *slot;
  IrIns ins = {.op = op,
               .type = mx_ir_info(op)->result,
               .block = IR_NO_BLOCK,
               .imm = fn->words.count,
               .snap = SNAP_NONE};
  vec_push(&fn->words, word);
  vec_push(&fn->ins, ins);
  table->count++;
  return *slot = fn->ins.count - 1;
}

// The constant of an Integer.
IrRef mx_ir_int(IrFn *fn, int64_t n) { return mx_ir_consts_get(fn, IR_KINT, (uint64_t)n); }

// The constant of a double, by its bits.
IrRef mx_ir_double(IrFn *fn, double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return mx_ir_consts_get(fn, IR_KDOUBLE, bits);
}

// The constant of a truth value.
IrRef mx_ir_bool(IrFn *fn, bool b) { return mx_ir_consts_get(fn, IR_KBOOL, b); }

// A constant by its word.
IrRef mx_ir_const(IrFn *fn, IrOp op, uint64_t word) {
  MX_ASSERT(mx_ir_is_const(op), "%s is no constant", mx_ir_info(op)->text);
  return mx_ir_consts_get(fn, op, word);
}

// The constant's word.
uint64_t mx_ir_word(const IrFn *fn, IrRef ref) {
  MX_ASSERT(mx_ir_is_const(mx_ir_at(fn, ref)->op), "%%%u is no constant", ref);
  return fn->words.at[mx_ir_at(fn, ref)->imm];
}

// The double of a KDOUBLE.
double mx_ir_double_of(const IrFn *fn, IrRef ref) {
  uint64_t bits = mx_ir_word(fn, ref);
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}
