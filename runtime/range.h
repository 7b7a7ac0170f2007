// SPDX-License-Identifier: MIT
// Ranges.
#ifndef MX_RUNTIME_RANGE_H
#define MX_RUNTIME_RANGE_H

#include "runtime/vm.h"

typedef struct RangeObj {
  Header h;
  Value first;     // nil: beginless
  Value last;      // nil: endless
  Value exclusive; // true for ...
} RangeObj;

// Make a frozen range; ArgumentError "bad value for range" when the ends do not compare.
MX_FUNC MX_MUST_CHECK Value mx_range_new(ExecCtx *ec, Value first, Value last, bool exclusive);
// Resolve a range of integers against a length, as a[range] does: 1 ok (*start, *count clamped),
// 0 out of range, -1 raised.
MX_FUNC int mx_range_resolve(ExecCtx *ec, Value range, int64_t len, int64_t *start, int64_t *count);

#endif
