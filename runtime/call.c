// SPDX-License-Identifier: MIT
// Calls from C: conveniences over the upcall table.
#include "runtime/assume.h"
#include "runtime/upcall.h"

// Send with arguments on a C array.
Value mx_send(ExecCtx *ec, Value receiver, Sym name, int argc, const Value *argv) {
  CallArgs args = mx_args(argc, argv);
  return ec->vm->up->send(ec, receiver, name, &args);
}

// Send without arguments.
Value mx_send0(ExecCtx *ec, Value receiver, Sym name) {
  return mx_send(ec, receiver, name, 0, NULL);
}

// Send with one argument.
Value mx_send1(ExecCtx *ec, Value receiver, Sym name, Value a) {
  return mx_send(ec, receiver, name, 1, &a);
}

// Send with two arguments.
Value mx_send2(ExecCtx *ec, Value receiver, Sym name, Value a, Value b) {
  Value argv[] = {a, b};
  return mx_send(ec, receiver, name, 2, argv);
}

// Call a block.
Value mx_yield(ExecCtx *ec, const Block *block, int argc, const Value *argv) {
  CallArgs args = mx_args(argc, argv);
  return ec->vm->up->yield(ec, block, &args);
}

// Was the method that a look-up found written by a program?
static bool call_is_guest(const MethodEntry *me) {
  if (me->flags & METHOD_F_CORE) return false;
  return me->kind != METHOD_BUILTIN && me->kind != METHOD_CORE;
}

// Ask a method of the receiver that a program wrote: 1, 0, or -1 when it raised. A second
// argument only asks for private methods, and only if the method takes it.
static int call_ask(ExecCtx *ec, Value v, const MethodEntry *me, Sym name, bool with_private) {
  Value argv[] = {val_from_sym(name), val_bool(with_private)};
  int argc = with_private && ec->vm->up->code_arity(ec, me, NULL) != 1 ? 2 : 1;
  Value answer = mx_send(ec, v, me->name, argc, argv);
  return val_is_exc(answer) ? -1 : val_truthy(answer);
}

// Does v answer to name? Overridden respond_to? and respond_to_missing? are asked.
int mx_respond_to(ExecCtx *ec, Value v, Sym name, bool with_private) {
  VM *vm = ec->vm;
  ClassObj *klass = mx_class_of(vm, v);
  MethodRef asked = mx_method_find(vm, klass, SYM_respond_to);
  if (asked.me && call_is_guest(asked.me)) return call_ask(ec, v, asked.me, name, with_private);
  MethodRef ref = mx_method_find(vm, klass, name);
  if (ref.me && (with_private || ref.me->visibility == VIS_PUBLIC)) return 1;
  MethodRef missing = mx_method_find(vm, klass, SYM_respond_to_missing);
  if (!missing.me || !call_is_guest(missing.me)) return 0;
  Value argv[] = {val_from_sym(name), val_bool(with_private)};
  Value answer = mx_send(ec, v, SYM_respond_to_missing, 2, argv);
  return val_is_exc(answer) ? -1 : val_truthy(answer);
}

// Is a method of that name found that a program wrote?
static bool call_has_guest(VM *vm, ClassObj *klass, Sym name) {
  MethodRef ref = mx_method_find(vm, klass, name);
  return ref.me && call_is_guest(ref.me);
}

// Send to an object whose method_missing may know the name; its NoMethodError means no.
static Value call_if_missing(ExecCtx *ec, Value v, Sym name, int argc, const Value *argv) {
  VM *vm = ec->vm;
  ClassObj *klass = mx_class_of(vm, v);
  if (!call_has_guest(vm, klass, SYM_method_missing)) return VAL_UNDEF;
  if (call_has_guest(vm, klass, SYM_respond_to)) return VAL_UNDEF;
  if (call_has_guest(vm, klass, SYM_respond_to_missing)) return VAL_UNDEF;
  Value result = mx_send(ec, v, name, argc, argv);
  if (!val_is_exc(result) || ec->unwind != UNWIND_RAISE) return result;
  if (!mx_is_a(vm, ec->exc, vm->cls.NoMethodError)) return result;
  (void)mx_exc_take(ec);
  return VAL_UNDEF;
}

// Send if v responds, private methods included, else VAL_UNDEF. An object that says it responds
// while it has neither such a method nor a method_missing does not.
Value mx_send_if(ExecCtx *ec, Value v, Sym name, int argc, const Value *argv) {
  int responds = mx_respond_to(ec, v, name, true);
  if (responds == 0) return call_if_missing(ec, v, name, argc, argv);
  if (responds < 0) return VAL_EXC;
  ClassObj *klass = mx_class_of(ec->vm, v);
  bool answers =
      mx_method_find(ec->vm, klass, name).me || call_has_guest(ec->vm, klass, SYM_method_missing);
  return answers ? mx_send(ec, v, name, argc, argv) : VAL_UNDEF;
}

// Is the method that v would run for name the one its class was born with?
bool mx_method_is_builtin(ExecCtx *ec, Value v, Sym name) {
  ClassObj *klass = mx_class_of(ec->vm, v);
  const MethodEntry *me = mx_method_find(ec->vm, klass, name).me;
  if (!me || call_is_guest(me)) return false;
  return !(me->flags & METHOD_F_ADDED) || mx_assume_is_born(klass, me, name);
}
