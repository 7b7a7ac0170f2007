// SPDX-License-Identifier: MIT
// Value: every guest value in one 64-bit word.
//
//   63                                                    4 3 2 1 0
//   [ 63-bit Integer, two's complement                            1 ]
//   [ double: (bits + BIAS) rotated left by 3                   1 0 ]   |x| in 2^-256 .. 2^256
//   [ symbol index            | 0 0 0 0                 1 1 0 0     ]   low byte 0x0c
//   [ special: 0 nil, 0x04 false, 0x14 true, 0x24 undef, 0x34 exc   ]   low nibble 4, nil all 0
//   [ address of a heap object, 16-byte aligned         0 0 0 0     ]
//
// nil is 0, so that zeroed memory is full of nils; falseness is `(v & ~4) == 0`.
// Pointers are stored as they are, since the collector scans words conservatively.
// Doubles outside the window (0.0, denormals, NaN, infinities among them) are boxed.
// VAL_EXC is returned by a function that raised; it and VAL_UNDEF are never seen by a program.
#ifndef MX_RUNTIME_VALUE_H
#define MX_RUNTIME_VALUE_H

#include "runtime/base/check.h"
#include "runtime/base/symbol.h"
#include <string.h>

typedef uint64_t Value;

#define VAL_NIL ((Value)0x00)
#define VAL_FALSE ((Value)0x04)
#define VAL_TRUE ((Value)0x14)
#define VAL_UNDEF ((Value)0x24) // absent argument, unset slot
#define VAL_EXC ((Value)0x34)   // an exception or other unwinding is pending in ec

#define FIXNUM_MAX ((int64_t)0x3fffffffffffffff)
#define FIXNUM_MIN (-FIXNUM_MAX - 1)
#define FLONUM_BIAS ((uint64_t)257 << 52)

static inline bool val_truthy(Value v) { return (v & ~(Value)4) != 0; }
static inline bool val_is_nil(Value v) { return v == VAL_NIL; }
static inline bool val_is_undef(Value v) { return v == VAL_UNDEF; }
static inline bool val_is_exc(Value v) { return v == VAL_EXC; }
static inline Value val_bool(bool b) { return b ? VAL_TRUE : VAL_FALSE; }

static inline bool val_is_fixnum(Value v) { return (v & 1) != 0; }
static inline bool val_both_fixnum(Value a, Value b) { return (a & b & 1) != 0; }
static inline int64_t val_to_fixnum(Value v) { return (int64_t)v >> 1; }
static inline bool fixnum_fits(int64_t n) { return n >= FIXNUM_MIN && n <= FIXNUM_MAX; }
// Tag an integer that is known to fit.
static inline Value val_from_fixnum(int64_t n) { return ((Value)n << 1) | 1; }

static inline bool val_is_flonum(Value v) { return (v & 3) == 2; }
static inline double val_to_flonum(Value v) {
  uint64_t bits = ((v >> 3) | (v << 61)) - FLONUM_BIAS;
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}
// Encode a double into *out; false when it must be boxed.
static inline bool val_from_flonum(double d, Value *out) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  bits += FLONUM_BIAS;
  *out = (bits << 3) | (bits >> 61);
  return (*out & 3) == 2;
}

static inline bool val_is_symbol(Value v) { return (v & 0xff) == 0x0c; }
static inline Sym val_to_sym(Value v) { return (Sym)(v >> 8); }
static inline Value val_from_sym(Sym sym) { return ((Value)sym << 8) | 0x0c; }

// A heap object: low four bits clear, not nil.
static inline bool val_is_heap(Value v) { return (v & 15) == 0 && v != 0; }

#endif
