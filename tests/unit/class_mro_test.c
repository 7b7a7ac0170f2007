// SPDX-License-Identifier: MIT
// Unit tests of runtime/class_mro: the orders that Ruby gives for the same declarations.
#include "tests/unit/vm_fixture.h"

// Make a named module or, with a superclass, a class.
static ClassObj *make(ExecCtx *ec, const char *name, ClassObj *super) {
  Sym sym = mx_sym(ec->vm, name);
  ClassObj *object = ec->vm->cls.Object;
  return super ? mx_class_define(ec, object, sym, super) : mx_module_define(ec, object, sym);
}

#define MODULE(name) ClassObj *name = make(ec, #name, NULL)
#define CLASS(name, super) ClassObj *name = make(ec, #name, super)
#define INCLUDE(klass, module) ck_assert(mx_class_include(ec, klass, module))
#define PREPEND(klass, module) ck_assert(mx_class_prepend(ec, klass, module))

// Ancestors of a class up to Object, as text.
static const char *ancestors(ExecCtx *ec, const ClassObj *klass) {
  StrBuf buf = STRBUF_INIT;
  for (uint32_t i = 0; i < klass->mro.count && klass->mro.at[i] != ec->vm->cls.Object; i++) {
    if (i > 0) mx_strbuf_add_str(&buf, " ");
    mx_strbuf_add_str(&buf, fixture_text(mx_class_path(ec, klass->mro.at[i])));
  }
  return fixture_text(mx_str_from_buf(ec, &buf));
}

// Modules of the superclass are not repeated; nested ones come along, each once.
START_TEST(includes) {
  ExecCtx *ec = fixture_vm();
  ClassObj *object = ec->vm->cls.Object;
  MODULE(M1);
  MODULE(M2);
  INCLUDE(M2, M1);
  CLASS(A, object);
  INCLUDE(A, M1);
  CLASS(B, A);
  INCLUDE(B, M1);
  INCLUDE(B, M2);
  ck_assert_str_eq(ancestors(ec, B), "B M2 A M1");
  CLASS(C, object);
  INCLUDE(C, M2);
  INCLUDE(C, M1);
  ck_assert_str_eq(ancestors(ec, C), "C M2 M1");
  CLASS(G1, object);
  CLASS(G2, G1);
  INCLUDE(G2, M1);
  INCLUDE(G1, M1);
  ck_assert_str_eq(ancestors(ec, G2), "G2 M1 G1 M1");
}
END_TEST

// What a module gains later reaches the classes that have it.
START_TEST(later_changes_of_modules) {
  ExecCtx *ec = fixture_vm();
  ClassObj *object = ec->vm->cls.Object;
  MODULE(M1);
  MODULE(M2);
  INCLUDE(M2, M1);
  MODULE(M3);
  MODULE(P);
  CLASS(D, object);
  INCLUDE(D, M3);
  INCLUDE(D, M1);
  PREPEND(D, P);
  CLASS(E, D);
  PREPEND(E, P);
  ck_assert_str_eq(ancestors(ec, E), "P E P D M1 M3");
  INCLUDE(M3, M2);
  ck_assert_str_eq(ancestors(ec, D), "P D M1 M3 M2 M1");
  PREPEND(M3, P);
  ck_assert_str_eq(ancestors(ec, M3), "P M3 M2 M1");
}
END_TEST

// Prepended modules come before, the last one first, also inside modules.
START_TEST(prepends) {
  ExecCtx *ec = fixture_vm();
  ClassObj *object = ec->vm->cls.Object;
  MODULE(Q1);
  MODULE(Q2);
  MODULE(Q3);
  PREPEND(Q2, Q1);
  CLASS(H, object);
  INCLUDE(H, Q2);
  ck_assert_str_eq(ancestors(ec, H), "H Q1 Q2");
  PREPEND(Q2, Q3);
  ck_assert_str_eq(ancestors(ec, H), "H Q3 Q1 Q2");
  ck_assert_str_eq(ancestors(ec, Q2), "Q3 Q1 Q2");
  CLASS(J, object);
  PREPEND(J, Q1);
  PREPEND(J, Q3);
  PREPEND(J, Q1);
  INCLUDE(J, Q1);
  ck_assert_str_eq(ancestors(ec, J), "Q3 Q1 J");
}
END_TEST

// A module cannot become its own ancestor.
START_TEST(cycles) {
  ExecCtx *ec = fixture_vm();
  MODULE(M1);
  MODULE(M2);
  INCLUDE(M2, M1);
  ck_assert(!mx_class_include(ec, M1, M2));
  ck_assert_str_eq(fixture_error(ec), "cyclic include detected");
  ck_assert(!mx_class_prepend(ec, M1, M1));
  ck_assert_str_eq(fixture_error(ec), "cyclic prepend detected");
}
END_TEST

// Class methods are inherited through singleton classes; extend is an include into one.
START_TEST(singleton_classes) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  MODULE(M1);
  CLASS(A, vm->cls.Object);
  CLASS(B, A);
  INCLUDE(mx_class_singleton(ec, val_from_ptr(A)), M1);
  ck_assert(mx_is_a(vm, val_from_ptr(B), M1));
  Value object = mx_object_new(ec, B);
  ClassObj *singleton = mx_class_singleton(ec, object);
  ck_assert_ptr_eq(mx_class_singleton(ec, object), singleton);
  ck_assert_ptr_eq(mx_class_of(vm, object), singleton);
  ck_assert_ptr_eq(mx_class_real(singleton), B);
  ck_assert(mx_class_attached(singleton) == object);
  INCLUDE(singleton, M1);
  ck_assert(mx_is_a(vm, object, M1));
  ck_assert_ptr_null(mx_class_singleton(ec, val_from_fixnum(1)));
  ck_assert_str_eq(fixture_error(ec), "can't define singleton");
  ck_assert_ptr_eq(mx_class_singleton(ec, VAL_NIL), vm->cls.NilClass);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("class_mro");
  tcase_add_test(tests, includes);
  tcase_add_test(tests, later_changes_of_modules);
  tcase_add_test(tests, prepends);
  tcase_add_test(tests, cycles);
  tcase_add_test(tests, singleton_classes);
  return fixture_run("class_mro", tests);
}
