// SPDX-License-Identifier: MIT
// Raising: exception objects, what is pending in a context, backtraces, causes.
//
// The text of a message is made at once; the backtrace is captured as an opaque object and
// rendered when somebody asks. Both lie in hidden variables of the exception.
#include "runtime/array.h"
#include "runtime/errno_class.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/upcall.h"

// Payload of the foreign object that holds a captured backtrace.
typedef struct ErrorTrace {
  void *captured; // made by the upcall capture_backtrace
  Value lines;    // Array of Strings once somebody has asked, so that all get the same; else nil
} ErrorTrace;

static const ForeignType error_trace_type = {.name = "backtrace", .size = sizeof(ErrorTrace)};

// Make an exception object with a message String.
Value mx_error_new_str(ExecCtx *ec, ClassObj *klass, Value message) {
  Value exception = mx_object_new(ec, klass);
  mx_ivar_set_hidden(ec, exception, SYM_iv_message, message);
  return exception;
}

// Make an exception object with a formatted message.
static Value error_new_va(ExecCtx *ec, ClassObj *klass, const char *fmt, va_list args) {
  return mx_error_new_str(ec, klass, mx_format_message(ec, fmt, args));
}

// Make an exception object without raising it.
Value mx_error_new(ExecCtx *ec, ClassObj *klass, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  Value exception = error_new_va(ec, klass, fmt, args);
  va_end(args);
  return exception;
}

// Give an exception its backtrace if it has none and somebody can capture one.
static void error_capture(ExecCtx *ec, Value exception) {
  if (!ec->vm->up || !ec->vm->up->capture_backtrace) return;
  if (!val_is_nil(mx_ivar_get(ec, exception, SYM_iv_backtrace))) return;
  Foreign *trace = mx_foreign_new(ec, ec->vm->cls.Object, &error_trace_type);
  ((ErrorTrace *)(void *)trace->payload)->captured = ec->vm->up->capture_backtrace(ec);
  mx_ivar_set_hidden(ec, exception, SYM_iv_backtrace, val_from_ptr(trace));
}

// Give an exception the backtrace of where the context is now, whatever it has.
void mx_error_recapture(ExecCtx *ec, Value exception) {
  if (!mx_error_captured(ec, exception)) return;
  mx_ivar_set_hidden(ec, exception, SYM_iv_backtrace, VAL_NIL);
  error_capture(ec, exception);
}

// Would the exception become its own cause, at any distance?
static bool error_is_in_causes(ExecCtx *ec, Value exception, Value cause) {
  while (!val_is_nil(cause) && cause != exception) cause = mx_ivar_get(ec, cause, SYM_iv_cause);
  return cause == exception;
}

// Set the cause from $! unless the exception has one already.
static void error_set_cause(ExecCtx *ec, Value exception) {
  if (mx_ivar_defined(ec, exception, SYM_iv_cause)) return;
  if (error_is_in_causes(ec, exception, ec->errinfo)) return;
  mx_ivar_set_hidden(ec, exception, SYM_iv_cause, ec->errinfo);
}

// Let an exception object be pending, with its cause and backtrace.
static void error_start(ExecCtx *ec, Value exception) {
  error_set_cause(ec, exception);
  error_capture(ec, exception);
  ec->unwind = UNWIND_RAISE;
  ec->exc = exception;
}

// Raise SystemStackError.
Value mx_raise_stack_error(ExecCtx *ec) {
  Value message = mx_str_from_cstr(ec, "stack level too deep");
  error_start(ec, mx_error_new_str(ec, ec->vm->cls.SystemStackError, message));
  return VAL_EXC;
}

// Raise SystemStackError if the C stack is full; false then.
bool mx_c_stack_check(ExecCtx *ec) {
  if (MX_LIKELY(!mx_c_stack_is_full(ec))) return true;
  (void)mx_raise_stack_error(ec);
  return false;
}

// Raise an exception object.
Value mx_raise_value(ExecCtx *ec, Value exception) {
  error_start(ec, exception);
  if (MX_UNLIKELY((ec->vm->hooked & (HOOK_RAISE | HOOK_C_RETURN)) != 0)) ec->vm->up->raised(ec);
  return VAL_EXC;
}

// Raise an exception of a class with a formatted message.
Value mx_raise(ExecCtx *ec, ClassObj *klass, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  Value exception = error_new_va(ec, klass, fmt, args);
  va_end(args);
  return mx_raise_value(ec, exception);
}

// Raise NameError (or a subclass) with receiver and name.
static Value error_raise_name(ExecCtx *ec, ClassObj *klass, Value receiver, Sym name,
                              Value message) {
  Value exception = mx_error_new_str(ec, klass, message);
  mx_ivar_set_hidden(ec, exception, SYM_iv_name, val_from_sym(name));
  mx_ivar_set_hidden(ec, exception, SYM_iv_receiver, receiver);
  return mx_raise_value(ec, exception);
}

// Raise NameError with receiver and name.
Value mx_raise_name_error(ExecCtx *ec, Value receiver, Sym name, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  Value message = mx_format_message(ec, fmt, args);
  va_end(args);
  return error_raise_name(ec, ec->vm->cls.NameError, receiver, name, message);
}

// Raise LocalJumpError with reason and exit value.
Value mx_raise_local_jump(ExecCtx *ec, const char *message, const char *reason, Value exit_value) {
  Value exception = mx_error_new(ec, ec->vm->cls.LocalJumpError, "%s", message);
  mx_ivar_set_hidden(ec, exception, SYM_iv_reason, val_from_sym(mx_sym(ec->vm, reason)));
  mx_ivar_set_hidden(ec, exception, SYM_iv_exit_value, exit_value);
  return mx_raise_value(ec, exception);
}

// Raise KeyError with receiver and key.
Value mx_raise_key(ExecCtx *ec, Value receiver, Value key, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  Value exception = error_new_va(ec, ec->vm->cls.KeyError, fmt, args);
  va_end(args);
  mx_ivar_set_hidden(ec, exception, SYM_iv_receiver, receiver);
  mx_ivar_set_hidden(ec, exception, SYM_iv_key, key);
  return mx_raise_value(ec, exception);
}

// Raise the Errno class of a C errno.
Value mx_raise_errno(ExecCtx *ec, int error, const char *detail) {
  const char *text = strerror(error);
  ClassObj *klass = mx_errno_class(ec, error);
  const char *join = !detail ? "" : *detail == '@' ? " " : " - ";
  Value exception = mx_error_new(ec, klass, "%s%s%s", text, join, detail ? detail : "");
  mx_ivar_set_hidden(ec, exception, SYM_iv_errno, val_from_fixnum(error));
  return mx_raise_value(ec, exception);
}

// Raise FrozenError "can't modify frozen String: \"abc\"".
Value mx_raise_frozen(ExecCtx *ec, Value object) {
  Value kind = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, object)));
  Value exception = mx_error_new(ec, ec->vm->cls.FrozenError, "can't modify frozen %s: %V",
                                 mx_str_bytes(kind), object);
  mx_ivar_set_hidden(ec, exception, SYM_iv_receiver, object);
  return mx_raise_value(ec, exception);
}

// Raise ArgumentError "wrong number of arguments (given 1, expected 0)".
Value mx_raise_arity(ExecCtx *ec, int given, int min, int max) {
  if (max < 0)
    return mx_raise_arg(ec, "wrong number of arguments (given %d, expected %d+)", given, min);
  if (max == min)
    return mx_raise_arg(ec, "wrong number of arguments (given %d, expected %d)", given, min);
  return mx_raise_arg(ec, "wrong number of arguments (given %d, expected %d..%d)", given, min, max);
}

// Raise StopIteration with a result.
Value mx_raise_stop(ExecCtx *ec, Value result) {
  Value exception = mx_error_new(ec, ec->vm->cls.StopIteration, "iteration reached an end");
  mx_ivar_set_hidden(ec, exception, SYM_iv_result, result);
  return mx_raise_value(ec, exception);
}

// Why a method cannot be called: it is private, protected, not there.
static const char *error_call_problem(ExecCtx *ec, Value receiver, Sym name, int call_kind) {
  if (call_kind & CALL_SUPER) return "super: no superclass method '%s' for %s";
  if (call_kind & CALL_VCALL) return "undefined local variable or method '%s' for %s";
  MethodRef ref = mx_method_find(ec->vm, mx_class_of(ec->vm, receiver), name);
  if (ref.me && ref.me->visibility == VIS_PRIVATE) return "private method '%s' called for %s";
  if (ref.me && ref.me->visibility == VIS_PROTECTED) return "protected method '%s' called for %s";
  return "undefined method '%s' for %s";
}

// Raise NoMethodError, for a bare identifier NameError.
Value mx_raise_no_method(ExecCtx *ec, Value receiver, Sym name, int call_kind) {
  const char *fmt = error_call_problem(ec, receiver, name, call_kind);
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  Value who = mx_describe_receiver(ec, receiver);
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, fmt, text, mx_str_bytes(who));
  Value message = mx_str_from_buf(ec, &buf);
  bool vcall = (call_kind & CALL_VCALL) && !(call_kind & CALL_SUPER);
  ClassObj *klass = vcall ? ec->vm->cls.NameError : ec->vm->cls.NoMethodError;
  return error_raise_name(ec, klass, receiver, name, message);
}

// What capture_backtrace made for the exception, or NULL.
void *mx_error_captured(ExecCtx *ec, Value exception) {
  Value v = mx_ivar_get(ec, exception, SYM_iv_backtrace);
  const ErrorTrace *trace = mx_foreign_get(v, &error_trace_type);
  return trace ? trace->captured : NULL;
}

// The backtrace as an Array of Strings, or nil; rendered once.
Value mx_error_backtrace(ExecCtx *ec, Value exception) {
  void *captured = mx_error_captured(ec, exception);
  if (!captured) {
    Value set = mx_ivar_get(ec, exception, SYM_iv_backtrace);
    return val_is_array(set) ? set : VAL_NIL;
  }
  Sym rendered = SYM_iv_backtrace_lines;
  Value lines = mx_ivar_get(ec, exception, rendered);
  if (val_is_array(lines)) return lines;
  lines = ec->vm->up->render_backtrace(ec, captured, -1);
  mx_ivar_set_hidden(ec, exception, rendered, lines);
  return lines;
}

// Set the backtrace, or clear it with nil.
void mx_error_set_backtrace(ExecCtx *ec, Value exception, Value backtrace) {
  mx_ivar_set_hidden(ec, exception, SYM_iv_backtrace, backtrace);
}

// The pending exception taken out of ec; nothing is pending afterwards.
Value mx_exc_take(ExecCtx *ec) {
  Value exception = ec->exc;
  mx_unwind_restore(ec, (UnwindState){0});
  return exception;
}

// Is anything pending?
bool mx_exc_pending(const ExecCtx *ec) { return ec->unwind != UNWIND_NONE; }

// Save what is pending and clear it.
UnwindState mx_unwind_save(ExecCtx *ec) {
  UnwindState state = {.tag = ec->unwind,
                       .value = ec->exc,
                       .tag_value = ec->unwind_tag_value,
                       .target = ec->unwind_target};
  mx_unwind_restore(ec, (UnwindState){0});
  return state;
}

// Make pending what was saved, in place of anything that is.
void mx_unwind_restore(ExecCtx *ec, UnwindState state) {
  ec->unwind = state.tag;
  ec->exc = state.value;
  ec->unwind_tag_value = state.tag_value;
  ec->unwind_target = state.target;
}
