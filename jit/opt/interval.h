// SPDX-License-Identifier: MIT
// Intervals of Integers, and what each op makes of them.
#ifndef MX_JIT_INTERVAL_H
#define MX_JIT_INTERVAL_H

#include "jit/ir/ir.h"

// All n with lo <= n <= hi. Empty when lo > hi: nothing is known to get there yet.
typedef struct Interval {
  int64_t lo;
  int64_t hi;
} Interval;

#define INTERVAL_EMPTY ((Interval){1, 0})

// All Integers of so many bits.
static inline Interval interval_full(uint32_t bits) {
  int64_t most = (int64_t)((UINT64_C(1) << (bits - 1)) - 1);
  return (Interval){-most - 1, most};
}
static inline bool interval_is_empty(Interval a) { return a.lo > a.hi; }

// The smallest interval that holds both; what both hold.
MX_FUNC Interval mx_interval_join(Interval a, Interval b);
MX_FUNC Interval mx_interval_meet(Interval a, Interval b);
// What an op with Integer operands and result can give, given that it gives something. An op that
// is not known gives all Integers.
MX_FUNC Interval mx_interval_op(IrOp op, Interval a, Interval b, uint32_t bits);
// Can an op that checks for overflow never leave?
MX_FUNC bool mx_interval_fits(IrOp op, Interval a, Interval b, uint32_t bits);
// Is a comparison always true (1), always false (0), or neither (-1)?
MX_FUNC int mx_interval_compare(IrOp op, Interval a, Interval b);
// What `a` can be where the comparison with `b` has this truth.
MX_FUNC Interval mx_interval_where(IrOp op, bool truth, Interval a, Interval b);
// The comparison with its operands exchanged.
MX_FUNC IrOp mx_interval_swap(IrOp op);

#endif
