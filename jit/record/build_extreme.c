// SPDX-License-Identifier: MIT
// Building [a, b].min and [a, b].max of numbers: comparisons, and no Array.
#include "runtime/array.h"
#include "jit/record/build.h"
#include <string.h>

enum { EXTREME_MAX = 8 }; // elements; with more of them a loop in C is as good

// The type of all elements of Arrays of the only strategy that was seen; VOID: not known.
static IrType extreme_type(const TypeSet *arrays) {
  switch (arrays->strategies) {
  case 1u << ARRAY_INT: return IRT_INT;
  case 1u << ARRAY_DOUBLE: return IRT_DOUBLE;
  default: return IRT_VOID;
  }
}

// The elements as numbers of a type; false when control has left.
static bool extreme_numbers(Builder *b, uint32_t count, const IrRef *elements, IrType type,
                            IrRef *out) {
  for (uint32_t i = 0; i < count; i++) {
    out[i] = mx_build_unboxed(b, elements[i]);
    out[i] = mx_build_as(b, &out[i], type);
    if (b->block == IR_NO_BLOCK) return false;
    if (type != IRT_DOUBLE) continue;
    // C raises where a NaN is compared.
    IrRef ordered = mx_build_emit(b, IR_FEQ, out[i], out[i], IR_NONE, 0);
    mx_build_guard(b, IR_GUARD_TRUE, ordered, IR_NONE, 0);
  }
  return true;
}

bool mx_build_extreme(Builder *b, const BuildLeaf *call) {
  if (strcmp(call->row->name, "array_extreme") != 0) return false;
  const IrIns *way = mx_ir_at(b->fn, mx_build_resolve(b, *mx_build_top(b, 0)));
  IrType type = extreme_type(&call->seen->in[1]);
  uint32_t count;
  const IrRef *elements;
  if (way->op != IR_KBOOL || type == IRT_VOID) return false;
  bool largest = mx_ir_word(b->fn, mx_build_resolve(b, *mx_build_top(b, 0)));
  if (!mx_build_elements(b, *mx_build_top(b, 1), &count, &elements)) return false;
  if (count == 0 || count > EXTREME_MAX) return false;
  if (!mx_build_orders(b, type == IRT_INT ? BASIC_INTEGER : BASIC_FLOAT)) return false;
  IrRef numbers[EXTREME_MAX];
  if (!extreme_numbers(b, count, elements, type, numbers)) return true;
  IrOp ints = largest ? IR_GT : IR_LT, doubles = largest ? IR_FGT : IR_FLT;
  IrRef best = numbers[0];
  for (uint32_t i = 1; i < count; i++) {
    IrRef better = mx_build_emit(b, type == IRT_INT ? ints : doubles, numbers[i], best, IR_NONE, 0);
    IrIns pick = {.op = IR_SELECT, .type = (uint8_t)type, .snap = SNAP_NONE};
    pick.a[0] = better;
    pick.a[1] = numbers[i];
    pick.a[2] = best;
    best = mx_ir_emit(b->fn, b->block, &pick);
  }
  mx_build_done(b, 2, best);
  return true;
}
