// SPDX-License-Identifier: MIT
// Intervals of Integers, and what each op makes of them. Bounds are computed in 128 bits and cut
// to the width: what lies outside has overflowed, which no result has.
#include "jit/opt/interval.h"

typedef __int128 Wide;

// Bounds before they are cut.
typedef struct WideInterval {
  Wide lo;
  Wide hi;
} WideInterval;

// The smallest interval that holds both.
Interval mx_interval_join(Interval a, Interval b) {
  if (interval_is_empty(a)) return b;
  if (interval_is_empty(b)) return a;
  return (Interval){a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi};
}

// What both hold.
Interval mx_interval_meet(Interval a, Interval b) {
  return (Interval){a.lo > b.lo ? a.lo : b.lo, a.hi < b.hi ? a.hi : b.hi};
}

// The products, or the shifted values, of the corners.
static WideInterval interval_corners(Interval a, Wide b, Wide c) {
  Wide products[] = {a.lo * b, a.lo * c, a.hi * b, a.hi * c};
  WideInterval result = {products[0], products[0]};
  for (uint32_t i = 1; i < MX_COUNT_OF(products); i++) {
    if (products[i] < result.lo) result.lo = products[i];
    if (products[i] > result.hi) result.hi = products[i];
  }
  return result;
}

// The bounds of an op that can overflow, as if it could not; false when nothing is known.
static bool interval_exact(IrOp op, Interval a, Interval b, WideInterval *result) {
  switch ((int)op) {
  case IR_ADD:
  case IR_ADD_OV: *result = (WideInterval){(Wide)a.lo + b.lo, (Wide)a.hi + b.hi}; return true;
  case IR_SUB:
  case IR_SUB_OV: *result = (WideInterval){(Wide)a.lo - b.hi, (Wide)a.hi - b.lo}; return true;
  case IR_NEG: *result = (WideInterval){-(Wide)a.hi, -(Wide)a.lo}; return true;
  case IR_MUL:
  case IR_MUL_OV: *result = interval_corners(a, b.lo, b.hi); return true;
  case IR_SHL:
  case IR_SHL_OV:
    if (b.lo < 0 || b.hi > 62) return false;
    *result = interval_corners(a, (Wide)1 << b.lo, (Wide)1 << b.hi);
    return true;
  default: return false;
  }
}

// All numbers from 0 to the next power of two above both, less one.
static Interval interval_bits(Interval a, Interval b) {
  uint64_t most = (uint64_t)(a.hi > b.hi ? a.hi : b.hi), mask = 0;
  while (mask < most) mask = mask * 2 + 1;
  return (Interval){0, (int64_t)mask};
}

// Bitwise ops.
static Interval interval_bitwise(IrOp op, Interval a, Interval b, Interval full) {
  if (op == IR_AND) {
    if (a.lo >= 0 && b.lo >= 0) return (Interval){0, a.hi < b.hi ? a.hi : b.hi};
    if (a.lo >= 0) return (Interval){0, a.hi};
    return b.lo >= 0 ? (Interval){0, b.hi} : full;
  }
  return a.lo >= 0 && b.lo >= 0 ? interval_bits(a, b) : full;
}

// A quotient rounded down, by a positive number.
static int64_t interval_floor(int64_t a, int64_t b) { return a / b - (a % b < 0); }

// Division, remainder and shift to the right, by operands of one sign.
static Interval interval_divide(IrOp op, Interval a, Interval b, Interval full) {
  if (op == IR_MOD && b.lo > 0) {
    if (a.lo >= 0 && a.hi < b.lo) return a;
    return (Interval){0, b.hi - 1};
  }
  if (op == IR_MOD) return b.hi < 0 ? (Interval){b.lo + 1, 0} : full;
  if (op == IR_DIV) {
    if (b.lo <= 0) return full;
    int64_t by_lo = a.lo < 0 ? b.lo : b.hi, by_hi = a.hi < 0 ? b.hi : b.lo;
    return (Interval){interval_floor(a.lo, by_lo), interval_floor(a.hi, by_hi)};
  }
  int64_t least = b.lo < 0 ? 0 : b.lo > 62 ? 62 : b.lo, most = b.hi > 62 ? 62 : b.hi;
  if (most < least) return full;
  return (Interval){a.lo >> (a.lo < 0 ? least : most), a.hi >> (a.hi < 0 ? most : least)};
}

// What an op can give.
Interval mx_interval_op(IrOp op, Interval a, Interval b, uint32_t bits) {
  Interval full = interval_full(bits);
  WideInterval wide;
  if (interval_exact(op, a, b, &wide)) {
    if (wide.lo > full.hi || wide.hi < full.lo) return full;
    return (Interval){wide.lo < full.lo ? full.lo : (int64_t)wide.lo,
                      wide.hi > full.hi ? full.hi : (int64_t)wide.hi};
  }
  switch ((int)op) {
  case IR_AND:
  case IR_OR:
  case IR_XOR: return interval_bitwise(op, a, b, full);
  case IR_DIV:
  case IR_MOD:
  case IR_SHR: return interval_divide(op, a, b, full);
  default: return full;
  }
}

// Can an op that checks for overflow never leave?
bool mx_interval_fits(IrOp op, Interval a, Interval b, uint32_t bits) {
  Interval full = interval_full(bits);
  WideInterval wide;
  return interval_exact(op, a, b, &wide) && wide.lo >= full.lo && wide.hi <= full.hi;
}

// The comparison that is true when this one is false.
static IrOp interval_negate(IrOp op) {
  switch ((int)op) {
  case IR_EQ: return IR_NE;
  case IR_NE: return IR_EQ;
  case IR_LT: return IR_GE;
  case IR_LE: return IR_GT;
  case IR_GT: return IR_LE;
  default: return IR_LT;
  }
}

// The comparison with its operands exchanged.
IrOp mx_interval_swap(IrOp op) {
  switch ((int)op) {
  case IR_LT: return IR_GT;
  case IR_LE: return IR_GE;
  case IR_GT: return IR_LT;
  case IR_GE: return IR_LE;
  default: return op;
  }
}

// Is a comparison always true?
static bool interval_always(IrOp op, Interval a, Interval b) {
  switch ((int)op) {
  case IR_EQ: return a.lo == a.hi && b.lo == b.hi && a.lo == b.lo;
  case IR_NE: return a.hi < b.lo || b.hi < a.lo;
  case IR_LT: return a.hi < b.lo;
  case IR_LE: return a.hi <= b.lo;
  case IR_GT: return a.lo > b.hi;
  case IR_GE: return a.lo >= b.hi;
  default: MX_UNREACHABLE();
  }
}

// Is a comparison always true (1), always false (0), or neither (-1)?
int mx_interval_compare(IrOp op, Interval a, Interval b) {
  if (op == IR_BELOW) {
    if (a.lo >= 0 && a.hi < b.lo) return 1;
    return a.hi < 0 || a.lo >= b.hi ? 0 : -1;
  }
  if (op < IR_EQ || op > IR_GE) return -1;
  if (interval_always(op, a, b)) return 1;
  return interval_always(interval_negate(op), a, b) ? 0 : -1;
}

// What `a` can be where the comparison with `b` has this truth. BELOW being false says nothing
// about one side.
Interval mx_interval_where(IrOp op, bool truth, Interval a, Interval b) {
  if (op == IR_BELOW) return truth ? mx_interval_meet(a, (Interval){0, b.hi - 1}) : a;
  if (!truth) op = interval_negate(op);
  switch ((int)op) {
  case IR_EQ: return mx_interval_meet(a, b);
  case IR_LT: return mx_interval_meet(a, (Interval){a.lo, b.hi - 1});
  case IR_LE: return mx_interval_meet(a, (Interval){a.lo, b.hi});
  case IR_GT: return mx_interval_meet(a, (Interval){b.lo + 1, a.hi});
  case IR_GE: return mx_interval_meet(a, (Interval){b.lo, a.hi});
  default: break;
  }
  // NE takes a bound away.
  if (b.lo == b.hi && a.lo == b.lo) a.lo++;
  if (b.lo == b.hi && a.hi == b.lo) a.hi--;
  return a;
}
