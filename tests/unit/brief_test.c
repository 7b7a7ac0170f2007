// SPDX-License-Identifier: MIT
// Unit tests of runtime/brief.
#include "runtime/array.h"
#include "runtime/brief.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "tests/unit/vm_fixture.h"

// Compare the text of a Value.
static void check(ExecCtx *ec, Value v, size_t limit, const char *expected) {
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add_str(&out, "<");
  mx_brief(ec, v, limit, &out);
  ck_assert_str_eq(out.at + 1, expected);
  mx_strbuf_free(&out);
}

// Immediates and numbers.
START_TEST(plain_values) {
  ExecCtx *ec = fixture_vm();
  check(ec, VAL_NIL, 40, "nil");
  check(ec, VAL_TRUE, 40, "true");
  check(ec, VAL_FALSE, 40, "false");
  check(ec, VAL_UNDEF, 40, "(undefined)");
  check(ec, val_from_fixnum(-12), 40, "-12");
  check(ec, val_from_sym(mx_sym(ec->vm, "foo")), 40, ":foo");
  check(ec, mx_float_new(ec, 1.5), 40, "1.5");
  check(ec, mx_float_new(ec, 0.0), 40, "0.0");
  check(ec, mx_int_from_u64(ec, UINT64_MAX), 40, "18446744073709551615");
  check(ec, mx_rational_new(ec, val_from_fixnum(1), val_from_fixnum(3)), 40, "(1/3)");
  check(ec, mx_complex_new(ec, val_from_fixnum(1), val_from_fixnum(2)), 40, "(1+2i)");
  Value huge = mx_int_pow(ec, val_from_fixnum(3), val_from_fixnum(1000));
  check(ec, huge, 40, "#<Integer of 1600 bits>");
  check(ec, mx_int_neg(ec, huge), 40, "#<Integer of 1600 bits>");
}
END_TEST

// Strings are quoted and cut between characters.
START_TEST(strings) {
  ExecCtx *ec = fixture_vm();
  check(ec, mx_str_from_cstr(ec, "a\nb"), 40, "\"a\\nb\"");
  check(ec, mx_str_from_cstr(ec, "0123456789"), 6, "\"01234...");
  check(ec, mx_str_from_cstr(ec, "aaä"), 4, "\"aa...");
  check(ec, mx_str_from_cstr(ec, "012345678901234567890123456789"), 10, "\"012345678...");
}
END_TEST

// Collections show their first elements; one that contains itself has an end.
START_TEST(collections) {
  ExecCtx *ec = fixture_vm();
  Value one = val_from_fixnum(1), two = val_from_fixnum(2);
  Value array = MX_ARRAY_OF(ec, one, two);
  check(ec, array, 40, "[1, 2]");
  for (int i = 0; i < 100; i++) mx_array_push(ec, array, one);
  check(ec, array, 12, "[1, 2, 1, 1,...");
  Value hash = mx_hash_new(ec);
  check(ec, hash, 40, "{}");
  ck_assert(mx_hash_set(ec, hash, val_from_sym(mx_sym(ec->vm, "k")), one));
  ck_assert(mx_hash_set(ec, hash, two, VAL_NIL));
  check(ec, hash, 40, "{:k => 1, 2 => nil}");
  check(ec, mx_range_new(ec, one, two, true), 40, "1...2");
  check(ec, mx_range_new(ec, one, VAL_NIL, false), 40, "1..");
  Value loop = mx_array_new(ec, 1);
  mx_array_push(ec, loop, loop);
  check(ec, loop, 40, "[[[#<Array>]]]");
}
END_TEST

// Classes by name, the main object, objects by class.
START_TEST(objects) {
  ExecCtx *ec = fixture_vm();
  check(ec, val_from_ptr(ec->vm->cls.String), 40, "String");
  check(ec, ec->vm->main_object, 40, "main");
  check(ec, mx_object_new(ec, ec->vm->cls.Object), 40, "#<Object>");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("brief");
  tcase_add_test(tests, plain_values);
  tcase_add_test(tests, strings);
  tcase_add_test(tests, collections);
  tcase_add_test(tests, objects);
  return fixture_run("brief", tests);
}
