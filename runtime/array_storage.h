// SPDX-License-Identifier: MIT
// Storage of arrays: buffers, sharing, strategies. Only runtime/array*.c use this header; the rest
// of the runtime goes through array.h.
#ifndef MX_RUNTIME_ARRAY_STORAGE_H
#define MX_RUNTIME_ARRAY_STORAGE_H

#include "runtime/array.h"

// Narrowest strategy that can hold a value.
static inline ArrayStrategy mx_array_strategy_for(Value v) {
  if (val_is_fixnum(v)) return ARRAY_INT;
  return val_is_float(v) ? ARRAY_DOUBLE : ARRAY_ANY;
}

// Make the array writable: an own buffer with room for `room` elements, in a strategy that holds
// both what is there and values of strategy `need`. Elements and length stay.
MX_FUNC void mx_array_prepare(ExecCtx *ec, Array *a, ArrayStrategy need, uint32_t room);

// Store a value at an index below cap, after mx_array_prepare for its strategy.
MX_FUNC void mx_array_put(Array *a, uint32_t index, Value v);

// Give up the buffer: the array is EMPTY with length 0.
MX_FUNC void mx_array_release(Array *a);

// A plain Array of `count` elements, 1 or more, that the caller writes before anything else runs.
MX_FUNC Array *mx_array_begin(ExecCtx *ec, ArrayStrategy strategy, uint32_t count);

// Part of an array as a plain Array, and as that of an EMPTY one: copied, or shared when long.
MX_FUNC Array *mx_array_part(ExecCtx *ec, Array *from, ArraySpan span);
MX_FUNC void mx_array_take(ExecCtx *ec, Array *to, Array *from);

#endif
