// SPDX-License-Identifier: MIT
// What `raise` raises for its arguments; shared by Kernel#raise and the engines' short cut to it.
#include "runtime/semantics.h"
#include "runtime/vm.h"

// Is it a method that the library has in the language?
static bool raise_is_library(const MethodEntry *me) {
  return me && (me->kind == METHOD_CORE || me->flags & METHOD_F_CORE);
}

// A new exception of a class, as the `exception` that classes are born with makes it: not by `new`,
// which the class may have made its own.
static Value raise_make(ExecCtx *ec, ClassObj *klass, uint32_t count, const Value *argv) {
  Value error = klass->allocate(ec, klass);
  if (val_is_exc(error)) return error;
  const MethodEntry *init = mx_method_find(ec->vm, klass, SYM_initialize).me;
  if (raise_is_library(init) && init->owner == ec->vm->cls.Exception) { // it keeps the message
    mx_ivar_set_hidden(ec, error, SYM_iv_message, count > 0 ? argv[0] : VAL_NIL);
    return error;
  }
  return val_is_exc(mx_send(ec, error, SYM_initialize, (int)count, argv)) ? VAL_EXC : error;
}

// The exception that a class or object gives for raise, by its method `exception`; VAL_UNDEF when
// it has none.
static Value raise_ask(ExecCtx *ec, Value what, uint32_t count, const Value *argv) {
  const MethodEntry *me = mx_method_find(ec->vm, mx_class_of(ec->vm, what), SYM_exception).me;
  if (raise_is_library(me) && val_is_type(what, T_CLASS)) {
    ClassObj *klass = VAL_CAST(ClassObj, what);
    if (klass->allocate && !(klass->flags & (CLASS_SINGLETON | CLASS_ABSTRACT)))
      return raise_make(ec, klass, count, argv);
  }
  return mx_send_if(ec, what, SYM_exception, (int)count, argv);
}

// Make the exception: of none, a message, or a class or object with a message.
Value mx_raise_exception(ExecCtx *ec, uint32_t count, const Value *argv) {
  VM *vm = ec->vm;
  if (count == 0) {
    if (!val_is_nil(ec->errinfo)) return ec->errinfo;
    return mx_error_new(ec, vm->cls.RuntimeError, "%s", "");
  }
  Value what = argv[0];
  if (count == 1 && !val_is_class_or_module(what) && !mx_is_a(vm, what, vm->cls.Exception)) {
    Value text = mx_check_convert(ec, what, vm->cls.String, SYM_to_str);
    if (val_is_exc(text)) return text;
    if (!val_is_nil(text)) return mx_error_new_str(ec, vm->cls.RuntimeError, text);
  }
  Value error = raise_ask(ec, what, count > 1, argv + 1);
  if (val_is_exc(error)) return error;
  if (val_is_undef(error)) return mx_raise_type(ec, "exception class/object expected");
  if (mx_is_a(vm, error, vm->cls.Exception)) return error;
  return mx_raise_type(ec, "exception object expected");
}
