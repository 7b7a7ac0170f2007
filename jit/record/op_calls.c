// SPDX-License-Identifier: MIT
#include "jit/record/op_calls.h"
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/global.h"
#include "runtime/hash.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ops.h"

enum {
  CALLS_MAX_SHIFT = 4096,  // bits that a shift may go without leaving
  CALLS_MAX_GAP = 1 << 16, // elements that a store may leave nil without leaving
};

// Is it an Integer or a Float?
static bool calls_is_number(Value v) {
  if (val_is_fixnum(v) || val_is_float(v)) return true;
  return val_is_type(v, T_BIGNUM);
}

// Is it an operator that numbers have?
static bool calls_is_operator(Sym name) {
  static const Sym names[] = {SYM_PLUS, SYM_MINUS, SYM_STAR, SYM_SLASH, SYM_PERCENT, SYM_AMP,
                              SYM_PIPE, SYM_CARET, SYM_LT,   SYM_LE,    SYM_GT,      SYM_GE};
  for (size_t i = 0; i < MX_COUNT_OF(names); i++)
    if (names[i] == name) return true;
  return false;
}

Value mx_call_numbers(ExecCtx *ec, Value a, Value b, Value op) {
  Sym name = val_to_sym(op);
  if (!calls_is_number(a) || !calls_is_number(b)) return VAL_UNDEF;
  bool divides = name == SYM_SLASH || name == SYM_PERCENT;
  if (divides && (b == val_from_fixnum(0) || (val_is_float(b) && val_to_double(b) == 0)))
    return VAL_UNDEF;
  bool bits = name == SYM_LSHIFT || name == SYM_RSHIFT || name == SYM_AMP || name == SYM_PIPE ||
              name == SYM_CARET;
  if (bits && (val_is_float(a) || val_is_float(b))) return VAL_UNDEF;
  bool shifts = name == SYM_LSHIFT || name == SYM_RSHIFT;
  if (shifts && (!val_is_fixnum(b) || val_to_fixnum(b) < 0 || val_to_fixnum(b) > CALLS_MAX_SHIFT))
    return VAL_UNDEF;
  return mx_num_binary(ec, name, a, b);
}

Value mx_call_divided(ExecCtx *ec, Value a, Value b, Value op) {
  return mx_num_binary(ec, val_to_sym(op), a, b);
}

Value mx_call_operate(ExecCtx *ec, Value op, Value a, Value b) {
  if (!val_is_symbol(op) || !calls_is_operator(val_to_sym(op))) return VAL_UNDEF;
  if (!calls_is_number(a) || !mx_method_is_builtin(ec, a, val_to_sym(op))) return VAL_UNDEF;
  return mx_call_numbers(ec, a, b, op);
}

Value mx_call_array_get(ExecCtx *ec, Value array, Value i) {
  return mx_array_get(ec, array, val_to_fixnum(i));
}

Value mx_call_array_set(ExecCtx *ec, Value array, Value i, Value v) {
  int64_t at = val_to_fixnum(i), len = mx_array_len(array);
  if (at < -len || at > len + CALLS_MAX_GAP || mx_object_is_frozen(ec, array)) return VAL_UNDEF;
  return mx_array_set(ec, array, at, v) ? v : VAL_EXC;
}

Value mx_call_key(ExecCtx *ec, Value key) {
  (void)ec;
  return mx_hash_key_is_builtin(key) ? key : VAL_UNDEF;
}

Value mx_call_hash_get(ExecCtx *ec, Value hash, Value key) {
  Value found = mx_hash_get(ec, hash, key);
  if (!val_is_undef(found)) return found;
  bool plain = !(val_header(hash)->flags & FL_HASH_PROC_DEFAULT) &&
               mx_method_is_builtin(ec, hash, SYM_default);
  return plain ? val_to_hash(hash)->fallback : VAL_UNDEF;
}

Value mx_call_to_string(ExecCtx *ec, Value v) {
  if (val_is_string(v)) return v;
  if (val_is_heap(v) || !mx_method_is_builtin(ec, v, SYM_to_s)) return VAL_UNDEF;
  return mx_to_s(ec, v);
}

Value mx_call_symbol(ExecCtx *ec, Value text) { return val_from_sym(mx_str_to_sym(ec, text)); }

Value mx_call_concat(ExecCtx *ec, Value nil, int count, const Value *parts) {
  (void)nil;
  return mx_concat_strings(ec, count, parts);
}

Value mx_call_rest(ExecCtx *ec, Value array, Value before) {
  int64_t first = val_to_fixnum(before), taken = (int64_t)mx_array_len(array) - first;
  if (taken <= 0) return mx_array_new(ec, 0);
  return mx_array_slice(ec, array, (uint32_t)first, (uint32_t)taken);
}

Value mx_call_method_block(ExecCtx *ec, Value method) {
  const Block *block;
  if (!mx_method_is_builtin(ec, method, SYM_to_proc)) return VAL_UNDEF;
  return mx_block_from_value(ec, method, &block) ? block->proc : VAL_UNDEF;
}

Value mx_call_no_keywords(ExecCtx *ec, Value v) {
  (void)ec;
  bool marked = val_is_hash(v) && val_header(v)->flags & FL_HASH_RUBY2_KW;
  return marked ? VAL_UNDEF : VAL_NIL;
}

Value mx_call_power(ExecCtx *ec, Value a, Value b) {
  if (!val_is_fixnum(b) || val_to_fixnum(b) < 0 || val_to_fixnum(b) > CALLS_MAX_SHIFT)
    return VAL_UNDEF;
  return mx_num_binary(ec, SYM_POW, a, b);
}

// The conversion that == of another class tries on its argument; SYM_NONE: not known here.
static Sym calls_conversion(Value v) {
  switch (val_heap_type(v)) {
  case T_ARRAY: return SYM_to_ary;
  case T_HASH: return SYM_to_hash;
  case T_STRING: return SYM_to_str;
  default: return SYM_NONE;
  }
}

// Integer === other is other == Integer.
Value mx_call_case_int(ExecCtx *ec, Value pattern, Value v) {
  if (val_is_fixnum(v)) return val_bool(pattern == v);
  if (!val_is_heap(v)) return val_is_float(v) ? VAL_UNDEF : VAL_FALSE;
  Sym conversion = val_is_float(v) ? SYM_NONE : calls_conversion(v);
  bool calm = conversion != SYM_NONE && mx_method_is_builtin(ec, v, SYM_EQ) &&
              !mx_method_find(ec->vm, ec->vm->cls.Integer, conversion).me;
  return calm ? VAL_FALSE : VAL_UNDEF;
}

Value mx_call_case_string(ExecCtx *ec, Value pattern, Value v) {
  (void)ec;
  return val_bool(val_is_string(v) && mx_str_eq(pattern, v));
}

Value mx_call_is_a(ExecCtx *ec, Value v, Value klass) {
  return val_bool(mx_is_a(ec->vm, v, VAL_CAST(ClassObj, klass)));
}

Value mx_call_ivar(ExecCtx *ec, Value object, Value name) {
  return mx_ivar_get(ec, object, val_to_sym(name));
}

static Value call_set(ExecCtx *ec, Value object, Sym name, Value v) {
  if (mx_object_is_frozen(ec, object)) return VAL_UNDEF;
  return mx_ivar_set(ec, object, name, v) ? VAL_NIL : VAL_UNDEF;
}

Value mx_call_set_ivar(ExecCtx *ec, Value object, Value name, Value v) {
  return call_set(ec, object, val_to_sym(name), v);
}

// The variable of an object that a public method of the kind and name stands for, or SYM_NONE.
static Sym call_attribute(ExecCtx *ec, Value object, MethodKind kind, Value name) {
  const MethodEntry *me = mx_method_find(ec->vm, mx_class_of(ec->vm, object), val_to_sym(name)).me;
  bool fits = me && me->kind == kind && me->visibility == VIS_PUBLIC;
  return fits && !(me->flags & METHOD_F_LIMITED) ? me->as.ivar : SYM_NONE;
}

Value mx_call_attribute(ExecCtx *ec, Value object, Value name) {
  Sym ivar = call_attribute(ec, object, METHOD_ATTR_READER, name);
  return ivar == SYM_NONE ? VAL_UNDEF : mx_ivar_get(ec, object, ivar);
}

Value mx_call_set_attribute(ExecCtx *ec, Value object, Value name, Value v) {
  Sym ivar = call_attribute(ec, object, METHOD_ATTR_WRITER, name);
  return ivar == SYM_NONE ? VAL_UNDEF : call_set(ec, object, ivar, v);
}

Value mx_call_global(ExecCtx *ec, Value name) {
  if (!mx_global_reads_alone(ec->vm, val_to_sym(name))) return VAL_UNDEF;
  return mx_global_get(ec, val_to_sym(name));
}

Value mx_call_class_variable(ExecCtx *ec, Value klass, Value name) {
  return mx_cvar_get(ec, VAL_CAST(ClassObj, klass), val_to_sym(name));
}

Value mx_call_set_class_variable(ExecCtx *ec, Value klass, Value name, Value v) {
  return mx_cvar_set(ec, VAL_CAST(ClassObj, klass), val_to_sym(name), v) ? VAL_NIL : VAL_EXC;
}

// ---- patterns

Value mx_call_match_start(ExecCtx *ec, Value subject) {
  (void)subject;
  mx_ops_match_start(ec);
  return VAL_NIL;
}

Value mx_call_match_note(ExecCtx *ec, Value pattern, Value v) {
  mx_ops_match_note(ec, pattern, v);
  return VAL_NIL;
}

Value mx_call_match_guard(ExecCtx *ec, Value unused) {
  (void)unused;
  mx_ops_match_guard(ec);
  return VAL_NIL;
}

Value mx_call_match_case(ExecCtx *ec, Value v, Value test, Value count) {
  return val_bool(
      mx_ops_match_case(ec, (MatchTest)val_to_fixnum(test), (uint32_t)val_to_fixnum(count), v));
}

bool mx_call_lacks(ExecCtx *ec, Value v, Sym name) {
  return !mx_method_find(ec->vm, mx_class_of(ec->vm, v), name).me &&
         mx_method_is_builtin(ec, v, SYM_respond_to) &&
         mx_method_is_builtin(ec, v, SYM_respond_to_missing);
}

Value mx_call_match_deconstruct(ExecCtx *ec, Value v) {
  bool calm =
      mx_ops_match_is_itself(ec, v, SYM_deconstruct) || mx_call_lacks(ec, v, SYM_deconstruct);
  return calm ? mx_ops_match_deconstruct(ec, v, VAL_FALSE) : VAL_UNDEF;
}

Value mx_call_match_keys(ExecCtx *ec, Value v, Value keys) {
  bool calm = mx_ops_match_is_itself(ec, v, SYM_deconstruct_keys) ||
              mx_call_lacks(ec, v, SYM_deconstruct_keys);
  return calm ? mx_ops_match_keys(ec, v, keys) : VAL_UNDEF;
}

Value mx_call_match_parts(ExecCtx *ec, Value v, Value parts) {
  (void)v;
  return mx_ops_match_parts(ec, parts);
}

Value mx_call_match_pairs(ExecCtx *ec, Value v, Value pairs) {
  (void)v;
  return mx_ops_match_pairs(ec, pairs);
}

Value mx_call_match_element(ExecCtx *ec, Value array, Value index, Value from_end) {
  bool end = val_to_fixnum(from_end) != 0;
  return mx_ops_match_element(ec, array, (uint32_t)val_to_fixnum(index), end);
}

Value mx_call_match_slice(ExecCtx *ec, Value array, Value before, Value behind) {
  return mx_ops_match_slice(ec, array, (uint32_t)val_to_fixnum(before),
                            (uint32_t)val_to_fixnum(behind));
}

Value mx_call_match_value(ExecCtx *ec, Value hash, Value rest, Value key) {
  return mx_ops_match_value(ec, hash, rest, key);
}

// ---- $!

Value mx_call_error(ExecCtx *ec, Value unused) {
  (void)unused;
  return ec->errinfo;
}

Value mx_call_set_error(ExecCtx *ec, Value error) {
  ec->errinfo = error;
  return VAL_NIL;
}

Value mx_call_exception(ExecCtx *ec, Value klass, Value message) {
  ClassObj *of = VAL_CAST(ClassObj, klass);
  Value exception = of->allocate(ec, of);
  mx_ivar_set_hidden(ec, exception, SYM_iv_message, message);
  return exception;
}

Value mx_call_caught(ExecCtx *ec, Value unused) {
  (void)unused;
  return ec->unwind == UNWIND_RAISE ? mx_exc_take(ec) : VAL_EXC;
}

Value mx_call_raised(ExecCtx *ec, Value exception) {
  (void)mx_raise_value(ec, exception);
  return mx_exc_take(ec);
}
