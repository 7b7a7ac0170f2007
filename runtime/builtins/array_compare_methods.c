// SPDX-License-Identifier: MIT
// Leaves of Array that compare, search or print: == eql? hash <=> include? index inspect.
//
// Comparing elements runs guest code, which may change the arrays: lengths are read anew at each
// step. Cycles end through the recursion guard.
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/string.h"
#include "runtime/builtins/array_args.h"
#include "runtime/builtins/rows.h"

typedef int (*SameFn)(ExecCtx *ec, Value a, Value b); // 1, 0, -1 raised

// Compare element by element.
static int compare_elements(ExecCtx *ec, Value a, Value b, SameFn same) {
  for (uint32_t i = 0; i < mx_array_len(a); i++) {
    if (i >= mx_array_len(b)) return 0;
    Value x = mx_array_get(ec, a, i), y = mx_array_get(ec, b, i);
    int result = val_identical(x, y) ? 1 : same(ec, x, y);
    if (result != 1) return result;
  }
  return 1;
}

// Are both arrays small Integers, so that equal elements are equal words?
static bool compare_is_words(const VM *vm, Value a, Value b) {
  return mx_array_strategy(val_to_array(a)) == ARRAY_INT &&
         mx_array_strategy(val_to_array(b)) == ARRAY_INT &&
         MX_BASIC_PRISTINE(vm, SYM_EQ, BASIC_INTEGER);
}

// Compare under the guard: two cycles that run in step are equal.
static Value compare_guarded(ExecCtx *ec, Value a, Value b, SameFn same, Sym method) {
  if (mx_array_len(a) != mx_array_len(b)) return VAL_FALSE;
  if (compare_is_words(ec->vm, a, b)) {
    const Value *x = val_to_array(a)->at.values, *y = val_to_array(b)->at.values;
    return val_bool(x == y || memcmp(x, y, mx_array_len(a) * sizeof(Value)) == 0);
  }
  if (a == b || !mx_recursion_enter(ec, method, a, b)) return VAL_TRUE;
  int result = compare_elements(ec, a, b, same);
  mx_recursion_leave(ec, method, a, b);
  return result < 0 ? VAL_EXC : val_bool(result);
}

// Array#==
Value mx_array_m_equal(ExecCtx *ec, Value self, Value a) {
  if (val_is_array(a)) return compare_guarded(ec, self, a, mx_equal, SYM_EQ);
  int converts = mx_respond_to(ec, a, SYM_to_ary, false);
  if (converts <= 0) return converts < 0 ? VAL_EXC : VAL_FALSE;
  int same = mx_equal(ec, a, self);
  return same < 0 ? VAL_EXC : val_bool(same);
}

// Array#eql?
Value mx_array_m_eql(ExecCtx *ec, Value self, Value a) {
  return val_is_array(a) ? compare_guarded(ec, self, a, mx_eql, SYM_eql) : VAL_FALSE;
}

// Array#hash
Value mx_array_m_hash(ExecCtx *ec, Value self) {
  uint64_t hash = mx_hash_mix(ec->vm->hash_seed[1], mx_array_len(self));
  for (uint32_t i = 0; i < mx_array_len(self); i++) {
    uint64_t one;
    if (!mx_hash_of(ec, mx_array_get(ec, self, i), &one)) return VAL_EXC;
    hash = mx_hash_mix(hash, one);
  }
  return val_from_fixnum((int64_t)hash >> 2);
}

// Compare by <=> until an element differs; nil when one has no order.
static Value compare_order(ExecCtx *ec, Value a, Value b) {
  for (uint32_t i = 0; i < mx_array_len(a) && i < mx_array_len(b); i++) {
    Value x = mx_array_at(ec, val_to_array(a), i), y = mx_array_at(ec, val_to_array(b), i);
    Value order = mx_op_binary(ec, SYM_CMP, x, y);
    if (order != val_from_fixnum(0)) return order;
  }
  uint32_t x = mx_array_len(a), y = mx_array_len(b);
  return val_from_fixnum((x > y) - (x < y));
}

// Is there no element that could lead back to the array? Then no cycle has to be looked for.
static bool compare_has_no_arrays(Value array) {
  const Array *a = val_to_array(array);
  if (mx_array_strategy(a) != ARRAY_ANY) return true;
  for (uint32_t i = 0; i < a->len; i++) {
    Value v = a->at.values[i];
    if (val_is_heap(v) && !val_is_string(v) && !val_is_type(v, T_FLOAT)) return false;
  }
  return true;
}

// Array#<=>
Value mx_array_m_compare(ExecCtx *ec, Value self, Value a) {
  Value other = mx_check_convert(ec, a, ec->vm->cls.Array, SYM_to_ary);
  if (val_is_exc(other) || val_is_nil(other)) return other;
  if (self == other) return val_from_fixnum(0);
  if (compare_has_no_arrays(self) || compare_has_no_arrays(other))
    return compare_order(ec, self, other);
  if (!mx_recursion_enter(ec, SYM_CMP, self, other)) return VAL_NIL;
  Value order = compare_order(ec, self, other);
  mx_recursion_leave(ec, SYM_CMP, self, other);
  return order;
}

// Does an element equal a value? 1, 0, -1 raised.
static int compare_matches(ExecCtx *ec, Value element, Value v) {
  return val_identical(element, v) ? 1 : mx_equal(ec, element, v);
}

// Index of the first equal element from a position on; -1 none, -2 raised.
static int64_t compare_find(ExecCtx *ec, Value array, uint32_t from, Value v) {
  const Array *a = val_to_array(array);
  if (val_is_fixnum(v) && mx_array_strategy(a) == ARRAY_INT &&
      MX_BASIC_PRISTINE(ec->vm, SYM_EQ, BASIC_INTEGER)) {
    while (from < a->len && a->at.values[from] != v) from++;
    return from < a->len ? (int64_t)from : -1;
  }
  for (uint32_t i = from; i < mx_array_len(array); i++) {
    int same = compare_matches(ec, mx_array_get(ec, array, i), v);
    if (same < 0) return -2;
    if (same > 0) return i;
  }
  return -1;
}

// Array#include?
Value mx_array_m_include(ExecCtx *ec, Value self, Value a) {
  int64_t at = compare_find(ec, self, 0, a);
  return at == -2 ? VAL_EXC : val_bool(at >= 0);
}

// Index of the first equal element, or nil.
Value mx_array_p_index(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t at = compare_find(ec, a, 0, b);
  if (at == -2) return VAL_EXC;
  return at < 0 ? VAL_NIL : val_from_fixnum(at);
}

// Index of the last equal element, or nil.
Value mx_array_p_rindex(ExecCtx *ec, Value self, Value a, Value b) {
  for (int64_t i = (int64_t)mx_array_len(a) - 1; i >= 0; i--) {
    if (i >= mx_array_len(a)) i = (int64_t)mx_array_len(a) - 1;
    if (i < 0) break;
    int same = compare_matches(ec, mx_array_get(ec, a, i), b);
    if (same != 0) return same < 0 ? VAL_EXC : val_from_fixnum(i);
  }
  return VAL_NIL;
}

// Number of equal elements.
Value mx_array_p_count(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t count = 0, at = -1;
  while ((at = compare_find(ec, a, (uint32_t)(at + 1), b)) >= 0) count++;
  return at == -2 ? VAL_EXC : val_from_fixnum(count);
}

// Append the inspect texts of the elements to "[".
static bool compare_inspect(ExecCtx *ec, Value self, Value text) {
  for (uint32_t i = 0; i < mx_array_len(self); i++) {
    if (i > 0) mx_str_append_bytes(ec, text, ", ", 2);
    Value one = mx_inspect(ec, mx_array_get(ec, self, i));
    if (val_is_exc(one) || !mx_str_append(ec, text, one)) return false;
  }
  mx_str_append_bytes(ec, text, "]", 1);
  return true;
}

// Array#inspect
Value mx_array_m_inspect(ExecCtx *ec, Value self) {
  if (mx_array_len(self) == 0) return mx_str_ascii(ec, "[]");
  if (!mx_recursion_enter(ec, SYM_inspect, self, VAL_NIL)) return mx_str_from_cstr(ec, "[...]");
  Value text = mx_str_from_cstr(ec, "[");
  bool ok = compare_inspect(ec, self, text);
  mx_recursion_leave(ec, SYM_inspect, self, VAL_NIL);
  return ok ? text : VAL_EXC;
}
