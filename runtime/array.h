// SPDX-License-Identifier: MIT
// Arrays: elements by the narrowest strategy that fits.
//
//   EMPTY   no storage
//   INT     tagged Integers (fixnums) as Values, in memory for bytes (GC_KIND_BYTES)
//   DOUBLE  raw doubles, likewise
//   ANY     Values, in scanned memory
// A store that does not fit widens (INT, DOUBLE -> ANY). `at` may point behind the start of its
// buffer (shift is O(1)). Slices and dup share a long buffer until one side writes. Arrays that are
// made with a few elements have room for just these behind the struct, in the same, scanned, cell.
// INVARIANT: len <= cap; readers go through mx_array_at / mx_array_get, which know strategies.
#ifndef MX_RUNTIME_ARRAY_H
#define MX_RUNTIME_ARRAY_H

#include "runtime/float.h"
#include "runtime/vm.h"

typedef enum ArrayStrategy { ARRAY_EMPTY, ARRAY_INT, ARRAY_DOUBLE, ARRAY_ANY } ArrayStrategy;

enum {
  FL_ARRAY_STRATEGY_SHIFT = FL_USER_SHIFT,     // two bits: ArrayStrategy
  FL_ARRAY_SHARED = 1u << (FL_USER_SHIFT + 2), // buffer may be seen by another array
  FL_ARRAY_INSIDE = 1u << (FL_USER_SHIFT + 3), // buffer lies in the array's own cell
  ARRAY_MAX_LEN = 0x1fffffff, // elements; beyond: ArgumentError "array size too big"
};

typedef struct Array {
  Header h;
  uint32_t len; // elements
  uint32_t cap; // elements that fit from `at` on
  union {
    Value *values; // INT, ANY
    double *doubles;
    void *raw;
  } at;
} Array;

static inline bool val_is_array(Value v) { return val_is_type(v, T_ARRAY); }
static inline Array *val_to_array(Value v) { return VAL_CAST(Array, v); }
static inline ArrayStrategy mx_array_strategy(const Array *a) {
  return (ArrayStrategy)((a->h.flags >> FL_ARRAY_STRATEGY_SHIFT) & 3);
}
static inline uint32_t mx_array_len(Value v) { return val_to_array(v)->len; }

MX_FUNC Value mx_array_new(ExecCtx *ec, uint32_t room);
MX_FUNC Value mx_array_from(ExecCtx *ec, int64_t count, const Value *values);
#define MX_ARRAY_OF(ec, ...)                                                     \
  mx_array_from((ec), (int64_t)(sizeof((Value[]){__VA_ARGS__}) / sizeof(Value)), \
                (Value[]){__VA_ARGS__})
MX_FUNC Value mx_array_dup(ExecCtx *ec, Value array); // plain Array, shares a long buffer

// Element at an index below len.
static inline Value mx_array_at(ExecCtx *ec, const Array *a, uint32_t i) {
  if (mx_array_strategy(a) != ARRAY_DOUBLE) return a->at.values[i];
  return mx_float_value(ec, a->at.doubles[i]);
}
// Element at any index (negative from the end); nil outside.
MX_FUNC Value mx_array_get(ExecCtx *ec, Value array, int64_t index);
// Following writers do not check frozenness; builtins do, with mx_object_check_frozen.
MX_FUNC MX_MUST_CHECK bool mx_array_set(ExecCtx *ec, Value array, int64_t index,
                                        Value v); // IndexError
MX_FUNC void mx_array_push(ExecCtx *ec, Value array, Value v);
// Put a value behind the last element, of an array with `len` of them, which stays its length.
MX_FUNC void mx_array_add(ExecCtx *ec, Value array, uint64_t len, Value v);
MX_FUNC Value mx_array_pop(ExecCtx *ec, Value array);   // nil when empty
MX_FUNC Value mx_array_shift(ExecCtx *ec, Value array); // nil when empty
MX_FUNC MX_MUST_CHECK bool mx_array_insert(ExecCtx *ec, Value array, int64_t index, Value v);
MX_FUNC void mx_array_concat(ExecCtx *ec, Value array, Value other);
MX_FUNC Value mx_array_slice(ExecCtx *ec, Value array, uint32_t start, uint32_t count);
// Part of an array: `count` elements from `start` on; both were checked.
typedef struct ArraySpan {
  uint32_t start; // elements
  uint32_t count; // elements
} ArraySpan;
// a[start, count] = values: the values must not lie in the array's own buffer.
MX_FUNC void mx_array_splice(ExecCtx *ec, Value array, ArraySpan span, int64_t added,
                             const Value *values);
// Set the elements of a span that begins at or before the end; the array grows as needed.
MX_FUNC void mx_array_fill(ExecCtx *ec, Value array, ArraySpan span, Value v);
MX_FUNC void mx_array_replace(ExecCtx *ec, Value array, Value other);
MX_FUNC void mx_array_delete_at(ExecCtx *ec, Value array, uint32_t index);
MX_FUNC void mx_array_clear(ExecCtx *ec, Value array);
// Make the storage unshared ANY and at least `room` big; returns it, for bulk work in C.
MX_FUNC Value *mx_array_values(ExecCtx *ec, Value array, uint32_t room);
// Make the buffer the array's own, to move words in it.
MX_FUNC void mx_array_own(ExecCtx *ec, Value array);
// Copy elements out as Values (argument lists); dst has room for len.
MX_FUNC void mx_array_copy_out(ExecCtx *ec, Value array, Value *dst);
MX_FUNC MX_MUST_CHECK Value mx_array_join(ExecCtx *ec, Value array, Value separator);

#endif
