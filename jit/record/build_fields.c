// SPDX-License-Identifier: MIT
// Building variables of objects of several shapes: a class whose objects set theirs in different
// orders, or not all of them, and the classes that inherit a method.
//
// Shapes that have the variable at one place share a way; objects of shapes that were not seen ask
// C, since nothing is gained by leaving for one more.
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

bool mx_build_are_plain(const Builder *b, const TypeSet *seen) {
  if (seen->boxed) return false;
  for (uint32_t i = 0; i < seen->shape_count; i++) {
    const Shape *shape = mx_shape_at(b->vm, seen->shapes[i]);
    if (shape->klass->instance_type != T_OBJECT || shape->layout->dictionary) return false;
  }
  return seen->shape_count > 0;
}

// May what is done to a variable be done in one way to objects of two shapes? They have it at one
// place; where it is only loaded, neither may have it, too.
static bool fields_are_alike(const Builder *b, uint32_t one, uint32_t other,
                             const BuildFields *of) {
  BuildField a, c;
  bool has = mx_build_field(b, one, of->name, &a);
  if (has != mx_build_field(b, other, of->name, &c)) return false;
  if (!has) return !of->stores;
  return a.slot == c.slot && a.outside == c.outside && a.is_double == c.is_double;
}

// Is what is done to the variable built for objects of the shape?
static bool fields_are_built(const Builder *b, uint32_t shape, const BuildFields *of) {
  return !of->stores || mx_build_may_store(b, shape, of->name);
}

// Has the object one of the shapes that are like shapes[first]? They are marked as done.
static IrRef fields_test(Builder *b, IrRef shape, uint32_t first, const BuildFields *of,
                         bool *done) {
  const TypeSet *seen = of->seen;
  IrRef any = IR_NONE;
  for (uint32_t i = first; i < seen->shape_count; i++) {
    bool like = i == first || (fields_are_alike(b, seen->shapes[first], seen->shapes[i], of) &&
                               fields_are_built(b, seen->shapes[i], of));
    if (done[i] || !like) continue;
    done[i] = true;
    IrRef known = mx_ir_const(b->fn, IR_KWORD, seen->shapes[i]);
    IrRef is = mx_build_emit(b, IR_WEQ, shape, known, IR_NONE, 0);
    IrIns either = {.op = IR_SELECT, .type = IRT_BOOL, .snap = SNAP_NONE};
    either.a[0] = any;
    either.a[1] = mx_ir_bool(b->fn, true);
    either.a[2] = is;
    any = any ? mx_ir_emit(b->fn, b->block, &either) : is;
  }
  return any;
}

// Load or store it in objects of a shape.
static void fields_known(Builder *b, IrRef object, uint32_t shape, const BuildFields *of) {
  IrRef value = IR_NONE;
  if (!of->stores)
    value = mx_build_load_field(b, object, shape, of->name);
  else if (!mx_build_store_field(b, object, shape, of->name, mx_build_top(b, 0), of->value))
    mx_build_unknown(b);
  else if (of->gives && b->block != IR_NO_BLOCK)
    value = *mx_build_top(b, 0);
  if (b->block != IR_NO_BLOCK) mx_build_done(b, of->pops, value);
}

// By C.
static void fields_asked(Builder *b, IrRef object, const BuildFields *of) {
  IrRef refs[] = {mx_build_val(b, object), mx_ir_const(b->fn, IR_KVAL, val_from_sym(of->asked)),
                  of->stores ? mx_build_val(b, *mx_build_top(b, 0)) : IR_NONE};
  uint32_t effects = RTE_COLLECTS | RTE_REFUSES | (of->stores ? (uint32_t)RTE_WRITES : 0);
  BuildCall call = {of->otherwise, of->stores ? 2 : 1, effects, NULL};
  IrRef value = mx_build_c_call(b, &call, of->stores ? 3 : 2, refs);
  if (of->stores) value = of->gives ? *mx_build_top(b, 0) : IR_NONE;
  mx_build_done(b, of->pops, value);
}

void mx_build_fields(Builder *b, IrRef object, const BuildFields *of) {
  BuildArms arms = {0};
  bool done[SEEN_MAX_SHAPES] = {0};
  IrRef shape = mx_build_emit(b, IR_FIELD_LOAD, object, IR_NONE, IR_NONE, IRF_SHAPE);
  for (uint32_t i = 0; i < of->seen->shape_count && b->block != IR_NO_BLOCK; i++) {
    if (done[i] || !fields_are_built(b, of->seen->shapes[i], of)) continue;
    mx_build_arm(b, &arms, fields_test(b, shape, i, of, done));
    fields_known(b, object, of->seen->shapes[i], of);
    mx_build_arm_end(b, &arms);
  }
  if (b->block != IR_NO_BLOCK) fields_asked(b, object, of);
  mx_build_arms_join(b, &arms);
}
