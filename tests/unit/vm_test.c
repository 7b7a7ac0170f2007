// SPDX-License-Identifier: MIT
// Unit tests of runtime/vm: boot.
#include "tests/unit/vm_fixture.h"

// All classes of the tables exist, know their name, superclass and singleton class.
START_TEST(classes_are_made) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ck_assert_ptr_null(vm->cls.BasicObject->super);
  ck_assert_ptr_eq(vm->cls.Class->super, vm->cls.Module);
  ck_assert_str_eq(fixture_text(mx_class_name(ec, vm->cls.Mutex)), "Thread::Mutex");
  ck_assert_str_eq(fixture_text(mx_class_name(ec, vm->cls.BasicObject)), "BasicObject");
  ck_assert_ptr_eq(fixture_class(ec, "KeyError")->super, vm->cls.IndexError);
  ck_assert_ptr_eq(mx_class_real(mx_class_of(vm, val_from_ptr(vm->cls.Kernel))), vm->cls.Module);
  mx_vm_free(vm);
}
END_TEST

// Object's ancestors are those of Ruby; so are those of a singleton class of a class.
START_TEST(ancestors_of_the_first_classes) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ClassObj *expected[] = {vm->cls.Object, vm->cls.Kernel, vm->cls.BasicObject};
  ck_assert_uint_eq(vm->cls.Object->mro.count, 3);
  for (int i = 0; i < 3; i++) ck_assert_ptr_eq(vm->cls.Object->mro.at[i], expected[i]);
  ClassObj *meta = mx_class_of(vm, val_from_ptr(vm->cls.BasicObject));
  ck_assert_ptr_eq(meta->mro.at[1], vm->cls.Class);
  ck_assert(mx_class_inherits(meta, vm->cls.Kernel));
  mx_vm_free(vm);
}
END_TEST

// Two VMs live in one process.
START_TEST(two_vms) {
  ExecCtx *a = fixture_vm(), *b = fixture_vm();
  ck_assert_ptr_ne(a->vm->cls.Object, b->vm->cls.Object);
  mx_vm_free(a->vm);
  ck_assert_str_eq(fixture_text(mx_class_name(b, b->vm->cls.String)), "String");
  mx_vm_free(b->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("vm");
  tcase_add_test(tests, classes_are_made);
  tcase_add_test(tests, ancestors_of_the_first_classes);
  tcase_add_test(tests, two_vms);
  return fixture_run("vm", tests);
}
