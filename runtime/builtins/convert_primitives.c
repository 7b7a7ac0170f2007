// SPDX-License-Identifier: MIT
// Conversions and protocols of semantics.h as primitives of core code.
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

// Raise FrozenError for a frozen object.
Value mx_convert_p_check_frozen(ExecCtx *ec, Value self, Value a) {
  return mx_object_check_frozen(ec, a) ? VAL_NIL : VAL_EXC;
}

// Integer by to_int.
Value mx_convert_p_to_int(ExecCtx *ec, Value self, Value a) { return mx_to_int(ec, a); }

// Integer by to_int that fits 64 bits; RangeError beyond.
Value mx_convert_p_to_long(ExecCtx *ec, Value self, Value a) {
  int64_t n;
  return mx_to_int64(ec, a, &n) ? mx_int_from_i64(ec, n) : VAL_EXC;
}

// String by to_str.
Value mx_convert_p_to_str(ExecCtx *ec, Value self, Value a) { return mx_to_str(ec, a); }

// Array by to_ary.
Value mx_convert_p_to_ary(ExecCtx *ec, Value self, Value a) { return mx_to_ary(ec, a); }

// Hash by to_hash.
Value mx_convert_p_to_hash(ExecCtx *ec, Value self, Value a) { return mx_to_hash(ec, a); }

// Symbol from Symbol or String.
Value mx_convert_p_to_sym(ExecCtx *ec, Value self, Value a) { return mx_to_sym(ec, a); }

// String by to_str, or nil.
Value mx_convert_p_try_str(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.String, SYM_to_str);
}

// Array by to_ary, or nil.
Value mx_convert_p_try_ary(ExecCtx *ec, Value self, Value a) {
  if (val_is_array(a)) return a;
  return mx_check_convert(ec, a, ec->vm->cls.Array, SYM_to_ary);
}

// Hash by to_hash, or nil.
Value mx_convert_p_try_hash(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.Hash, SYM_to_hash);
}

// Integer by to_int, or nil.
Value mx_convert_p_try_int(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.Integer, SYM_to_int);
}

// Order of two values.
Value mx_convert_p_compare(ExecCtx *ec, Value self, Value a, Value b) {
  int order;
  return mx_compare(ec, a, b, &order) ? val_from_fixnum(order) : VAL_EXC;
}

// Apply the operator or method named by a to b and c.
Value mx_convert_p_operate(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  return mx_op_binary(ec, val_to_sym(a), b, c);
}

// Order that a block's answer a means for the values b and c.
Value mx_convert_p_order(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int order;
  if (val_is_fixnum(a)) {
    int64_t n = val_to_fixnum(a);
    return val_from_fixnum((n > 0) - (n < 0));
  }
  if (!mx_order_of(ec, a, b, c, &order)) return VAL_EXC;
  return val_from_fixnum(order);
}

// Begin a visit.
Value mx_convert_p_recursion_enter(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  return val_bool(mx_recursion_enter(ec, val_to_sym(a), b, c));
}

// End a visit.
Value mx_convert_p_recursion_leave(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  mx_recursion_leave(ec, val_to_sym(a), b, c);
  return VAL_NIL;
}

// Hash of a value as an Integer.
Value mx_convert_p_hash_of(ExecCtx *ec, Value self, Value a) {
  uint64_t hash;
  return mx_hash_of(ec, a, &hash) ? val_from_fixnum((int64_t)hash >> 2) : VAL_EXC;
}

// Combine two hashes.
Value mx_convert_p_hash_mix(ExecCtx *ec, Value self, Value a, Value b) {
  uint64_t x, y;
  (void)mx_int_to_u64_wrap(a, &x);
  (void)mx_int_to_u64_wrap(b, &y);
  return val_from_fixnum((int64_t)mx_hash_mix(x, y) >> 2);
}

// Does a respond to the method named by b, private ones included?
Value mx_convert_p_responds(ExecCtx *ec, Value self, Value a, Value b) {
  int responds = mx_respond_to(ec, a, val_to_sym(b), true);
  return responds < 0 ? VAL_EXC : val_bool(responds);
}

// Is `each` of a value the library's own?
Value mx_convert_p_core_each(ExecCtx *ec, Value self, Value a) {
  const MethodEntry *me = mx_assume_method(ec->vm, mx_class_of(ec->vm, a), SYM_each)->me;
  return val_bool(me && (me->kind == METHOD_CORE || me->flags & METHOD_F_CORE));
}

// Class of a value, whatever its methods say.
Value mx_convert_p_class_of(ExecCtx *ec, Value self, Value a) {
  return val_from_ptr(mx_class_real(mx_class_of(ec->vm, a)));
}

// Raise StopIteration with a result.
Value mx_convert_p_stop_iteration(ExecCtx *ec, Value self, Value a) { return mx_raise_stop(ec, a); }

// "#<Foo:0x...>", whatever the class says.
Value mx_convert_p_any_to_s(ExecCtx *ec, Value self, Value a) { return mx_any_to_s(ec, a); }

// The bits of a double as an Integer that orders like it: negative ones are mirrored.
Value mx_convert_p_float_order(ExecCtx *ec, Value self, Value a) {
  double d = val_to_double(a);
  int64_t bits;
  if (d == 0.0) d = 0.0; // -0.0 and 0.0 are one place
  memcpy(&bits, &d, sizeof bits);
  return mx_int_from_i64(ec, bits < 0 ? INT64_MIN - bits : bits);
}

// The double of such an Integer.
Value mx_convert_p_float_from_order(ExecCtx *ec, Value self, Value a) {
  int64_t bits = 0;
  double d;
  (void)mx_int_to_i64(a, &bits);
  if (bits < 0) bits = INT64_MIN - bits;
  memcpy(&d, &bits, sizeof d);
  return mx_float_new(ec, d);
}
