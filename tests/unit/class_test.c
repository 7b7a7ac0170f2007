// SPDX-License-Identifier: MIT
// Unit tests of runtime/class and its parts: methods, constants, class variables, names.
#include "runtime/errno_class.h"
#include "tests/unit/vm_fixture.h"

// Enter an attribute reader; a method that is easy to make.
static MethodEntry *add_method(ExecCtx *ec, ClassObj *klass, const char *name) {
  MethodEntry *me = mx_method_new(ec, METHOD_ATTR_READER, mx_sym(ec->vm, name), VIS_PUBLIC);
  ck_assert(mx_method_add(ec, klass, me));
  return me;
}

// Look a method up by text.
static MethodRef find(ExecCtx *ec, ClassObj *klass, const char *name) {
  return mx_method_find(ec->vm, klass, mx_sym(ec->vm, name));
}

// Boot enters no methods of the library; the first question about a class does.
START_TEST(library_rows_are_entered_at_need) {
  ExecCtx *ec = fixture_vm();
  ClassObj *string = ec->vm->cls.String, *math = ec->vm->cls.Math;
  ck_assert_ptr_nonnull(string->rows);
  ck_assert_uint_eq(string->methods->count, 0);
  MethodEntry *own = add_method(ec, string, "zork");
  ck_assert_ptr_null(string->rows);
  ck_assert_int_eq(find(ec, string, "getbyte").me->kind, METHOD_BUILTIN);
  ck_assert_int_eq(find(ec, string, "each_char").me->kind, METHOD_CORE);
  ck_assert_ptr_eq(find(ec, string, "zork").me, own);
  ClassObj *functions = mx_class_singleton(ec, val_from_ptr(math));
  ck_assert_ptr_nonnull(functions->rows);
  ck_assert_int_eq(find(ec, functions, "sqrt").me->visibility, VIS_PUBLIC);
  ck_assert_ptr_nonnull(math->rows);
  ck_assert_int_eq(find(ec, math, "sqrt").me->visibility, VIS_PRIVATE);
}
END_TEST

// Defining, replacing, removing and undefining show at once, through the cache.
START_TEST(method_cache_follows_changes) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *a = mx_class_new(ec, vm->cls.Object), *b = mx_class_new(ec, a);
  ck_assert_ptr_null(find(ec, b, "zork").me);
  MethodEntry *first = add_method(ec, a, "zork");
  ck_assert_ptr_eq(find(ec, b, "zork").me, first);
  ck_assert_uint_eq(find(ec, b, "zork").at, 1);
  MethodEntry *second = add_method(ec, b, "zork");
  MethodRef ref = find(ec, b, "zork");
  ck_assert_ptr_eq(ref.me, second);
  ck_assert_ptr_eq(mx_method_find_super(vm, b, ref.at, first->name).me, first);
  ck_assert(mx_method_remove(vm, b, first->name));
  ck_assert_ptr_eq(find(ec, b, "zork").me, first);
  ck_assert(mx_method_add(ec, b, mx_method_new(ec, METHOD_UNDEF, first->name, VIS_PUBLIC)));
  ck_assert_ptr_null(find(ec, b, "zork").me);
  ck_assert_ptr_nonnull(mx_method_own(b, first->name));
}
END_TEST

// Changing ancestors shows at once; other selectors' serials stay as they are.
START_TEST(method_cache_follows_ancestors) {
  ExecCtx *ec = fixture_vm();
  ClassObj *a = mx_class_new(ec, ec->vm->cls.Object);
  ClassObj *m = mx_module_new(ec);
  MethodEntry *me = add_method(ec, m, "zork");
  ck_assert_ptr_null(find(ec, a, "zork").me);
  ck_assert(mx_class_include(ec, a, m));
  ck_assert_ptr_eq(find(ec, a, "zork").me, me);
  uint32_t serial = ec->vm->selector_serials[me->name];
  add_method(ec, a, "other");
  ck_assert_uint_eq(ec->vm->selector_serials[me->name], serial);
  add_method(ec, a, "zork");
  ck_assert_uint_eq(ec->vm->selector_serials[me->name], serial + 1);
}
END_TEST

// Collect the names of methods.
static bool note_method(void *ctx, MethodEntry *me) {
  Sym **at = ctx;
  *(*at)++ = me->name;
  return true;
}

// Methods are listed in order of definition; a table with many of them loses none.
START_TEST(methods_in_order) {
  ExecCtx *ec = fixture_vm();
  ClassObj *a = mx_class_new(ec, ec->vm->cls.Object);
  char name[3] = "aa";
  for (int i = 0; i < 300; i++) {
    name[0] = (char)('a' + i / 26);
    name[1] = (char)('a' + i % 26);
    add_method(ec, a, name);
  }
  for (int i = 0; i < 300; i += 2) {
    name[0] = (char)('a' + i / 26);
    name[1] = (char)('a' + i % 26);
    ck_assert(mx_method_remove(ec->vm, a, mx_sym(ec->vm, name)));
  }
  add_method(ec, a, "aa");
  Sym names[400], *at = names;
  mx_method_each(a, note_method, &at);
  ck_assert_int_eq(at - names, 151);
  ck_assert_str_eq(mx_sym_text(&ec->vm->symtab, names[0]), "ab");
  ck_assert_str_eq(mx_sym_text(&ec->vm->symtab, names[150]), "aa");
}
END_TEST

// initialize and its kin are private whatever was asked for; frozen classes take no methods.
START_TEST(visibility_and_frozen_classes) {
  ExecCtx *ec = fixture_vm();
  ClassObj *a = mx_class_define(ec, ec->vm->cls.Object, mx_sym(ec->vm, "A"), ec->vm->cls.Object);
  ck_assert_int_eq(add_method(ec, a, "initialize")->visibility, VIS_PRIVATE);
  mx_object_freeze(ec, val_from_ptr(a));
  MethodEntry *me = mx_method_new(ec, METHOD_ATTR_READER, mx_sym(ec->vm, "x"), VIS_PUBLIC);
  ck_assert(!mx_method_add(ec, a, me));
  ck_assert(mx_is_a(ec->vm, mx_exc_take(ec), ec->vm->cls.FrozenError));
}
END_TEST

// A class is named by the first constant it is assigned to, nested ones after their parents.
START_TEST(names) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *outer = mx_module_new(ec), *inner = mx_class_new(ec, vm->cls.Object);
  ck_assert(val_is_nil(mx_class_name(ec, inner)));
  ck_assert(mx_const_set(ec, outer, mx_sym(vm, "Inner"), val_from_ptr(inner)));
  ck_assert(strncmp(fixture_text(mx_class_name(ec, inner)), "#<Module:0x", 11) == 0);
  ck_assert(mx_const_set(ec, vm->cls.Object, mx_sym(vm, "Outer"), val_from_ptr(outer)));
  ck_assert_str_eq(fixture_text(mx_class_name(ec, inner)), "Outer::Inner");
  ck_assert(mx_const_set(ec, vm->cls.Object, mx_sym(vm, "Other"), val_from_ptr(inner)));
  ck_assert_str_eq(fixture_text(mx_class_name(ec, inner)), "Outer::Inner");
  ClassObj *meta = mx_class_of(vm, val_from_ptr(inner));
  ck_assert_str_eq(fixture_text(mx_class_path(ec, meta)), "#<Class:Outer::Inner>");
}
END_TEST

// Constants are found in ancestors, in Object for modules only when asked; private ones not
// through a scope.
START_TEST(constants) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  Sym x = mx_sym(vm, "X"), string = mx_sym(vm, "String");
  ClassObj *a = mx_class_new(ec, vm->cls.Object), *b = mx_class_new(ec, a);
  ck_assert(mx_const_set(ec, a, x, val_from_fixnum(1)));
  ck_assert(mx_const_find(ec, b, x, false) == val_from_fixnum(1));
  ck_assert(val_is_undef(mx_const_find(ec, b, string, false)));
  ck_assert(mx_const_find(ec, b, string, true) == val_from_ptr(vm->cls.String));
  ck_assert(mx_const_find(ec, mx_module_new(ec), string, true) == val_from_ptr(vm->cls.String));
  mx_const_own(a, x)->is_private = true;
  ck_assert(val_is_exc(mx_const_get(ec, b, x)));
  ck_assert_ptr_nonnull(strstr(fixture_error(ec), "private constant #<Class:0x"));
  ck_assert(mx_const_remove(ec, a, x) == val_from_fixnum(1));
  ck_assert(val_is_undef(mx_const_remove(ec, a, x)));
}
END_TEST

// What the stub of `require` does: set the constant, count the calls.
static Value require_stub(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args) {
  if (name != SYM_require) return fixture_send(ec, receiver, name, args);
  ClassObj *object = ec->vm->cls.Object;
  Sym lazy = mx_sym(ec->vm, "Lazy");
  ck_assert(val_is_undef(mx_const_find(ec, object, lazy, true)));
  ec->vm->next_object_id += 8;
  if (strcmp(fixture_text(args->argv[0]), "good") == 0)
    ck_assert(mx_const_set(ec, object, lazy, val_from_fixnum(9)));
  return VAL_TRUE;
}

// An autoload requires its path at the first use, is absent while that runs, and is gone when the
// file does not set it.
START_TEST(autoload) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  Upcalls upcalls = fixture_upcalls;
  upcalls.send = require_stub;
  vm->up = &upcalls;
  Sym lazy = mx_sym(vm, "Lazy");
  int64_t before = vm->next_object_id;
  ck_assert(mx_const_autoload(ec, vm->cls.Object, lazy, mx_str_from_cstr(ec, "bad")));
  ck_assert(val_is_undef(mx_const_find(ec, vm->cls.Object, lazy, true)));
  ck_assert_ptr_null(mx_const_own(vm->cls.Object, lazy));
  ck_assert(mx_const_autoload(ec, vm->cls.Object, lazy, mx_str_from_cstr(ec, "good")));
  ck_assert(mx_const_is_defined(ec, vm->cls.Object, lazy, true));
  for (int i = 0; i < 3; i++)
    ck_assert(mx_const_find(ec, vm->cls.Object, lazy, true) == val_from_fixnum(9));
  ck_assert_int_eq(vm->next_object_id - before, 16);
}
END_TEST

// Errno classes appear when they are used, once each; names of one number share a class.
START_TEST(errno_classes) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  Value enoent = mx_const_find(ec, vm->cls.Errno, mx_sym(vm, "ENOENT"), false);
  ck_assert_str_eq(fixture_text(mx_class_name(ec, VAL_CAST(ClassObj, enoent))), "Errno::ENOENT");
  ck_assert(val_from_ptr(mx_errno_class(ec, 2)) == enoent);
  ck_assert(mx_const_find(ec, vm->cls.Errno, mx_sym(vm, "EWOULDBLOCK"), false) ==
            mx_const_find(ec, vm->cls.Errno, mx_sym(vm, "EAGAIN"), false));
  Value number = mx_const_find(ec, VAL_CAST(ClassObj, enoent), mx_sym(vm, "Errno"), false);
  ck_assert_int_eq(val_to_fixnum(number), 2);
  ck_assert_ptr_eq(mx_errno_class(ec, 99999), vm->cls.SystemCallError);
}
END_TEST

// Class variables are shared downwards; the ancestor's counts.
START_TEST(class_variables) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  Sym x = mx_sym(vm, "@@x");
  ClassObj *a = mx_class_new(ec, vm->cls.Object), *b = mx_class_new(ec, a);
  ck_assert(val_is_exc(mx_cvar_get(ec, b, x)));
  ck_assert_ptr_nonnull(strstr(fixture_error(ec), "uninitialized class variable @@x in #<Class"));
  ck_assert(mx_cvar_set(ec, a, x, val_from_fixnum(1)));
  ck_assert(mx_cvar_set(ec, b, x, val_from_fixnum(2)));
  ck_assert(mx_cvar_get(ec, a, x) == val_from_fixnum(2));
  ck_assert(mx_cvar_get(ec, mx_class_of(vm, val_from_ptr(b)), x) == val_from_fixnum(2));
  ck_assert(mx_cvar_defined(b, x) && !mx_cvar_defined(vm->cls.Object, x));
}
END_TEST

// A copy has the methods, constants and singleton methods, and changes alone.
START_TEST(copies) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *a = mx_class_new(ec, vm->cls.Object), *m = mx_module_new(ec);
  add_method(ec, a, "one");
  add_method(ec, mx_class_of(vm, val_from_ptr(a)), "meta");
  ck_assert(mx_class_include(ec, a, m));
  ClassObj *copy = mx_class_copy(ec, a);
  ck_assert_ptr_eq(find(ec, copy, "one").me->owner, copy);
  ck_assert_ptr_nonnull(find(ec, mx_class_of(vm, val_from_ptr(copy)), "meta").me);
  ck_assert(mx_class_inherits(copy, m));
  ck_assert(!mx_class_inherits(copy, a));
  add_method(ec, copy, "two");
  ck_assert_ptr_null(find(ec, a, "two").me);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("class");
  tcase_add_test(tests, library_rows_are_entered_at_need);
  tcase_add_test(tests, method_cache_follows_changes);
  tcase_add_test(tests, method_cache_follows_ancestors);
  tcase_add_test(tests, methods_in_order);
  tcase_add_test(tests, visibility_and_frozen_classes);
  tcase_add_test(tests, names);
  tcase_add_test(tests, constants);
  tcase_add_test(tests, autoload);
  tcase_add_test(tests, errno_classes);
  tcase_add_test(tests, class_variables);
  tcase_add_test(tests, copies);
  return fixture_run("class", tests);
}
