// SPDX-License-Identifier: MIT
// Bindings, eval, and what a program can ask about the frame it runs in.
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"
#include <limits.h>
#include <stdlib.h>

// The binding that self is.
static BindingObj *binding_of(Value self) { return VAL_CAST(BindingObj, self); }

// Take the name of a local variable.
static bool binding_name(ExecCtx *ec, Value self, Value name, Sym *out) {
  if (!mx_to_method_name(ec, name, out)) return false;
  const char *text = mx_support_name(ec, *out);
  if (text[0] == '_' && text[1] >= '1' && text[1] <= '9' && !text[2]) {
    mx_raise_name_error(ec, self, *out, "numbered parameter '%s' is not a local variable", text);
    return false;
  }
  if (mx_support_is_variable_name(ec, *out, "") && !mx_support_is_const_name(ec, *out)) return true;
  mx_raise_name_error(ec, self, *out, "wrong local variable name '%s' for %s",
                      mx_support_name(ec, *out), mx_str_bytes(mx_any_to_s(ec, self)));
  return false;
}

Value mx_binding_m_get(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!binding_name(ec, self, name, &sym)) return VAL_EXC;
  Value value = ec->vm->up->binding_get(ec, self, sym);
  if (!val_is_undef(value)) return value;
  return mx_raise_name_error(ec, self, sym, "local variable '%s' is not defined for %s",
                             mx_support_name(ec, sym), mx_str_bytes(mx_any_to_s(ec, self)));
}

Value mx_binding_m_set(ExecCtx *ec, Value self, Value name, Value value) {
  Sym sym;
  if (!binding_name(ec, self, name, &sym)) return VAL_EXC;
  return ec->vm->up->binding_set(ec, self, sym, value) ? value : VAL_EXC;
}

Value mx_binding_m_defined(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!binding_name(ec, self, name, &sym)) return VAL_EXC;
  return val_bool(!val_is_undef(ec->vm->up->binding_get(ec, self, sym)));
}

Value mx_binding_m_names(ExecCtx *ec, Value self) { return ec->vm->up->binding_names(ec, self); }

Value mx_binding_m_receiver(ExecCtx *ec, Value self) { return binding_of(self)->self; }

Value mx_binding_m_source_location(ExecCtx *ec, Value self) {
  return MX_ARRAY_OF(ec, binding_of(self)->file, val_from_fixnum(binding_of(self)->line));
}

// Evaluate text in a binding; file and line may be absent or nil.
static Value binding_eval(ExecCtx *ec, Value binding, Value text, Value file, Value line) {
  text = mx_to_str(ec, text);
  if (val_is_exc(text)) return text;
  const char *name = NULL;
  int64_t first = 1;
  if (!val_is_undef(file) && !val_is_nil(file)) {
    file = mx_to_str(ec, file);
    if (val_is_exc(file) || !(name = mx_str_cstr(ec, file))) return VAL_EXC;
  }
  if (!val_is_undef(line) && !mx_to_int64(ec, line, &first)) return VAL_EXC;
  CallerInfo caller;
  if (!name && ec->vm->up->caller(ec, &caller))
    name = mx_str_bytes(mx_str_printf(ec, "(eval at %s:%u)", caller.file, caller.line));
  return ec->vm->up->eval_text(ec, binding, text, name ? name : "(eval)", (int32_t)first);
}

Value mx_binding_m_eval(ExecCtx *ec, Value self, Value text, Value file, Value line) {
  return binding_eval(ec, self, text, file, line);
}

// The caller's binding, in which self is the receiver of `eval`.
static Value kernel_eval_binding(ExecCtx *ec, Value self) {
  Value binding = ec->vm->up->caller_binding(ec);
  if (!val_is_exc(binding)) binding_of(binding)->self = self;
  return binding;
}

// eval(text, binding = nil, file = nil, line = 1).
Value mx_kernel_f_eval(ExecCtx *ec, Value self, Value text, Value binding, Value file, Value line) {
  bool given = !val_is_undef(binding) && !val_is_nil(binding);
  if (given && !val_is_type(binding, T_BINDING))
    return mx_raise_type(ec, "wrong argument type %s (expected binding)",
                         mx_support_class(ec, binding));
  if (!given) binding = kernel_eval_binding(ec, self);
  return val_is_exc(binding) ? binding : binding_eval(ec, binding, text, file, line);
}

Value mx_kernel_f_binding(ExecCtx *ec, Value self) { return ec->vm->up->caller_binding(ec); }

Value mx_kernel_f_local_variables(ExecCtx *ec, Value self) {
  Value binding = ec->vm->up->caller_binding(ec);
  return val_is_exc(binding) ? binding : ec->vm->up->binding_names(ec, binding);
}

Value mx_kernel_f_block_given(ExecCtx *ec, Value self) {
  CallerInfo caller;
  return val_bool(ec->vm->up->caller(ec, &caller) && caller.block);
}

// Name of the running method in its def; nil outside methods.
Value mx_kernel_f_method_name(ExecCtx *ec, Value self) {
  CallerInfo caller;
  bool known = ec->vm->up->caller(ec, &caller) && caller.me;
  return known ? val_from_sym(caller.me->original_name) : VAL_NIL;
}

// Name the running method was called by.
Value mx_kernel_f_callee(ExecCtx *ec, Value self) {
  CallerInfo caller;
  bool known = ec->vm->up->caller(ec, &caller) && caller.me;
  return known ? val_from_sym(caller.me->name) : VAL_NIL;
}

// Path of a source that is not there, in a directory that is.
static bool kernel_missing_file(const char *file, char path[PATH_MAX]) {
  const char *slash = strrchr(file, '/');
  char dir[PATH_MAX];
  size_t len = slash ? (size_t)(slash - file) : 0;
  if (len >= sizeof dir) return false;
  memcpy(dir, file, len);
  dir[len] = 0;
  if (!realpath(len > 0 ? dir : slash ? "/" : ".", path)) return false;
  len = strlen(path);
  if (len + 2 > PATH_MAX) return false;
  memcpy(path + len, "/", 2);
  return true;
}

// Directory of the running file; nil in eval and on standard input.
Value mx_kernel_f_dir(ExecCtx *ec, Value self) {
  CallerInfo caller;
  if (!ec->vm->up->caller(ec, &caller) || !caller.file) return VAL_NIL;
  char path[PATH_MAX];
  if (!realpath(caller.file, path) && !(caller.is_image && kernel_missing_file(caller.file, path)))
    return VAL_NIL;
  char *slash = strrchr(path, '/');
  size_t len = slash && slash != path ? (size_t)(slash - path) : 1;
  return mx_str_utf8(ec, path, len);
}

// Does text for a binding end where more of it is expected?
Value mx_binding_p_expects_more(ExecCtx *ec, Value self, Value binding, Value text) {
  return val_bool(ec->vm->up->binding_expects_more(ec, binding, text));
}
