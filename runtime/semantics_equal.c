// SPDX-License-Identifier: MIT
// Equality, case equality, order and hashing of any two values.
//
// Identity decides first, as in Ruby's collections (a NaN equals itself inside an Array). Keys of
// built-in types compare and hash in C even where a program redefined `eql?` or `hash`.
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

// Turn the result of a predicate method into 1, 0 or -1.
static int equal_truth(Value result) {
  if (val_is_exc(result)) return -1;
  return val_truthy(result);
}

// Is an operator of a value's class, and of no subclass, what String was born with?
static bool equal_is_plain_string(const VM *vm, Value v, Sym op) {
  return val_is_string(v) && mx_shape_at(vm, val_header(v)->shape)->klass == vm->cls.String &&
         MX_BASIC_PRISTINE(vm, op, BASIC_STRING);
}

// Decide a == b.
int mx_equal(ExecCtx *ec, Value a, Value b) {
  if (val_identical(a, b)) return 1;
  if (val_both_fixnum(a, b) && MX_BASIC_PRISTINE(ec->vm, SYM_EQ, BASIC_INTEGER)) return 0;
  if (val_is_string(b) && equal_is_plain_string(ec->vm, a, SYM_EQ)) return mx_str_eq(a, b);
  return equal_truth(mx_op_binary(ec, SYM_EQ, a, b));
}

// Decide eql? of two numbers: same class, same value.
static int equal_numbers(Value a, Value b) {
  if (val_is_integer(a)) return val_is_integer(b) && mx_int_eq(a, b);
  return val_is_float(b) && val_to_double(a) == val_to_double(b);
}

// Decide a.eql?(b).
int mx_eql(ExecCtx *ec, Value a, Value b) {
  if (val_identical(a, b)) return 1;
  if (val_is_string(a)) return val_is_string(b) && mx_str_eq(a, b);
  if (val_is_integer(a) || val_is_float(a)) return equal_numbers(a, b);
  if (!val_is_heap(a)) return 0;
  return equal_truth(mx_send1(ec, a, SYM_eql, b));
}

bool mx_method_is_module_eqq(const VM *vm, const MethodEntry *me) {
  return me && me->kind == METHOD_BUILTIN && me->original_name == SYM_EQQ &&
         me->owner == vm->cls.Module;
}

// Decide pattern === v.
int mx_case_equal(ExecCtx *ec, Value pattern, Value v) {
  VM *vm = ec->vm;
  if (val_is_class_or_module(pattern) &&
      mx_method_is_module_eqq(vm, mx_method_find(vm, mx_class_of(vm, pattern), SYM_EQQ).me))
    return mx_is_a(vm, v, VAL_CAST(ClassObj, pattern));
  return equal_truth(mx_op_binary(ec, SYM_EQQ, pattern, v));
}

// Hash a value that a program cannot give another hash; false when it is no such value.
static bool equal_hash_builtin(VM *vm, Value v, uint64_t *hash) {
  if (val_is_string(v))
    *hash = mx_str_hash(vm, v);
  else if (val_is_integer(v))
    *hash = mx_int_hash(vm, v);
  else if (val_is_float(v))
    *hash = mx_float_hash(vm, val_to_double(v));
  else if (!val_is_heap(v))
    *hash = mx_hash_mix(vm->hash_seed[0], v);
  else
    return false;
  return true;
}

// Compute the hash of an object whose parts may contain it. When any part does, the outermost
// object hashes to 0: so cycles that are equal have one hash, wherever the walk began.
static Value equal_hash_guarded(ExecCtx *ec, Value v) {
  if (!mx_recursion_enter(ec, SYM_hash, v, VAL_NIL)) {
    ec->hash_cycle = true;
    return val_from_fixnum(0);
  }
  bool outermost = ec->hash_depth++ == 0;
  if (outermost) ec->hash_cycle = false;
  Value result = mx_send0(ec, v, SYM_hash);
  ec->hash_depth--;
  mx_recursion_leave(ec, SYM_hash, v, VAL_NIL);
  bool cut = outermost && ec->hash_cycle && !val_is_exc(result);
  return cut ? val_from_fixnum(0) : result;
}

// Compute v.hash.
bool mx_hash_of(ExecCtx *ec, Value v, uint64_t *hash) {
  if (equal_hash_builtin(ec->vm, v, hash)) return true;
  Value result = equal_hash_guarded(ec, v);
  if (val_is_exc(result)) return false;
  if (!val_is_integer(result)) result = mx_to_int(ec, result);
  if (val_is_exc(result)) return false;
  (void)mx_int_to_u64_wrap(result, hash);
  return true;
}

// Name a value in "comparison of A with B failed": special constants and floats by inspect.
static Value equal_comparand(ExecCtx *ec, Value v) {
  if (!val_is_heap(v) || val_is_float(v)) return mx_inspect(ec, v);
  return mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
}

// Raise ArgumentError for two values without an order.
static bool equal_incomparable(ExecCtx *ec, Value a, Value b) {
  Value with = equal_comparand(ec, b);
  if (val_is_exc(with)) return false;
  Value klass = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, a)));
  mx_raise_arg(ec, "comparison of %.*s with %.*s failed", (int)mx_str_len(klass),
               mx_str_bytes(klass), (int)mx_str_len(with), mx_str_bytes(with));
  return false;
}

// Read the sign of an object that `<=>` returned by asking it `> 0` and `< 0`.
static bool equal_sign_by_sends(ExecCtx *ec, Value result, int *order) {
  Value more = mx_send1(ec, result, SYM_GT, val_from_fixnum(0));
  if (val_is_exc(more)) return false;
  Value less = val_truthy(more) ? VAL_FALSE : mx_send1(ec, result, SYM_LT, val_from_fixnum(0));
  if (val_is_exc(less)) return false;
  *order = val_truthy(more) ? 1 : val_truthy(less) ? -1 : 0;
  return true;
}

// Read what a comparison of a and b answered.
bool mx_order_of(ExecCtx *ec, Value result, Value a, Value b, int *order) {
  if (val_is_nil(result)) return equal_incomparable(ec, a, b);
  if (!val_is_integer(result)) return equal_sign_by_sends(ec, result, order);
  *order = mx_int_sign(result);
  return true;
}

// Order two Symbols by the bytes of their names; false when only their encodings differ.
static bool equal_compare_symbols(const VM *vm, Sym a, Sym b, int *order) {
  SymName left = mx_sym_name(&vm->symtab, a), right = mx_sym_name(&vm->symtab, b);
  size_t len = left.len < right.len ? left.len : right.len;
  int bytes = memcmp(left.bytes, right.bytes, len);
  *order = bytes != 0 ? (bytes > 0) - (bytes < 0) : (left.len > right.len) - (left.len < right.len);
  return a == b || *order != 0;
}

// Order two small Integers, Floats in the word, Symbols or Strings; false when they are something
// else, or a program gave them another order.
static bool equal_compare_plain(const VM *vm, Value a, Value b, int *order) {
  if (val_both_fixnum(a, b) && MX_BASIC_PRISTINE(vm, SYM_CMP, BASIC_INTEGER)) {
    *order = ((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b);
    return true;
  }
  if (val_is_flonum(a) && val_is_flonum(b) && MX_BASIC_PRISTINE(vm, SYM_CMP, BASIC_FLOAT)) {
    double x = val_to_flonum(a), y = val_to_flonum(b);
    *order = (x > y) - (x < y);
    return true;
  }
  if (val_is_symbol(a) && val_is_symbol(b) && MX_BASIC_PRISTINE(vm, SYM_CMP, BASIC_SYMBOL))
    return equal_compare_symbols(vm, val_to_sym(a), val_to_sym(b), order);
  if (!val_is_string(b) || !equal_is_plain_string(vm, a, SYM_CMP)) return false;
  *order = mx_str_cmp(a, b);
  return true;
}

// Order two values by <=>.
bool mx_compare(ExecCtx *ec, Value a, Value b, int *order) {
  if (equal_compare_plain(ec->vm, a, b, order)) return true;
  Value result = mx_op_binary(ec, SYM_CMP, a, b);
  return !val_is_exc(result) && mx_order_of(ec, result, a, b, order);
}
