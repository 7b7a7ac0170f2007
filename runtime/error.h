// SPDX-License-Identifier: MIT
// Raising from C. There is no longjmp: a function that can raise returns VAL_EXC (or false, or
// NULL) with the exception in ec, and its caller returns at once, cleaning up on the way.
//
// Exceptions are T_OBJECTs; message, backtrace and cause are hidden variables (@__message, ...),
// so that subclasses behave like any class. A backtrace is captured as (code, site) words when
// an exception is raised first, and rendered on demand.
#ifndef MX_RUNTIME_ERROR_H
#define MX_RUNTIME_ERROR_H

#include "runtime/class.h"

#include <stdarg.h>

// What travels when a function returns VAL_EXC.
typedef enum UnwindTag {
  UNWIND_NONE,   // nothing is pending
  UNWIND_RAISE,  // exception in ec->exc
  UNWIND_BREAK,  // value in ec->exc, to the frame record ec->unwind_target
  UNWIND_NEXT,   // end of the block activation; value in ec->exc
  UNWIND_RETURN, // non-local return: value, target
  UNWIND_REDO,   // restart the body of the current loop or block
  UNWIND_RETRY,  // restart the current begin
  UNWIND_THROW,  // throw: value, ec->unwind_tag_value names the catch
  UNWIND_TAIL,   // the frame record aimed at ends and the call in ec->tail takes its place
  UNWIND_KILL,   // fiber or thread being ended: runs ensures only
} UnwindTag;

// Raise an exception of a class with a formatted UTF-8 message. %V takes a Value and prints its
// inspect (bounded); the other conversions are printf's. Returns VAL_EXC.
MX_FUNC Value mx_raise(ExecCtx *ec, ClassObj *klass, const char *fmt, ...);
#define mx_raise_type(ec, ...) mx_raise((ec), (ec)->vm->cls.TypeError, __VA_ARGS__)
#define mx_raise_arg(ec, ...) mx_raise((ec), (ec)->vm->cls.ArgumentError, __VA_ARGS__)
#define mx_raise_index(ec, ...) mx_raise((ec), (ec)->vm->cls.IndexError, __VA_ARGS__)
#define mx_raise_range(ec, ...) mx_raise((ec), (ec)->vm->cls.RangeError, __VA_ARGS__)
#define mx_raise_name(ec, ...) mx_raise((ec), (ec)->vm->cls.NameError, __VA_ARGS__)

// Raise an exception object; captures its backtrace if it has none and sets its cause from $!.
MX_FUNC Value mx_raise_value(ExecCtx *ec, Value exception);
// Raise SystemStackError, a new one each time; TracePoint is not told, as in Ruby. Returns VAL_EXC.
MX_FUNC Value mx_raise_stack_error(ExecCtx *ec);
// Raise it if the C stack has no room for another function that calls itself; false then.
MX_FUNC MX_MUST_CHECK bool mx_c_stack_check(ExecCtx *ec);
// The exception that `raise` raises for its arguments, a backtrace and keywords aside; VAL_EXC when
// there is none, or when making it raised (error_raise.c).
MX_FUNC MX_MUST_CHECK Value mx_raise_exception(ExecCtx *ec, uint32_t count, const Value *argv);
// Make an exception object without raising it.
MX_FUNC Value mx_error_new(ExecCtx *ec, ClassObj *klass, const char *fmt, ...);
MX_FUNC Value mx_error_new_str(ExecCtx *ec, ClassObj *klass, Value message);
// Raise the Errno class of a C errno: "No such file or directory @ rb_sysopen - x".
MX_FUNC Value mx_raise_errno(ExecCtx *ec, int error, const char *detail);
// NameError with receiver and name; "uninitialized constant A::B" (what const_missing does).
MX_FUNC Value mx_raise_name_error(ExecCtx *ec, Value receiver, Sym name, const char *fmt, ...);
MX_FUNC Value mx_raise_const_missing(ExecCtx *ec, ClassObj *klass, Sym name);
// LocalJumpError with reason ("return", "break", ...) and exit value.
MX_FUNC Value mx_raise_local_jump(ExecCtx *ec, const char *message, const char *reason,
                                  Value exit_value);
MX_FUNC Value mx_raise_key(ExecCtx *ec, Value receiver, Value key, const char *fmt, ...);
MX_FUNC Value mx_raise_frozen(ExecCtx *ec, Value object);
MX_FUNC Value mx_raise_arity(ExecCtx *ec, int given, int min, int max); // max -1: no limit
// "no implicit conversion of X into Y", with nil, true and false spelled as such.
MX_FUNC Value mx_raise_no_conversion(ExecCtx *ec, Value v, const char *into);
// call_kind: CALL_* flags. Says "private method ..." when there is one that may not be called.
MX_FUNC Value mx_raise_no_method(ExecCtx *ec, Value receiver, Sym name, int call_kind);
MX_FUNC Value mx_raise_stop(ExecCtx *ec, Value result); // StopIteration with a result

// The pending exception taken out of ec (rescue); nothing is pending afterwards.
MX_FUNC Value mx_exc_take(ExecCtx *ec);
MX_FUNC bool mx_exc_pending(const ExecCtx *ec);
// Save and restore what is pending around clean-up that may run guest code (ensure).
typedef struct UnwindState {
  UnwindTag tag;
  Value value, tag_value;
  void *target;
} UnwindState;
MX_FUNC UnwindState mx_unwind_save(ExecCtx *ec);
MX_FUNC void mx_unwind_restore(ExecCtx *ec, UnwindState state);

// Format as mx_raise does, into a String.
MX_FUNC Value mx_format_message(ExecCtx *ec, const char *fmt, va_list args);

// Parts of an exception. The backtrace is an Array of Strings, or nil.
MX_FUNC Value mx_error_backtrace(ExecCtx *ec, Value exception);
// What capture_backtrace made for it, or NULL when it was set by hand or never raised.
MX_FUNC void *mx_error_captured(ExecCtx *ec, Value exception);
// Capture it anew: when it was raised, ec->frame did not tell where the program was. One that was
// set by hand stays.
MX_FUNC void mx_error_recapture(ExecCtx *ec, Value exception);
// Set or clear it (Array of Strings, or nil).
MX_FUNC void mx_error_set_backtrace(ExecCtx *ec, Value exception, Value backtrace);

// Name of a class or module for messages: what its `name` answers if a program redefined it.
MX_FUNC Value mx_error_class_name(ExecCtx *ec, ClassObj *klass);
// Describe a receiver for messages, as Ruby 4.0 does: "nil", "an instance of Foo", "class Foo".
MX_FUNC Value mx_describe_receiver(ExecCtx *ec, Value v);

#endif
