// SPDX-License-Identifier: MIT
// Ranges as data: making one, and resolving it against a length.
#include "runtime/range.h"
#include "runtime/semantics.h"

// Check that the ends compare with each other; nil ends always do.
static bool range_check_ends(ExecCtx *ec, Value first, Value last) {
  if (val_both_fixnum(first, last) || val_is_nil(first) || val_is_nil(last)) return true;
  Value order = mx_send1(ec, first, SYM_CMP, last);
  if (val_is_exc(order)) return false;
  if (!val_is_nil(order)) return true;
  mx_raise_arg(ec, "bad value for range");
  return false;
}

// Make a frozen range.
Value mx_range_new(ExecCtx *ec, Value first, Value last, bool exclusive) {
  if (!range_check_ends(ec, first, last)) return VAL_EXC;
  RangeObj *range = mx_object_alloc(ec, ec->vm->cls.Range, T_RANGE, sizeof(RangeObj));
  range->first = first;
  range->last = last;
  range->exclusive = val_bool(exclusive);
  mx_object_freeze(ec, val_from_ptr(range));
  return val_from_ptr(range);
}

// Read an end as an index; nil gives the fallback.
static bool range_index(ExecCtx *ec, Value end, int64_t fallback, int64_t *index) {
  *index = fallback;
  return val_is_nil(end) || mx_to_int64(ec, end, index);
}

// Resolve against a length: 1 ok, 0 starts outside, -1 raised.
int mx_range_resolve(ExecCtx *ec, Value range, int64_t len, int64_t *start, int64_t *count) {
  const RangeObj *r = VAL_CAST(RangeObj, range);
  int64_t first, last;
  if (!range_index(ec, r->first, 0, &first) || !range_index(ec, r->last, -1, &last)) return -1;
  bool exclusive = val_truthy(r->exclusive) && !val_is_nil(r->last);
  if (first < 0) first += len;
  if (first < 0 || first > len) return 0;
  if (last < 0) last += len;
  if (!exclusive && last < INT64_MAX) last++;
  if (last > len) last = len;
  *start = first;
  *count = last > first ? last - first : 0;
  return 1;
}
