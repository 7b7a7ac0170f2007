// SPDX-License-Identifier: MIT
// Unit tests of runtime/error, error_message and error_report.
#include "runtime/array.h"
#include "runtime/error_report.h"
#include "tests/unit/vm_fixture.h"

#include <errno.h>

// Describe a receiver.
static const char *describe(ExecCtx *ec, Value v) {
  return fixture_text(mx_describe_receiver(ec, v));
}

// All conversions of a message work together.
START_TEST(formats) {
  ExecCtx *ec = fixture_vm();
  ck_assert(val_is_exc(mx_raise_arg(ec, "%s %d %5d|%-4u|%ld %zu %c %.*s 100%%", "text", -1, 42, 7u,
                                    1234567890123L, (size_t)9, 'x', 3, "abcdef")));
  ck_assert_str_eq(fixture_error(ec), "text -1    42|7   |1234567890123 9 x abc 100%");
  ck_assert(!mx_exc_pending(ec));
}
END_TEST

// Receivers are described as Ruby 4.0 does.
START_TEST(receivers) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  ck_assert_str_eq(describe(ec, VAL_NIL), "nil");
  ck_assert_str_eq(describe(ec, VAL_TRUE), "true");
  ck_assert_str_eq(describe(ec, val_from_fixnum(1)), "an instance of Integer");
  ck_assert_str_eq(describe(ec, vm->main_object), "main");
  ck_assert_str_eq(describe(ec, val_from_ptr(vm->cls.String)), "class String");
  ck_assert_str_eq(describe(ec, val_from_ptr(vm->cls.Kernel)), "module Kernel");
}
END_TEST

// The wording for missing, private and bare names.
START_TEST(missing_methods) {
  ExecCtx *ec = fixture_vm();
  VM *vm = ec->vm;
  Sym zork = mx_sym(vm, "zork");
  mx_raise_no_method(ec, VAL_NIL, zork, 0);
  ck_assert_str_eq(fixture_error(ec), "undefined method 'zork' for nil");
  mx_raise_no_method(ec, vm->main_object, zork, CALL_VCALL | CALL_FCALL);
  ck_assert(ec->exc && mx_class_of(vm, ec->exc) == vm->cls.NameError);
  ck_assert(mx_ivar_get(ec, ec->exc, SYM_iv_name) == val_from_sym(zork));
  ck_assert_str_eq(fixture_error(ec), "undefined local variable or method 'zork' for main");
  MethodEntry *me = mx_method_new(ec, METHOD_ATTR_READER, zork, VIS_PRIVATE);
  ck_assert(mx_method_add(ec, vm->cls.Integer, me));
  mx_raise_no_method(ec, val_from_fixnum(1), zork, 0);
  ck_assert(mx_class_of(vm, ec->exc) == vm->cls.NoMethodError);
  ck_assert_str_eq(fixture_error(ec), "private method 'zork' called for an instance of Integer");
}
END_TEST

// The wording for arity, conversions, errno.
START_TEST(other_errors) {
  ExecCtx *ec = fixture_vm();
  mx_raise_arity(ec, 1, 0, 0);
  ck_assert_str_eq(fixture_error(ec), "wrong number of arguments (given 1, expected 0)");
  mx_raise_arity(ec, 5, 1, 3);
  ck_assert_str_eq(fixture_error(ec), "wrong number of arguments (given 5, expected 1..3)");
  mx_raise_arity(ec, 0, 1, -1);
  ck_assert_str_eq(fixture_error(ec), "wrong number of arguments (given 0, expected 1+)");
  mx_raise_no_conversion(ec, VAL_NIL, "String");
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion of nil into String");
  mx_raise_no_conversion(ec, VAL_NIL, "Integer");
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion of nil into Integer");
  mx_raise_no_conversion(ec, val_from_fixnum(1), "String");
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion of Integer into String");
  mx_raise_errno(ec, ENOENT, "@ rb_sysopen - x");
  ck_assert_str_eq(fixture_error(ec), "No such file or directory @ rb_sysopen - x");
  mx_raise_errno(ec, ENOENT, "x");
  ck_assert_str_eq(fixture_error(ec), "No such file or directory - x");
}
END_TEST

// $! becomes the cause, but never makes a cycle.
START_TEST(causes) {
  ExecCtx *ec = fixture_vm();
  Value first = mx_error_new(ec, ec->vm->cls.RuntimeError, "first");
  ec->errinfo = first;
  mx_raise(ec, ec->vm->cls.RuntimeError, "second");
  Value second = mx_exc_take(ec);
  ck_assert(mx_ivar_get(ec, second, SYM_iv_cause) == first);
  ec->errinfo = second;
  mx_raise_value(ec, first);
  ck_assert(val_is_nil(mx_ivar_get(ec, mx_exc_take(ec), SYM_iv_cause)));
}
END_TEST

// What is pending can be put aside and back.
START_TEST(pending_state) {
  ExecCtx *ec = fixture_vm();
  mx_raise_type(ec, "one");
  UnwindState state = mx_unwind_save(ec);
  ck_assert(!mx_exc_pending(ec));
  mx_raise_type(ec, "two");
  mx_unwind_restore(ec, state);
  ck_assert_str_eq(fixture_error(ec), "one");
}
END_TEST

// A detailed message names the class behind the first line.
START_TEST(detailed_messages) {
  ExecCtx *ec = fixture_vm();
  ClassObj *type = ec->vm->cls.TypeError, *runtime = ec->vm->cls.RuntimeError;
  Value text = mx_str_from_cstr(ec, "one\ntwo\n\nthree"), none = mx_str_from_cstr(ec, "");
  ck_assert_str_eq(fixture_text(mx_error_decorate(ec, type, text, false)),
                   "one (TypeError)\ntwo\n\nthree");
  ck_assert_str_eq(fixture_text(mx_error_decorate(ec, type, text, true)),
                   "\033[1mone (\033[1;4mTypeError\033[m\033[1m)\033[m\n\033[1mtwo\033[m\n\n"
                   "\033[1mthree\033[m");
  ck_assert_str_eq(fixture_text(mx_error_decorate(ec, type, none, false)), "TypeError");
  ck_assert_str_eq(fixture_text(mx_error_decorate(ec, runtime, none, true)),
                   "\033[1;4munhandled exception\033[m");
}
END_TEST

// Stands for Exception#detailed_message.
static Value detailed_stub(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args) {
  if (name != SYM_detailed_message) return fixture_send(ec, receiver, name, args);
  Value message = mx_ivar_get(ec, receiver, SYM_iv_message);
  return mx_error_decorate(ec, mx_class_of(ec->vm, receiver), message, false);
}

// Make an exception with a backtrace of three lines.
static Value traced(ExecCtx *ec, ClassObj *klass, const char *message, const char *first) {
  Value error = mx_error_new(ec, klass, "%s", message);
  Value lines = MX_ARRAY_OF(ec, mx_str_from_cstr(ec, first), mx_str_from_cstr(ec, "b:2"),
                            mx_str_from_cstr(ec, "c:3"));
  mx_error_set_backtrace(ec, error, lines);
  return error;
}

// A report holds message, backtrace and causes, in either order.
START_TEST(reports) {
  ExecCtx *ec = fixture_vm();
  Upcalls upcalls = fixture_upcalls;
  upcalls.send = detailed_stub;
  ec->vm->up = &upcalls;
  Value error = traced(ec, ec->vm->cls.TypeError, "bad", "a:1");
  Value cause = traced(ec, ec->vm->cls.RuntimeError, "x\ny", "z:9");
  mx_ivar_set_hidden(ec, error, SYM_iv_cause, cause);
  ck_assert_str_eq(fixture_text(mx_error_full_message(ec, error, false, false, VAL_NIL)),
                   "a:1: bad (TypeError)\n\tfrom b:2\n\tfrom c:3\n"
                   "z:9: x (RuntimeError)\ny\n\tfrom b:2\n\tfrom c:3\n");
  ck_assert_str_eq(fixture_text(mx_error_full_message(ec, cause, false, true, VAL_NIL)),
                   "Traceback (most recent call last):\n\t2: from c:3\n\t1: from b:2\n"
                   "z:9: x (RuntimeError)\ny\n");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("error");
  tcase_add_test(tests, formats);
  tcase_add_test(tests, receivers);
  tcase_add_test(tests, missing_methods);
  tcase_add_test(tests, other_errors);
  tcase_add_test(tests, causes);
  tcase_add_test(tests, pending_state);
  tcase_add_test(tests, detailed_messages);
  tcase_add_test(tests, reports);
  return fixture_run("error", tests);
}
