// SPDX-License-Identifier: MIT
// Global functions: conversions, raise, catch and throw, ending the program, warning switches.
#include "runtime/global.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"
#include <unistd.h>

// Stands for an absent argument in core methods that tell nil from nothing: a Symbol that no
// program writes.
static Value kernel_undefined(void) { return val_from_sym(SYM_iv_undefined); }

Value mx_kernel_p_undefined(ExecCtx *ec, Value self) { return kernel_undefined(); }
Value mx_kernel_p_own_block(ExecCtx *ec, Value self) { return VAL_UNDEF; }
Value mx_kernel_p_is_undefined(ExecCtx *ec, Value self, Value v) {
  return val_bool(v == kernel_undefined());
}

// ---- conversions

// String(v): to_str, else to_s.
Value mx_kernel_f_string(ExecCtx *ec, Value self, Value v) {
  Value text = mx_check_convert(ec, v, ec->vm->cls.String, SYM_to_str);
  if (!val_is_nil(text)) return text;
  text = mx_send_if(ec, v, SYM_to_s, 0, NULL);
  if (val_is_exc(text) || val_is_string(text)) return text;
  const char *name = mx_support_class(ec, v);
  if (val_is_undef(text)) return mx_raise_type(ec, "can't convert %s into String", name);
  return mx_raise_type(ec, "can't convert %s into String (%s#to_s gives %s)", name, name,
                       mx_support_class(ec, text));
}

// Array(v): to_ary, to_a, else [v].
Value mx_kernel_f_array(ExecCtx *ec, Value self, Value v) {
  Value list = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary);
  if (val_is_nil(list) && !val_is_nil(v))
    list = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_a);
  if (val_is_nil(v)) return mx_array_new(ec, 0);
  return val_is_nil(list) ? mx_array_from(ec, 1, &v) : list;
}

// Hash(v): nil and [] give {}, else to_hash.
Value mx_kernel_f_hash(ExecCtx *ec, Value self, Value v) {
  if (val_is_nil(v) || (val_is_array(v) && mx_array_len(v) == 0)) return mx_hash_new(ec);
  Value hash = mx_check_convert(ec, v, ec->vm->cls.Hash, SYM_to_hash);
  if (!val_is_nil(hash)) return hash;
  return mx_raise_type(ec, "can't convert %s into Hash", mx_support_class(ec, v));
}

Value mx_kernel_f_global_variables(ExecCtx *ec, Value self) { return mx_global_names(ec); }

// Primitive.global_traces(name): the Array of what traces the variable
Value mx_kernel_p_global_traces(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  return mx_to_method_name(ec, name, &sym) ? mx_global_traces(ec, sym) : VAL_EXC;
}

// Primitive.global_defined(name): does a global variable have that name?
Value mx_kernel_p_global_defined(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  return mx_to_method_name(ec, name, &sym) ? val_bool(mx_global_defined(ec->vm, sym)) : VAL_EXC;
}

// ---- raise

// Set an explicit cause; ArgumentError when it would close a circle.
static bool kernel_set_cause(ExecCtx *ec, Value error, Value cause) {
  Sym name = SYM_iv_cause;
  if (!val_is_nil(cause) && !mx_is_a(ec->vm, cause, ec->vm->cls.Exception)) {
    mx_raise_type(ec, "exception object expected");
    return false;
  }
  if (cause == error || (val_is_nil(cause) && mx_ivar_defined(ec, error, name))) return true;
  for (Value at = cause; !val_is_nil(at); at = mx_ivar_get(ec, at, name)) {
    if (at != error) continue;
    mx_raise_arg(ec, "circular causes");
    return false;
  }
  mx_ivar_set_hidden(ec, error, name, cause);
  return true;
}

// raise(*args, cause:); an absent cause is $!.
Value mx_kernel_p_raise(ExecCtx *ec, Value self, Value args, Value cause) {
  uint32_t count = mx_array_len(args);
  bool given = cause != kernel_undefined();
  if (count > 3) return mx_raise_arity(ec, (int)count, 0, 3);
  if (count == 0 && given) return mx_raise_arg(ec, "only cause is given with no arguments");
  Value given_args[3];
  mx_array_copy_out(ec, args, given_args);
  Value error = mx_raise_exception(ec, count, given_args);
  if (val_is_exc(error)) return error;
  if (count == 3) {
    Value trace = mx_array_get(ec, args, 2);
    if (val_is_exc(mx_send1(ec, error, SYM_set_backtrace, trace))) return VAL_EXC;
  }
  if (given && !kernel_set_cause(ec, error, cause)) return VAL_EXC;
  return mx_raise_value(ec, error);
}

// ---- catch and throw

// Is a tag one of a live catch?
static bool kernel_is_caught(ExecCtx *ec, Value tag) {
  if (!val_is_array(ec->catch_tags)) return false;
  for (uint32_t i = mx_array_len(ec->catch_tags); i-- > 0;)
    if (mx_array_get(ec, ec->catch_tags, i) == tag) return true;
  return false;
}

// catch(tag) begins: the tag is one that can be thrown. Whether what is thrown ends an activation
// of catch is seen where that ends (mx_unwind_method).
Value mx_kernel_p_catch_begin(ExecCtx *ec, Value self, Value tag) {
  if (!val_is_array(ec->catch_tags)) ec->catch_tags = mx_array_new(ec, 4);
  mx_array_push(ec, ec->catch_tags, tag);
  return VAL_NIL;
}

// The innermost catch is over.
Value mx_kernel_p_catch_end(ExecCtx *ec, Value self) {
  (void)mx_array_pop(ec, ec->catch_tags);
  return VAL_NIL;
}

Value mx_kernel_f_throw(ExecCtx *ec, Value self, Value tag, Value value) {
  if (val_is_undef(value)) value = VAL_NIL;
  if (!kernel_is_caught(ec, tag)) {
    Value error = mx_error_new(ec, ec->vm->cls.UncaughtThrowError, "uncaught throw %V", tag);
    if (val_is_exc(error)) return error;
    mx_ivar_set_hidden(ec, error, SYM_iv_tag, tag);
    mx_ivar_set_hidden(ec, error, SYM_iv_value, value);
    return mx_raise_value(ec, error);
  }
  ec->unwind = UNWIND_THROW;
  ec->unwind_tag_value = tag;
  ec->exc = value;
  return VAL_EXC;
}

// ---- ending the program

// Status of exit's argument: true, false, or a number.
static bool kernel_status(ExecCtx *ec, Value status, int64_t *out) {
  *out = status == VAL_FALSE;
  if (val_is_undef(status) || status == VAL_TRUE || status == VAL_FALSE) return true;
  return mx_to_int64(ec, status, out);
}

// Raise SystemExit.
static Value kernel_raise_exit(ExecCtx *ec, int64_t status, Value message) {
  Value error = mx_error_new_str(ec, ec->vm->cls.SystemExit, message);
  mx_ivar_set_hidden(ec, error, SYM_iv_status, val_from_fixnum(status));
  return mx_raise_value(ec, error);
}

Value mx_kernel_f_exit(ExecCtx *ec, Value self, Value status) {
  int64_t code;
  if (!kernel_status(ec, status, &code)) return VAL_EXC;
  return kernel_raise_exit(ec, code, mx_str_ascii(ec, "exit"));
}

Value mx_kernel_f_exit_now(ExecCtx *ec, Value self, Value status) {
  int64_t code;
  if (!kernel_status(ec, status, &code)) return VAL_EXC;
  _exit((int)code);
}

// Print the message, or that of the pending error, and exit with 1.
Value mx_kernel_f_abort(ExecCtx *ec, Value self, Value message) {
  Value err = mx_global_get(ec, SYM_g_stderr);
  if (val_is_undef(message)) {
    if (!val_is_nil(ec->errinfo)) {
      Value text = mx_send0(ec, ec->errinfo, SYM_full_message);
      if (val_is_exc(text) || val_is_exc(mx_send1(ec, err, SYM_write, text))) return VAL_EXC;
    }
    return kernel_raise_exit(ec, 1, mx_str_ascii(ec, "exit"));
  }
  message = mx_to_str(ec, message);
  if (val_is_exc(message) || val_is_exc(mx_send1(ec, err, SYM_puts, message))) return VAL_EXC;
  return kernel_raise_exit(ec, 1, message);
}

Value mx_kernel_p_at_exit(ExecCtx *ec, Value self, Value block) {
  if (val_is_nil(block)) return mx_raise_arg(ec, "called without a block");
  if (!val_is_array(ec->vm->at_exit)) ec->vm->at_exit = mx_array_new(ec, 4);
  mx_array_push(ec, ec->vm->at_exit, block);
  return block;
}

// The running frames as Strings, innermost first, without the core method that asks.
Value mx_kernel_p_backtrace(ExecCtx *ec, Value self) {
  void *captured = ec->vm->up->capture_backtrace(ec);
  Value lines = ec->vm->up->render_backtrace(ec, captured, -1);
  if (val_is_array(lines)) (void)mx_array_shift(ec, lines);
  return lines;
}

// ---- warnings

// Switch of a warning category, or NULL + ArgumentError.
static bool *kernel_warning_switch(ExecCtx *ec, Value category) {
  if (!val_is_symbol(category)) {
    mx_raise_type(ec, "wrong argument type %s (expected Symbol)", mx_support_class(ec, category));
    return NULL;
  }
  const char *name = mx_support_name(ec, val_to_sym(category));
  VmOptions *options = &ec->vm->options;
  if (strcmp(name, "deprecated") == 0) return &options->warn_deprecated;
  if (strcmp(name, "experimental") == 0) return &options->warn_experimental;
  if (strcmp(name, "performance") == 0) return &options->warn_performance;
  if (strcmp(name, "strict_unused_block") == 0) return &options->warn_unused_block;
  mx_raise_arg(ec, "unknown category: %s", name);
  return NULL;
}

Value mx_warning_p_enabled(ExecCtx *ec, Value self, Value category) {
  const bool *on = kernel_warning_switch(ec, category);
  return on ? val_bool(*on) : VAL_EXC;
}

Value mx_warning_p_enable(ExecCtx *ec, Value self, Value category, Value on) {
  bool *which = kernel_warning_switch(ec, category);
  if (!which) return VAL_EXC;
  *which = val_truthy(on);
  return on;
}

// $VERBOSE as the options have it.
Value mx_warning_p_verbose(ExecCtx *ec, Value self) {
  return ec->vm->options.verbose < 0 ? VAL_NIL : val_bool(ec->vm->options.verbose > 0);
}
