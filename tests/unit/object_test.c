// SPDX-License-Identifier: MIT
// Unit tests of runtime/object and runtime/ivar.
#include "runtime/float.h"
#include "tests/unit/vm_fixture.h"

#include <stdio.h>

// Shape of a value.
static const Shape *shape_of(ExecCtx *ec, Value v) {
  return mx_shape_at(ec->vm, val_header(v)->shape);
}

// Make an instance of a new class.
static Value new_instance(ExecCtx *ec) {
  return mx_object_new(ec, mx_class_new(ec, ec->vm->cls.Object));
}

// Name number i of a series of variables.
static Sym ivar_name(ExecCtx *ec, int i) {
  char name[24];
  snprintf(name, sizeof name, "@v%d", i);
  return mx_sym(ec->vm, name);
}

// Many variables keep their values, inline and past the inline slots.
START_TEST(many_variables) {
  ExecCtx *ec = fixture_vm();
  ClassObj *klass = mx_class_new(ec, ec->vm->cls.Object);
  for (int round = 0; round < 3; round++) {
    Value object = mx_object_new(ec, klass);
    for (int i = 0; i < 100; i++)
      ck_assert(mx_ivar_set(ec, object, ivar_name(ec, i), val_from_fixnum(i * 7 + round)));
    for (int i = 0; i < 100; i++)
      ck_assert_int_eq(val_to_fixnum(mx_ivar_get(ec, object, ivar_name(ec, i))), i * 7 + round);
    ck_assert(!shape_of(ec, object)->layout->dictionary);
    ck_assert(val_is_nil(mx_ivar_get(ec, object, ivar_name(ec, 100))));
  }
}
END_TEST

// A class learns how many variables its instances have, and gives later ones room inside.
START_TEST(inline_capacity_is_learned) {
  ExecCtx *ec = fixture_vm();
  Value first = new_instance(ec);
  ClassObj *klass = shape_of(ec, first)->klass;
  ck_assert_uint_eq(shape_of(ec, first)->inline_cap, 0);
  for (int i = 0; i < 3; i++) ck_assert(mx_ivar_set(ec, first, ivar_name(ec, i), VAL_TRUE));
  Value second = mx_object_new(ec, klass);
  ck_assert_uint_eq(shape_of(ec, second)->inline_cap, 4);
}
END_TEST

// A field first set to a Float holds a raw double; another value generalizes it and the class.
START_TEST(double_fields_generalize) {
  ExecCtx *ec = fixture_vm();
  Sym x = mx_sym(ec->vm, "@x"), y = mx_sym(ec->vm, "@y");
  Value a = new_instance(ec);
  ClassObj *klass = shape_of(ec, a)->klass;
  ck_assert(mx_ivar_set(ec, a, x, mx_float_new(ec, 1.5)));
  ck_assert(mx_ivar_set(ec, a, y, mx_float_new(ec, 0.0)));
  ck_assert_int_eq(shape_of(ec, a)->layout->rep, FIELD_REP_DOUBLE);
  ck_assert(val_to_double(mx_ivar_get(ec, a, y)) == 0.0);
  ck_assert(mx_ivar_set(ec, a, x, VAL_TRUE));
  ck_assert(mx_ivar_get(ec, a, x) == VAL_TRUE);
  ck_assert(val_to_double(mx_ivar_get(ec, a, y)) == 0.0);
  ck_assert_int_eq(shape_of(ec, a)->layout->parent->rep, FIELD_REP_VALUE);
  Value b = mx_object_new(ec, klass);
  ck_assert(mx_ivar_set(ec, b, x, mx_float_new(ec, 2.5)));
  ck_assert_int_eq(shape_of(ec, b)->layout->rep, FIELD_REP_VALUE);
  ck_assert(val_to_double(mx_ivar_get(ec, b, x)) == 2.5);
}
END_TEST

// Too many layouts in a class make its objects dictionaries; values and order stay.
START_TEST(dictionary_mode) {
  ExecCtx *ec = fixture_vm();
  ClassObj *klass = mx_class_new(ec, ec->vm->cls.Object);
  Value last = VAL_NIL;
  for (int i = 0; i < 100; i++) {
    last = mx_object_new(ec, klass);
    ck_assert(mx_ivar_set(ec, last, ivar_name(ec, i), val_from_fixnum(i)));
    ck_assert(mx_ivar_set(ec, last, ivar_name(ec, i + 1), mx_float_new(ec, i)));
    ck_assert_int_eq(val_to_fixnum(mx_ivar_get(ec, last, ivar_name(ec, i))), i);
    ck_assert(val_to_double(mx_ivar_get(ec, last, ivar_name(ec, i + 1))) == i);
  }
  ck_assert(shape_of(ec, last)->layout->dictionary);
  ck_assert_uint_le(klass->layout_count, SHAPE_MAX_LAYOUTS);
}
END_TEST

// Note the names of variables in order.
static void note_name(void *ctx, Sym name, Value value) {
  Sym **at = ctx;
  MX_UNUSED(value);
  *(*at)++ = name;
}

// Removing a variable keeps the others and their order; it can be set again, as the last.
START_TEST(remove_and_enumerate) {
  ExecCtx *ec = fixture_vm();
  Value object = new_instance(ec);
  for (int i = 0; i < 4; i++)
    ck_assert(mx_ivar_set(ec, object, ivar_name(ec, i), val_from_fixnum(i)));
  ck_assert_int_eq(val_to_fixnum(mx_ivar_remove(ec, object, ivar_name(ec, 1))), 1);
  ck_assert(val_is_undef(mx_ivar_remove(ec, object, ivar_name(ec, 1))));
  ck_assert(!mx_ivar_defined(ec, object, ivar_name(ec, 1)));
  ck_assert(mx_ivar_set(ec, object, ivar_name(ec, 1), VAL_TRUE));
  Sym names[8], *at = names;
  mx_ivar_each(ec, object, note_name, &at);
  ck_assert_int_eq(at - names, 4);
  int order[] = {0, 2, 3, 1};
  for (int i = 0; i < 4; i++) ck_assert_uint_eq(names[i], ivar_name(ec, order[i]));
}
END_TEST

// Objects of built-in classes and of their subclasses have variables too, and lose none in a
// collection.
START_TEST(variables_of_other_types) {
  ExecCtx *ec = fixture_vm();
  Sym x = mx_sym(ec->vm, "@x");
  ClassObj *sub = mx_class_new(ec, ec->vm->cls.String);
  Value objects[] = {mx_str_from_cstr(ec, "plain"), mx_class_allocate(ec, sub),
                     val_from_ptr(ec->vm->cls.Kernel), val_from_ptr(sub)};
  for (size_t i = 0; i < MX_COUNT_OF(objects); i++)
    for (int k = 0; k < 20; k++)
      ck_assert(mx_ivar_set(ec, objects[i], ivar_name(ec, k), mx_str_from_cstr(ec, "value")));
  mx_gc_collect();
  mx_gc_run_finalizers();
  for (int i = 0; i < 10000; i++) mx_str_from_cstr(ec, "filler");
  for (size_t i = 0; i < MX_COUNT_OF(objects); i++)
    for (int k = 0; k < 20; k++)
      ck_assert_str_eq(fixture_text(mx_ivar_get(ec, objects[i], ivar_name(ec, k))), "value");
  ck_assert(val_header(objects[1])->flags & FL_HAS_EXT);
  ck_assert(!(val_header(objects[0])->flags & FL_HAS_EXT));
  ck_assert(val_is_nil(mx_ivar_get(ec, mx_str_from_cstr(ec, "other"), x)));
}
END_TEST

// Frozen objects and immediates refuse variables; hidden ones can still be set.
START_TEST(frozen) {
  ExecCtx *ec = fixture_vm();
  Sym x = mx_sym(ec->vm, "@x");
  Value object = new_instance(ec);
  ck_assert(mx_ivar_set(ec, object, x, VAL_TRUE));
  ck_assert(!mx_object_is_frozen(ec, object));
  mx_object_freeze(ec, object);
  ck_assert(mx_object_is_frozen(ec, object));
  ck_assert(!mx_ivar_set(ec, object, x, VAL_FALSE));
  ck_assert(mx_is_a(ec->vm, mx_exc_take(ec), ec->vm->cls.FrozenError));
  ck_assert(mx_ivar_get(ec, object, x) == VAL_TRUE);
  mx_ivar_set_hidden(ec, object, mx_sym(ec->vm, "@__h"), VAL_TRUE);
  ck_assert(mx_ivar_get(ec, object, mx_sym(ec->vm, "@__h")) == VAL_TRUE);
  ck_assert(!mx_ivar_set(ec, val_from_fixnum(1), x, VAL_NIL));
  ck_assert_str_eq(fixture_error(ec), "can't modify frozen Integer: 1");
  ck_assert(mx_object_is_frozen(ec, mx_float_new(ec, 0.0)));
}
END_TEST

// Numbers of objects are stable and unique.
START_TEST(object_ids) {
  ExecCtx *ec = fixture_vm();
  Value a = new_instance(ec), b = mx_str_from_cstr(ec, "b");
  int64_t id = mx_object_id(ec, a);
  ck_assert_int_eq(mx_object_id(ec, a), id);
  ck_assert_int_ne(mx_object_id(ec, b), id);
  ck_assert_int_eq(mx_object_id(ec, VAL_NIL), 8);
  ck_assert_int_eq(mx_object_id(ec, val_from_fixnum(1)), 3);
}
END_TEST

// Finalizer of the foreign type below.
static void foreign_count(void *payload) { ++**(int **)payload; }

// Foreign data is known by its type and finalized.
START_TEST(foreign_data) {
  static const ForeignType type = {.name = "t", .size = sizeof(int *), .finalize = foreign_count};
  static const ForeignType other = {.name = "o", .size = 8};
  ExecCtx *ec = fixture_vm();
  int *deaths = mx_gc_alloc_uncollectable(sizeof *deaths);
  for (int i = 0; i < 200; i++) {
    Foreign *foreign = mx_foreign_new(ec, ec->vm->cls.Object, &type);
    Value v = val_from_ptr(foreign);
    ck_assert_ptr_eq(mx_foreign_get(v, &type), foreign->payload);
    ck_assert_ptr_null(mx_foreign_get(v, &other));
    *(int **)mx_foreign_get(v, &type) = deaths;
  }
  mx_gc_collect();
  mx_gc_run_finalizers();
  ck_assert_int_ge(*deaths, 190);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("object");
  tcase_add_test(tests, many_variables);
  tcase_add_test(tests, inline_capacity_is_learned);
  tcase_add_test(tests, double_fields_generalize);
  tcase_add_test(tests, dictionary_mode);
  tcase_add_test(tests, remove_and_enumerate);
  tcase_add_test(tests, variables_of_other_types);
  tcase_add_test(tests, frozen);
  tcase_add_test(tests, object_ids);
  tcase_add_test(tests, foreign_data);
  return fixture_run("object", tests);
}
