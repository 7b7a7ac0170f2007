// SPDX-License-Identifier: MIT
// Builtin methods that are a few instructions of IR, by their row. The receiver
// has been narrowed to the shape that the entry is for, and its method is assumed.
#include "runtime/builtin.h"
#include "jit/record/build.h"

// array.length
static bool leaf_array_length(Builder *b, const Seen *seen) {
  (void)seen;
  IrRef array = mx_build_resolve(b, *mx_build_top(b, 0));
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  mx_build_done(b, 1, mx_build_emit(b, IR_WORD_TO_INT, length, IR_NONE, IR_NONE, 0));
  return true;
}

// integer.to_f
static bool leaf_integer_to_f(Builder *b, const Seen *seen) {
  (void)seen;
  IrRef n = mx_build_resolve(b, *mx_build_top(b, 0));
  mx_build_done(b, 1, mx_build_emit(b, IR_INT_TO_DOUBLE, n, IR_NONE, IR_NONE, 0));
  return true;
}

// float.to_i
static bool leaf_float_to_i(Builder *b, const Seen *seen) {
  (void)seen;
  IrRef d = mx_build_resolve(b, *mx_build_top(b, 0));
  mx_build_done(b, 1, mx_build_guard(b, IR_DOUBLE_TO_INT, d, IR_NONE, 0));
  return true;
}

// Math.sqrt of what was always a Float, and not below 0.
static bool leaf_sqrt(Builder *b, const Seen *seen) {
  IrRef *top = mx_build_top(b, 0);
  bool flat = mx_build_type(b, mx_build_resolve(b, *top)) == IRT_DOUBLE;
  if (!flat && mx_seen_only(&seen->in[0]) != SEEN_FLOAT) return false;
  IrRef d = mx_build_as(b, top, IRT_DOUBLE);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef ok = mx_build_emit(b, IR_FGE, d, mx_ir_double(b->fn, 0.0), IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, ok, IR_NONE, 0);
  mx_build_done(b, 2, mx_build_emit(b, IR_FSQRT, d, IR_NONE, IR_NONE, 0));
  return true;
}

// A builtin's row and what builds a call of it.
typedef struct LeafBuilder {
  uint16_t class_offset; // of the row: its class in BootClasses
  const char *name;      // of the row
  bool (*build)(Builder *b, const Seen *seen);
} LeafBuilder;

bool mx_build_leaf(Builder *b, const CallEntry *entry, const Seen *seen) {
  static const LeafBuilder builders[] = {
      {offsetof(BootClasses, Array), "length", leaf_array_length},
      {offsetof(BootClasses, Integer), "to_f", leaf_integer_to_f},
      {offsetof(BootClasses, Float), "to_i", leaf_float_to_i},
      {offsetof(BootClasses, Math), "sqrt", leaf_sqrt},
  };
  const BuiltinRow *row = entry->cell->me->as.row;
  for (size_t i = 0; i < sizeof builders / sizeof *builders; i++)
    if (builders[i].class_offset == row->class_offset && strcmp(builders[i].name, row->name) == 0)
      return builders[i].build(b, seen);
  return false;
}
