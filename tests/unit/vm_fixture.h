// SPDX-License-Identifier: MIT
// A VM for unit tests of the runtime: no engine, so calls reach C leaves only.
#ifndef MX_TESTS_VM_FIXTURE_H
#define MX_TESTS_VM_FIXTURE_H

#include "runtime/builtin.h"
#include "runtime/string.h"
#include "runtime/upcall.h"

#include <check.h>
#include <stdlib.h>

// Call a looked-up method if it is a C leaf.
static inline Value fixture_invoke(ExecCtx *ec, Value receiver, MethodRef ref, Sym name,
                                   const CallArgs *args) {
  if (!ref.me || ref.me->kind != METHOD_BUILTIN)
    return mx_raise_no_method(ec, receiver, name, (int)args->flags);
  return mx_builtin_invoke(ec, ref.me, receiver, (int)args->argc, args->argv);
}

// Call a method by name.
static inline Value fixture_send(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args) {
  MethodRef ref = mx_method_find(ec->vm, mx_class_of(ec->vm, receiver), name);
  return fixture_invoke(ec, receiver, ref, name, args);
}

// Call a block that is a C function.
static inline Value fixture_yield(ExecCtx *ec, const Block *block, const CallArgs *args) {
  return block->fn(ec, block->data, args);
}

static const Upcalls fixture_upcalls = {
    .send = fixture_send, .invoke = fixture_invoke, .yield = fixture_yield};

// Make a VM whose hashes are the same in every run.
static inline ExecCtx *fixture_vm(void) {
  VmOptions options = {.deterministic = true, .seed = 1};
  return mx_vm_new(&fixture_upcalls, &options)->main_ec;
}

// Text of a String value; lives as long as the String.
static inline const char *fixture_text(Value v) {
  ck_assert(val_is_string(v));
  return mx_str_bytes(v);
}

// The pending exception's message; nothing is pending afterwards.
static inline const char *fixture_error(ExecCtx *ec) {
  ck_assert_int_eq(ec->unwind, UNWIND_RAISE);
  return fixture_text(mx_ivar_get(ec, mx_exc_take(ec), SYM_iv_message));
}

// Value of a constant expression of names: fixture_class(ec, "Foo").
static inline ClassObj *fixture_class(ExecCtx *ec, const char *name) {
  const ConstEntry *entry = mx_const_own(ec->vm->cls.Object, mx_sym(ec->vm, name));
  ck_assert_ptr_nonnull(entry);
  return VAL_CAST(ClassObj, entry->value);
}

// Run the tests of one file. Each test runs in its own process.
static inline int fixture_run(const char *name, TCase *tests) {
  Suite *suite = suite_create(name);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}

#endif
