// SPDX-License-Identifier: MIT
// Unit tests of runtime/semantics*: operators, equality, conversions, text, recursion guard.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/semantics.h"
#include "tests/unit/vm_fixture.h"
#include <math.h>

// Operators on built-in operands have their built-in meaning.
START_TEST(operators_of_builtins) {
  ExecCtx *ec = fixture_vm();
  Value two = val_from_fixnum(2), three = val_from_fixnum(3);
  ck_assert(mx_op_binary(ec, SYM_PLUS, two, three) == val_from_fixnum(5));
  ck_assert(mx_op_builtin(ec, SYM_LT, two, three) == VAL_TRUE);
  Value ab = mx_str_from_cstr(ec, "ab"), cd = mx_str_from_cstr(ec, "cd");
  ck_assert_str_eq(fixture_text(mx_op_binary(ec, SYM_PLUS, ab, cd)), "abcd");
  ck_assert(mx_op_binary(ec, SYM_CMP, ab, cd) == val_from_fixnum(-1));
  ck_assert(mx_op_binary(ec, SYM_NEQ, ab, cd) == VAL_TRUE);
  Value list = MX_ARRAY_OF(ec, two, three);
  ck_assert(mx_op_binary(ec, SYM_AREF, list, val_from_fixnum(-1)) == three);
  ck_assert(mx_op_builtin(ec, SYM_STAR, VAL_NIL, two) == VAL_UNDEF);
  mx_vm_free(ec->vm);
}
END_TEST

// An object without the operator raises NoMethodError.
START_TEST(operator_undefined) {
  ExecCtx *ec = fixture_vm();
  ck_assert(val_is_exc(mx_op_binary(ec, SYM_PLUS, VAL_NIL, VAL_NIL)));
  ck_assert_str_eq(fixture_error(ec), "undefined method '+' for nil");
  mx_vm_free(ec->vm);
}
END_TEST

// == crosses number classes, eql? does not; a NaN equals itself by identity only, which its bits
// have.
START_TEST(equality) {
  ExecCtx *ec = fixture_vm();
  Value one = val_from_fixnum(1), uno = mx_float_new(ec, 1.0);
  ck_assert_int_eq(mx_equal(ec, one, uno), 1);
  ck_assert_int_eq(mx_eql(ec, one, uno), 0);
  Value a = mx_float_new(ec, NAN), b = mx_float_new(ec, NAN), c = mx_float_new(ec, -NAN);
  ck_assert_int_eq(mx_equal(ec, a, a), 1);
  ck_assert_int_eq(mx_equal(ec, a, b), 1);
  ck_assert_int_eq(mx_equal(ec, a, c), 0);
  ck_assert_int_eq(mx_eql(ec, mx_str_from_cstr(ec, "x"), mx_str_from_cstr(ec, "x")), 1);
  ck_assert_int_eq(mx_case_equal(ec, val_from_ptr(ec->vm->cls.Numeric), one), 1);
  ck_assert_int_eq(mx_case_equal(ec, val_from_ptr(ec->vm->cls.String), one), 0);
  mx_vm_free(ec->vm);
}
END_TEST

// Equal keys have equal hashes.
START_TEST(hashing) {
  ExecCtx *ec = fixture_vm();
  uint64_t a, b;
  ck_assert(mx_hash_of(ec, mx_str_from_cstr(ec, "key"), &a));
  ck_assert(mx_hash_of(ec, mx_str_from_cstr(ec, "key"), &b));
  ck_assert_uint_eq(a, b);
  ck_assert(mx_hash_of(ec, VAL_NIL, &a));
  ck_assert(mx_hash_of(ec, VAL_TRUE, &b));
  ck_assert_uint_ne(a, b);
  mx_vm_free(ec->vm);
}
END_TEST

// Values without an order raise ArgumentError that names the class and the other value.
START_TEST(comparison_fails) {
  ExecCtx *ec = fixture_vm();
  int order;
  ck_assert(mx_compare(ec, val_from_fixnum(1), val_from_fixnum(2), &order));
  ck_assert_int_eq(order, -1);
  ck_assert(!mx_compare(ec, mx_str_from_cstr(ec, "a"), VAL_NIL, &order));
  ck_assert_str_eq(fixture_error(ec), "comparison of String with nil failed");
  ck_assert(!mx_compare(ec, val_from_fixnum(1), mx_str_from_cstr(ec, "a"), &order));
  ck_assert_str_eq(fixture_error(ec), "comparison of Integer with String failed");
  mx_vm_free(ec->vm);
}
END_TEST

// Implicit conversions take their type and refuse others in Ruby's words.
START_TEST(conversions) {
  ExecCtx *ec = fixture_vm();
  int64_t n;
  ck_assert(mx_to_int64(ec, mx_float_new(ec, 3.9), &n));
  ck_assert_int_eq(n, 3);
  ck_assert(!mx_to_int64(ec, VAL_NIL, &n));
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion from nil to integer");
  ck_assert(val_is_exc(mx_to_str(ec, val_from_fixnum(1))));
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion of Integer into String");
  ck_assert(val_is_exc(mx_to_ary(ec, VAL_TRUE)));
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion of true into Array");
  Sym name;
  ck_assert(!mx_to_method_name(ec, val_from_fixnum(1), &name));
  ck_assert_str_eq(fixture_error(ec), "1 is not a symbol nor a string");
  double d;
  ck_assert(!mx_to_double(ec, VAL_NIL, &d));
  ck_assert_str_eq(fixture_error(ec), "can't convert nil into Float");
  mx_vm_free(ec->vm);
}
END_TEST

// A splat gives nothing for nil and wraps what is no list.
START_TEST(splat) {
  ExecCtx *ec = fixture_vm();
  ck_assert_uint_eq(mx_array_len(mx_splat(ec, VAL_NIL)), 0);
  Value list = mx_splat(ec, val_from_fixnum(7));
  ck_assert_uint_eq(mx_array_len(list), 1);
  ck_assert(mx_splat(ec, list) == list);
  mx_vm_free(ec->vm);
}
END_TEST

// Interpolation converts and joins its parts.
START_TEST(interpolation) {
  ExecCtx *ec = fixture_vm();
  Value parts[] = {mx_str_from_cstr(ec, "a"), val_from_fixnum(12), VAL_NIL, val_from_sym(SYM_each)};
  ck_assert_str_eq(fixture_text(mx_concat_strings(ec, 4, parts)), "a12each");
  ck_assert_str_eq(fixture_text(parts[0]), "a");
  ck_assert_str_eq(fixture_text(mx_concat_strings(ec, 0, NULL)), "");
  mx_vm_free(ec->vm);
}
END_TEST

// A visit cannot begin twice; leaving one ends those that were left behind on top of it.
START_TEST(recursion_guard) {
  ExecCtx *ec = fixture_vm();
  Value a = mx_array_new(ec, 0), b = mx_array_new(ec, 0);
  ck_assert(mx_recursion_enter(ec, SYM_inspect, a, VAL_NIL));
  ck_assert(mx_recursion_enter(ec, SYM_inspect, b, VAL_NIL));
  ck_assert(!mx_recursion_enter(ec, SYM_inspect, a, VAL_NIL));
  ck_assert(mx_recursion_enter(ec, SYM_hash, a, VAL_NIL));
  mx_recursion_leave(ec, SYM_inspect, a, VAL_NIL);
  ck_assert(mx_recursion_enter(ec, SYM_inspect, b, VAL_NIL));
  mx_vm_free(ec->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("semantics");
  tcase_add_test(tests, operators_of_builtins);
  tcase_add_test(tests, operator_undefined);
  tcase_add_test(tests, equality);
  tcase_add_test(tests, hashing);
  tcase_add_test(tests, comparison_fails);
  tcase_add_test(tests, conversions);
  tcase_add_test(tests, splat);
  tcase_add_test(tests, interpolation);
  tcase_add_test(tests, recursion_guard);
  return fixture_run("semantics", tests);
}
