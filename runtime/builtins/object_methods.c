// SPDX-License-Identifier: MIT
// Methods of every object: identity, class, text, and calls by name.
#include "runtime/float.h"
#include "runtime/global.h"
#include "runtime/integer.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

Value mx_object_m_initialize(ExecCtx *ec, Value self) { return VAL_NIL; }
Value mx_object_m_identical(ExecCtx *ec, Value self, Value other) {
  return val_bool(val_identical(self, other));
}
Value mx_object_m_not(ExecCtx *ec, Value self) { return val_bool(!val_truthy(self)); }
Value mx_object_m_is_nil(ExecCtx *ec, Value self) { return VAL_FALSE; }
Value mx_object_m_itself(ExecCtx *ec, Value self) { return self; }
Value mx_object_m_hook(ExecCtx *ec, Value self, Value name) { return VAL_NIL; }
Value mx_object_m_variables_to_inspect(ExecCtx *ec, Value self) { return VAL_NIL; }

// Turn 1, 0, -1 into true, false, an exception.
static Value object_truth(int answer) { return answer < 0 ? VAL_EXC : val_bool(answer); }

Value mx_object_m_not_equal(ExecCtx *ec, Value self, Value other) {
  Value equal = mx_send1(ec, self, SYM_EQ, other);
  return val_is_exc(equal) ? equal : val_bool(!val_truthy(equal));
}

Value mx_object_m_case_equal(ExecCtx *ec, Value self, Value other) {
  return object_truth(mx_equal(ec, self, other));
}

Value mx_object_m_not_match(ExecCtx *ec, Value self, Value other) {
  Value match = mx_send1(ec, self, SYM_MATCH_OP, other);
  return val_is_exc(match) ? match : val_bool(!val_truthy(match));
}

// Objects are ordered only when they are equal.
Value mx_object_m_compare(ExecCtx *ec, Value self, Value other) {
  int equal = mx_equal(ec, self, other);
  if (equal < 0) return VAL_EXC;
  return equal ? val_from_fixnum(0) : VAL_NIL;
}

// Hash by identity; objects do not move.
Value mx_object_m_hash(ExecCtx *ec, Value self) {
  uint64_t hash = mx_hash_mix(ec->vm->hash_seed[0], self);
  return val_from_fixnum((int64_t)hash >> 1);
}

// The number of a boxed Float, which is made of its bits, since its box is not what it is: below 0,
// and -4 modulo 16, which no other object's is.
static Value object_float_id(ExecCtx *ec, Value self) {
  double d = val_to_double(self);
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  Value shifted = mx_int_shift(ec, mx_int_from_u64(ec, bits), val_from_fixnum(4), true);
  return val_is_exc(shifted) ? shifted : mx_int_sub(ec, val_from_fixnum(-4), shifted);
}

// Immediates have the numbers that Ruby gives them.
Value mx_object_m_object_id(ExecCtx *ec, Value self) {
  if (val_is_fixnum(self)) {
    Value twice = mx_int_add(ec, self, self);
    return mx_int_add(ec, twice, val_from_fixnum(1));
  }
  if (val_is_nil(self)) return val_from_fixnum(8);
  if (self == VAL_TRUE) return val_from_fixnum(20);
  if (self == VAL_FALSE) return val_from_fixnum(0);
  if (val_is_type(self, T_FLOAT)) return object_float_id(ec, self);
  return mx_int_from_i64(ec, mx_object_id(ec, self));
}

Value mx_object_m_class(ExecCtx *ec, Value self) {
  return val_from_ptr(mx_class_real(mx_class_of(ec->vm, self)));
}

// nil, true and false share their class with their singleton class.
Value mx_object_m_singleton_class(ExecCtx *ec, Value self) {
  if (val_is_nil(self) || self == VAL_TRUE || self == VAL_FALSE)
    return val_from_ptr(mx_class_of(ec->vm, self));
  ClassObj *klass = mx_class_singleton_shown(ec, self);
  return klass ? val_from_ptr(klass) : VAL_EXC;
}

Value mx_object_m_is_frozen(ExecCtx *ec, Value self) {
  return val_bool(mx_object_is_frozen(ec, self));
}

Value mx_object_m_freeze(ExecCtx *ec, Value self) {
  if (val_is_heap(self)) mx_object_freeze(ec, self);
  return self;
}

Value mx_object_m_to_s(ExecCtx *ec, Value self) { return mx_any_to_s(ec, self); }

Value mx_object_m_display(ExecCtx *ec, Value self, Value port) {
  if (val_is_undef(port)) port = mx_global_get(ec, SYM_g_stdout);
  return val_is_exc(port) || val_is_exc(mx_send1(ec, port, SYM_write, self)) ? VAL_EXC : VAL_NIL;
}

Value mx_object_m_is_a(ExecCtx *ec, Value self, Value klass) {
  ClassObj *module = mx_support_module(ec, klass);
  return module ? val_bool(mx_is_a(ec->vm, self, module)) : VAL_EXC;
}

Value mx_object_m_is_instance_of(ExecCtx *ec, Value self, Value klass) {
  ClassObj *module = mx_support_module(ec, klass);
  return module ? val_bool(mx_class_real(mx_class_of(ec->vm, self)) == module) : VAL_EXC;
}

// Without a method that may be called, respond_to_missing? decides, if there is one.
Value mx_object_m_respond_to(ExecCtx *ec, Value self, Value name, Value include_all) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  bool all = !val_is_undef(include_all) && val_truthy(include_all);
  ClassObj *klass = mx_class_of(ec->vm, self);
  MethodRef ref = ec->vm->up->find_method(ec, klass, sym);
  if (ref.me && (all || ref.me->visibility == VIS_PUBLIC)) return VAL_TRUE;
  if (!mx_method_find(ec->vm, klass, SYM_respond_to_missing).me) return VAL_FALSE;
  Value answer = mx_send2(ec, self, SYM_respond_to_missing, val_from_sym(sym), val_bool(all));
  return val_is_exc(answer) ? answer : val_bool(val_truthy(answer));
}

Value mx_object_m_respond_to_missing(ExecCtx *ec, Value self, Value name, Value all) {
  return VAL_FALSE;
}

// Extend by each module, the last one first.
Value mx_object_m_extend(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++)
    if (!val_is_type(argv[i], T_MODULE))
      return mx_raise_type(ec, "wrong argument type %s (expected Module)",
                           mx_support_class(ec, argv[i]));
  for (int i = argc - 1; i >= 0; i--) {
    if (val_is_exc(mx_send1(ec, argv[i], SYM_extend_object, self))) return VAL_EXC;
    if (val_is_exc(mx_send1(ec, argv[i], SYM_extended, self))) return VAL_EXC;
  }
  return self;
}

// Raise NoMethodError for a method_missing that nobody overrode; the leaf leaves the backtrace.
Value mx_object_m_method_missing(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!val_is_symbol(argv[0])) return mx_raise_arg(ec, "no method name given");
  ec->leaf = NULL;
  (void)mx_raise_no_method(ec, self, val_to_sym(argv[0]), (int)ec->missing_flags);
  if (ec->unwind == UNWIND_RAISE)
    mx_ivar_set_hidden(ec, ec->exc, SYM_iv_args, mx_array_from(ec, argc - 1, argv + 1));
  return VAL_EXC;
}

// Call a method by name: send (any visibility) and public_send.
Value mx_object_p_send(ExecCtx *ec, Value self, Value receiver, Value args, Value keywords,
                       Value any_visibility) {
  if (mx_array_len(args) == 0) return mx_raise_arg(ec, "no method name given");
  Sym name;
  if (!mx_to_method_name(ec, mx_array_get(ec, args, 0), &name)) return VAL_EXC;
  CallArgs call = mx_support_forward(ec, args, keywords, 1);
  call.flags |= CALL_REFINED;
  call.flags |= val_truthy(any_visibility) ? CALL_FCALL : CALL_PUBLIC;
  return ec->vm->up->send(ec, receiver, name, &call);
}

// Name the text of an eval after the place of the call: "(eval at FILE:LINE)".
static const char *object_eval_name(ExecCtx *ec) {
  CallerInfo caller;
  if (!ec->vm->up->caller(ec, &caller)) return "(eval)";
  return mx_str_bytes(mx_str_printf(ec, "(eval at %s:%u)", caller.file, caller.line));
}

// Evaluate text with another self and definition target; args are text, file, line.
static Value object_eval_text(ExecCtx *ec, Value receiver, ClassObj *target, Value args) {
  uint32_t count = mx_array_len(args);
  if (count < 1 || count > 3) return mx_raise_arity(ec, (int)count, 1, 3);
  Value text = mx_to_str(ec, mx_array_get(ec, args, 0));
  if (val_is_exc(text)) return text;
  const char *file = NULL;
  int64_t line = 1;
  Value given = mx_array_get(ec, args, 1);
  if (!val_is_nil(given)) {
    given = mx_to_str(ec, given);
    if (val_is_exc(given) || !(file = mx_str_cstr(ec, given))) return VAL_EXC;
  }
  if (count == 3 && !mx_to_int64(ec, mx_array_get(ec, args, 2), &line)) return VAL_EXC;
  if (!file) file = object_eval_name(ec);
  return ec->vm->up->eval_text_self(ec, receiver, target, text, file, (int32_t)line);
}

// Run the block of instance_eval, class_eval and their kin, or evaluate their text.
Value mx_object_eval_with(ExecCtx *ec, Value receiver, ClassObj *target, Value args) {
  const Block *block = ec->vm->up->core_block(ec);
  if (!block) return object_eval_text(ec, receiver, target, args);
  if (mx_array_len(args) > 0) return mx_raise_arity(ec, (int)mx_array_len(args), 0, 0);
  CallArgs call = mx_args(1, &receiver);
  return ec->vm->up->yield_self(ec, block, receiver, target, &call);
}

// Run the block of instance_exec, class_exec and their kin.
Value mx_object_exec_with(ExecCtx *ec, Value receiver, ClassObj *target, Value args,
                          Value keywords) {
  CallArgs call = mx_support_forward(ec, args, keywords, 0);
  const Block *block = call.block;
  if (!block) return mx_raise(ec, ec->vm->cls.LocalJumpError, "no block given (yield)");
  call.block = NULL;
  return ec->vm->up->yield_self(ec, block, receiver, target, &call);
}

Value mx_object_p_instance_eval(ExecCtx *ec, Value self, Value receiver, Value args) {
  return mx_object_eval_with(ec, receiver, NULL, args);
}

Value mx_object_p_instance_exec(ExecCtx *ec, Value self, Value receiver, Value args,
                                Value keywords) {
  return mx_object_exec_with(ec, receiver, NULL, args, keywords);
}
