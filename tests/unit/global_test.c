// SPDX-License-Identifier: MIT
// Unit tests of runtime/global.
#include "runtime/array.h"
#include "runtime/global.h"
#include "tests/unit/vm_fixture.h"

// Plain variables are nil until set; an alias is the same variable.
START_TEST(plain_and_alias) {
  ExecCtx *ec = fixture_vm();
  Sym a = mx_sym(ec->vm, "$a"), b = mx_sym(ec->vm, "$b");
  ck_assert(val_is_nil(mx_global_get(ec, a)));
  ck_assert(!mx_global_defined(ec->vm, a));
  mx_global_alias(ec->vm, b, a);
  ck_assert(mx_global_set(ec, b, VAL_TRUE));
  ck_assert(mx_global_get(ec, a) == VAL_TRUE);
  ck_assert(mx_global_defined(ec->vm, a));
  uint32_t before = mx_array_len(mx_global_names(ec));
  ck_assert(mx_global_set(ec, mx_sym(ec->vm, "$c"), VAL_NIL));
  ck_assert_uint_eq(mx_array_len(mx_global_names(ec)), before + 1);
}
END_TEST

// Read a hooked variable.
static Value get_hook(ExecCtx *ec, Sym name, void *data) {
  MX_UNUSED(ec);
  MX_UNUSED(name);
  return *(Value *)data;
}

// Write a hooked variable; only true is allowed.
static bool set_hook(ExecCtx *ec, Sym name, Value value, void *data) {
  MX_UNUSED(name);
  if (value != VAL_TRUE) return mx_raise_type(ec, "only true") != VAL_EXC;
  *(Value *)data = value;
  return true;
}

// Hooks read and write; without a writer the variable is read-only.
START_TEST(hooks) {
  ExecCtx *ec = fixture_vm();
  Sym a = mx_sym(ec->vm, "$a"), b = mx_sym(ec->vm, "$b");
  Value place = VAL_FALSE;
  mx_global_hook(ec->vm, a, get_hook, set_hook, &place);
  mx_global_hook(ec->vm, b, get_hook, NULL, &place);
  ck_assert(mx_global_set(ec, a, VAL_TRUE));
  ck_assert(mx_global_get(ec, b) == VAL_TRUE);
  ck_assert(!mx_global_set(ec, a, VAL_NIL));
  ck_assert_str_eq(fixture_error(ec), "only true");
  ck_assert(!mx_global_set(ec, b, VAL_NIL));
  ck_assert_str_eq(fixture_error(ec), "$b is a read-only variable");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("global");
  tcase_add_test(tests, plain_and_alias);
  tcase_add_test(tests, hooks);
  return fixture_run("global", tests);
}
