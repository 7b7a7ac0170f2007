// SPDX-License-Identifier: MIT
// Leaves of Range: making, ends, comparing, printing.
#include "runtime/hash.h"
#include "runtime/range.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

// The range behind a value.
static RangeObj *range_of(Value v) { return VAL_CAST(RangeObj, v); }

// Range#initialize: a plain Range is frozen afterwards.
Value mx_range_m_initialize(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  if (mx_object_is_frozen(ec, self)) return mx_raise_frozen(ec, self);
  if (!val_is_nil(range_of(self)->exclusive)) {
    return mx_raise_name(ec, "'initialize' called twice");
  }
  bool exclusive = !val_is_undef(c) && val_truthy(c);
  Value made = mx_range_new(ec, a, b, exclusive);
  if (val_is_exc(made)) return made;
  range_of(self)->first = a;
  range_of(self)->last = b;
  range_of(self)->exclusive = val_bool(exclusive);
  if (mx_class_of(ec->vm, self) == ec->vm->cls.Range) mx_object_freeze(ec, self);
  return VAL_NIL;
}

// Range#initialize_copy
Value mx_range_m_initialize_copy(ExecCtx *ec, Value self, Value a) {
  if (!val_is_type(a, T_RANGE)) {
    return mx_raise_type(ec, "initialize_copy should take same class object");
  }
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  range_of(self)->first = range_of(a)->first;
  range_of(self)->last = range_of(a)->last;
  range_of(self)->exclusive = range_of(a)->exclusive;
  return self;
}

// Range#begin
Value mx_range_m_begin(ExecCtx *ec, Value self) { return range_of(self)->first; }

// Range#end
Value mx_range_m_end(ExecCtx *ec, Value self) { return range_of(self)->last; }

// Range#exclude_end?
Value mx_range_m_exclude_end(ExecCtx *ec, Value self) {
  return val_bool(val_truthy(range_of(self)->exclusive));
}

// Compare kind and ends.
static Value range_same(ExecCtx *ec, Value self, Value other,
                        int (*same)(ExecCtx *, Value, Value)) {
  if (self == other) return VAL_TRUE;
  if (!val_is_type(other, T_RANGE)) return VAL_FALSE;
  const RangeObj *a = range_of(self), *b = range_of(other);
  if (val_truthy(a->exclusive) != val_truthy(b->exclusive)) return VAL_FALSE;
  int result = same(ec, a->first, b->first);
  if (result == 1) result = same(ec, a->last, b->last);
  return result < 0 ? VAL_EXC : val_bool(result);
}

// Range#==
Value mx_range_m_equal(ExecCtx *ec, Value self, Value a) {
  return range_same(ec, self, a, mx_equal);
}

// Range#eql?
Value mx_range_m_eql(ExecCtx *ec, Value self, Value a) { return range_same(ec, self, a, mx_eql); }

// Range#hash
Value mx_range_m_hash(ExecCtx *ec, Value self) {
  uint64_t first, last;
  const RangeObj *range = range_of(self);
  if (!mx_hash_of(ec, range->first, &first) || !mx_hash_of(ec, range->last, &last)) return VAL_EXC;
  uint64_t hash = mx_hash_mix(mx_hash_mix(first, last), val_truthy(range->exclusive));
  return val_from_fixnum((int64_t)hash >> 2);
}

// Text of one end; a nil end is empty unless the other one is nil too.
static Value range_end_text(ExecCtx *ec, Value end, Value other, Value (*text)(ExecCtx *, Value)) {
  return val_is_nil(end) && !val_is_nil(other) ? mx_str_ascii(ec, "") : text(ec, end);
}

// Join the texts of both ends by dots.
static Value range_text(ExecCtx *ec, Value self, Value first, Value last) {
  if (val_is_exc(first) || val_is_exc(last)) return VAL_EXC;
  Value text = mx_str_dup(ec, first);
  Value dots = mx_str_ascii(ec, val_truthy(range_of(self)->exclusive) ? "..." : "..");
  return mx_str_append(ec, text, dots) && mx_str_append(ec, text, last) ? text : VAL_EXC;
}

// Range#inspect
Value mx_range_m_inspect(ExecCtx *ec, Value self) {
  const RangeObj *range = range_of(self);
  if (!mx_recursion_enter(ec, SYM_inspect, self, VAL_NIL)) {
    return mx_str_from_cstr(ec, val_truthy(range->exclusive) ? "(... ... ...)" : "(... .. ...)");
  }
  Value first = range_end_text(ec, range->first, range->last, mx_inspect);
  Value last = first;
  if (!val_is_exc(first)) last = range_end_text(ec, range->last, range->first, mx_inspect);
  mx_recursion_leave(ec, SYM_inspect, self, VAL_NIL);
  return range_text(ec, self, first, last);
}

// Range#to_s
Value mx_range_m_to_s(ExecCtx *ec, Value self) {
  Value first = mx_to_s(ec, range_of(self)->first);
  Value last = val_is_exc(first) ? first : mx_to_s(ec, range_of(self)->last);
  return range_text(ec, self, first, last);
}

// Order by <=>: false when raised; *known is false when there is none.
static bool range_order(ExecCtx *ec, Value a, Value b, int *order, bool *known) {
  Value result = mx_op_binary(ec, SYM_CMP, a, b);
  *known = !val_is_nil(result);
  if (val_is_exc(result)) return false;
  return !*known || mx_order_of(ec, result, a, b, order);
}

// Does b lie between the ends of the range a?
Value mx_range_p_covers(ExecCtx *ec, Value self, Value a, Value b) {
  const RangeObj *range = range_of(a);
  int order = 0;
  bool known;
  if (!val_is_nil(range->first)) {
    if (!range_order(ec, range->first, b, &order, &known)) return VAL_EXC;
    if (!known || order > 0) return VAL_FALSE;
  }
  if (val_is_nil(range->last)) return VAL_TRUE;
  if (!range_order(ec, b, range->last, &order, &known)) return VAL_EXC;
  if (!known) return VAL_FALSE;
  return val_bool(val_truthy(range->exclusive) ? order < 0 : order <= 0);
}
