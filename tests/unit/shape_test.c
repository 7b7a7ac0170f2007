// SPDX-License-Identifier: MIT
// Unit tests of runtime/shape.
#include "tests/unit/vm_fixture.h"

// Equal parts are one shape, and any part tells two apart.
START_TEST(shapes_by_parts) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *a = mx_class_new(ec, vm->cls.Object), *b = mx_class_new(ec, vm->cls.Object);
  ShapeId id = mx_shape_get(vm, a, a->root_layout, 0, 4);
  ck_assert_uint_eq(mx_shape_get(vm, a, a->root_layout, 0, 4), id);
  ck_assert_uint_ne(mx_shape_get(vm, a, a->root_layout, SHAPE_FROZEN, 4), id);
  ck_assert_uint_ne(mx_shape_get(vm, a, a->root_layout, 0, 6), id);
  ck_assert_uint_ne(mx_shape_get(vm, b, a->root_layout, 0, 4), id);
  ck_assert_ptr_eq(mx_shape_at(vm, id)->klass, a);
}
END_TEST

// Thousands of shapes stay findable while the table grows.
START_TEST(many_shapes) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  static ShapeId ids[5000];
  const uint16_t count = MX_COUNT_OF(ids);
  ClassObj *a = mx_class_new(ec, vm->cls.Object);
  for (uint16_t i = 0; i < count; i++) ids[i] = mx_shape_get(vm, a, a->root_layout, 0, i);
  for (uint16_t i = 0; i < count; i++)
    ck_assert_uint_eq(mx_shape_get(vm, a, a->root_layout, 0, i), ids[i]);
}
END_TEST

// Give an object a singleton class that dies with it; keeps no word of either.
static __attribute__((noinline)) void make_single(ExecCtx *ec, ClassObj *klass) {
  Value object = mx_object_new(ec, klass);
  ck_assert_ptr_nonnull(mx_class_singleton(ec, object));
  ck_assert(mx_ivar_set(ec, object, SYM_name, VAL_NIL));
  Value text = mx_str_from_cstr(ec, "text");
  ck_assert_ptr_nonnull(mx_class_singleton(ec, text));
}

// Make a class with an instance that has more fields than are searched one by one.
static __attribute__((noinline)) void make_class(ExecCtx *ec) {
  Value object = mx_object_new(ec, mx_class_new(ec, ec->vm->cls.Object));
  for (Sym name = SYM_NONE + 1; name <= 2 * LAYOUT_LINEAR; name++)
    ck_assert(mx_ivar_set(ec, object, name, val_from_fixnum(name)));
  ck_assert(val_is_nil(mx_ivar_get(ec, object, SYM_iv_members)));
}

// The shapes of dead classes are given back, and their ids answer with the grave.
START_TEST(shapes_die_with_their_class) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  vm->booted = true; // what was made before lives for good
  make_single(ec, vm->cls.Object);
  make_class(ec);
  uint32_t living = vm->shapes.live, first = vm->shapes.count;
  size_t used = 0;
  for (int round = 0; round < 20; round++) {
    for (int i = 0; i < 500; i++) make_single(ec, vm->cls.Object);
    for (int i = 0; i < 500; i++) make_class(ec);
    mx_gc_collect();
    mx_gc_run_finalizers();
    if (round == 9) used = vm->shapes.arena.used;
  }
  ck_assert_uint_gt(vm->shapes.count, first + 20000);
  ck_assert_uint_lt(vm->shapes.live, living + 4000);
  ck_assert_uint_le(vm->shapes.arena.used, used + used / 10);
  uint32_t graves = 0;
  for (ShapeId id = 1; id < vm->shapes.count; id++)
    graves += mx_shape_at(vm, id) == vm->shapes.grave;
  ck_assert_uint_eq(graves, vm->shapes.count - 1 - vm->shapes.live);
}
END_TEST

// Layouts with many fields find each by name.
START_TEST(wide_layouts) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *a = mx_class_new(ec, vm->cls.Object);
  Layout *layout = a->root_layout;
  for (uint32_t i = 0; i < SHAPE_MAX_FIELDS; i++) {
    layout = mx_layout_add(vm, a, layout, 1 + i, FIELD_REP_VALUE);
    ck_assert_ptr_nonnull(layout);
  }
  uint32_t index;
  FieldRep rep;
  for (uint32_t i = 0; i < SHAPE_MAX_FIELDS; i++) {
    ck_assert(mx_layout_find(vm, layout, 1 + i, &index, &rep));
    ck_assert_uint_eq(index, i);
  }
  ck_assert(!mx_layout_find(vm, layout, 1 + SHAPE_MAX_FIELDS, &index, &rep));
  ck_assert_ptr_null(mx_layout_add(vm, a, layout, 9999, FIELD_REP_VALUE));
}
END_TEST

// Once a field was generalized, new objects get the general form; later fields keep theirs.
START_TEST(generalization) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *a = mx_class_new(ec, vm->cls.Object);
  Layout *x = mx_layout_add(vm, a, a->root_layout, 1, FIELD_REP_DOUBLE);
  Layout *xy = mx_layout_add(vm, a, x, 2, FIELD_REP_DOUBLE);
  Layout *general = mx_layout_generalize(vm, a, xy, 1);
  ck_assert_int_eq(general->rep, FIELD_REP_DOUBLE);
  ck_assert_int_eq(general->parent->rep, FIELD_REP_VALUE);
  ck_assert_ptr_eq(mx_layout_add(vm, a, a->root_layout, 1, FIELD_REP_DOUBLE), general->parent);
  ck_assert_ptr_eq(mx_layout_generalize(vm, a, xy, 1), general);
}
END_TEST

// A class has a limited number of branches.
START_TEST(branches_are_limited) {
  ExecCtx *ec = fixture_vm();
  ClassObj *a = mx_class_new(ec, ec->vm->cls.Object);
  uint32_t made = 0;
  for (Sym name = 1; name < 1000; name++)
    made += mx_layout_add(ec->vm, a, a->root_layout, name, FIELD_REP_VALUE) != NULL;
  ck_assert_uint_eq(made, SHAPE_MAX_LAYOUTS + 1);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("shape");
  tcase_add_test(tests, shapes_by_parts);
  tcase_add_test(tests, many_shapes);
  tcase_add_test(tests, shapes_die_with_their_class);
  tcase_add_test(tests, wide_layouts);
  tcase_add_test(tests, generalization);
  tcase_add_test(tests, branches_are_limited);
  return fixture_run("shape", tests);
}
