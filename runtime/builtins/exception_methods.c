// SPDX-License-Identifier: MIT
// What exceptions need from C: hidden variables, backtraces, errno.
#include "runtime/errno_class.h"
#include "runtime/error_report.h"
#include "runtime/integer.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"
#include <unistd.h>

// ---- hidden variables of any object, also of frozen ones

Value mx_exception_p_hidden_get(ExecCtx *ec, Value self, Value object, Value name) {
  return mx_ivar_get(ec, object, val_to_sym(name));
}

Value mx_exception_p_hidden_set(ExecCtx *ec, Value self, Value object, Value name, Value value) {
  mx_ivar_set_hidden(ec, object, val_to_sym(name), value);
  return value;
}

Value mx_exception_p_hidden_defined(ExecCtx *ec, Value self, Value object, Value name) {
  return val_bool(mx_ivar_defined(ec, object, val_to_sym(name)));
}

// ---- backtraces

Value mx_exception_p_backtrace(ExecCtx *ec, Value self, Value error) {
  return mx_error_backtrace(ec, error);
}

Value mx_exception_p_set_backtrace(ExecCtx *ec, Value self, Value error, Value backtrace) {
  mx_error_set_backtrace(ec, error, backtrace);
  return backtrace;
}

// Does the backtrace come from a raise (and not from set_backtrace)?
Value mx_exception_p_is_captured(ExecCtx *ec, Value self, Value error) {
  return val_bool(mx_error_captured(ec, error) != NULL);
}

// ---- texts

Value mx_exception_p_full_message(ExecCtx *ec, Value self, Value error, Value highlight,
                                  Value reverse, Value options) {
  return mx_error_full_message(ec, error, val_truthy(highlight), val_truthy(reverse), options);
}

Value mx_exception_p_decorate(ExecCtx *ec, Value self, Value error, Value message, Value highlight,
                              Value snippet) {
  bool bold = val_truthy(highlight);
  if (val_truthy(snippet)) return mx_error_detail(ec, error, message, bold);
  return mx_error_decorate(ec, mx_class_of(ec->vm, error), message, bold);
}

// ---- errno

Value mx_exception_p_errno_class(ExecCtx *ec, Value self, Value number) {
  int64_t n;
  if (!mx_int_to_i64(number, &n) || n != (int)n) n = -1;
  return val_from_ptr(mx_errno_class(ec, (int)n));
}

Value mx_exception_p_errno_text(ExecCtx *ec, Value self, Value number) {
  int64_t n;
  if (!mx_to_int64(ec, number, &n)) return VAL_EXC;
  char text[128];
  return mx_str_from_cstr(ec, strerror_r((int)n, text, sizeof text));
}

Value mx_exception_s_to_tty(ExecCtx *ec, Value self) { return val_bool(isatty(STDERR_FILENO)); }
