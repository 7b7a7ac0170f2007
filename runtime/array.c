// SPDX-License-Identifier: MIT
// Arrays as a data structure: making, reading, writing. No frozen checks, no guest code.
//
// All writers go through mx_array_prepare, which gives an own buffer in a strategy that fits.
// GC: an ANY slot that leaves the array is set to nil, unless the buffer is shared.
#include "runtime/array.h"
#include "runtime/array_storage.h"

// Make an empty array that will have room for so many elements when the first one comes.
Value mx_array_new(ExecCtx *ec, uint32_t room) {
  Array *a = mx_object_alloc(ec, ec->vm->cls.Array, T_ARRAY, sizeof(Array));
  a->cap = room;
  return val_from_ptr(a);
}

// Narrowest strategy that holds all of the values.
static ArrayStrategy array_strategy_of(int64_t count, const Value *values) {
  ArrayStrategy strategy = mx_array_strategy_for(values[0]);
  for (int64_t i = 1; i < count && strategy != ARRAY_ANY; i++) {
    if (mx_array_strategy_for(values[i]) != strategy) strategy = ARRAY_ANY;
  }
  return strategy;
}

// Make an array of values on a stack or in a buffer.
Value mx_array_from(ExecCtx *ec, int64_t count, const Value *values) {
  if (count == 0) return mx_array_new(ec, 0);
  Array *a = mx_array_begin(ec, array_strategy_of(count, values), (uint32_t)count);
  if (mx_array_strategy(a) == ARRAY_DOUBLE) {
    for (int64_t i = 0; i < count; i++) a->at.doubles[i] = val_to_double(values[i]);
  } else {
    memcpy(a->at.values, values, (size_t)count * sizeof(Value));
  }
  return val_from_ptr(a);
}

// Copy to a plain Array; long ones share the buffer.
Value mx_array_dup(ExecCtx *ec, Value array) {
  return mx_array_slice(ec, array, 0, mx_array_len(array));
}

// Element at any index, counted from the end when negative; nil outside.
Value mx_array_get(ExecCtx *ec, Value array, int64_t index) {
  const Array *a = val_to_array(array);
  if (index < 0) index += a->len;
  return index < 0 || index >= a->len ? VAL_NIL : mx_array_at(ec, a, (uint32_t)index);
}

// Turn a writer's index into a position; false + IndexError when there is no such place.
static bool array_position(ExecCtx *ec, const Array *a, int64_t index, uint32_t *position) {
  int64_t at = index < 0 ? index + a->len : index;
  if (at < 0) {
    mx_raise_index(ec, "index %lld too small for array; minimum: %lld", (long long)index,
                   -(long long)a->len);
    return false;
  }
  if (at >= ARRAY_MAX_LEN) {
    mx_raise_index(ec, "index %lld too big", (long long)index);
    return false;
  }
  *position = (uint32_t)at;
  return true;
}

// Append nils up to a length; the array has been prepared for ANY with that much room.
static void array_fill_nil(Array *a, uint32_t len) {
  while (a->len < len) a->at.values[a->len++] = VAL_NIL;
}

// Store at any index; a gap behind the end is filled with nil.
bool mx_array_set(ExecCtx *ec, Value array, int64_t index, Value v) {
  Array *a = val_to_array(array);
  uint32_t at;
  if (!array_position(ec, a, index, &at)) return false;
  uint32_t len = at < a->len ? a->len : at + 1;
  mx_array_prepare(ec, a, at > a->len ? ARRAY_ANY : mx_array_strategy_for(v), len);
  if (at > a->len) array_fill_nil(a, at);
  mx_array_put(a, at, v);
  a->len = len;
  return true;
}

// Put a value behind the last element.
void mx_array_add(ExecCtx *ec, Value array, uint64_t len, Value v) {
  Array *a = val_to_array(array);
  mx_array_prepare(ec, a, mx_array_strategy_for(v), (uint32_t)len + 1);
  mx_array_put(a, (uint32_t)len, v);
}

// Append one element.
void mx_array_push(ExecCtx *ec, Value array, Value v) {
  Array *a = val_to_array(array);
  mx_array_add(ec, array, a->len, v);
  a->len++;
}

// Forget what a slot that left the array refers to.
static void array_forget(Array *a, uint32_t index) {
  bool own_any = (a->h.flags & FL_ARRAY_SHARED) == 0 && mx_array_strategy(a) == ARRAY_ANY;
  if (own_any) a->at.values[index] = VAL_NIL;
}

// Remove and return the last element.
Value mx_array_pop(ExecCtx *ec, Value array) {
  Array *a = val_to_array(array);
  if (a->len == 0) return VAL_NIL;
  Value last = mx_array_at(ec, a, a->len - 1);
  array_forget(a, --a->len);
  return last;
}

// Remove and return the first element by moving the start of the view.
Value mx_array_shift(ExecCtx *ec, Value array) {
  Array *a = val_to_array(array);
  if (a->len == 0) return VAL_NIL;
  Value first = mx_array_at(ec, a, 0);
  array_forget(a, 0);
  a->len--;
  if (a->cap == 1) { // the view would start behind the buffer, unseen by the collector
    mx_array_release(a);
    return first;
  }
  a->at.values++;
  a->cap--;
  return first;
}

// Open a gap of one slot at a position; the array has been prepared with room.
static void array_open_gap(Array *a, uint32_t at) {
  memmove(a->at.values + at + 1, a->at.values + at, (size_t)(a->len - at) * sizeof(Value));
  a->len++;
}

// Insert before the element at an index; a negative index inserts behind it.
bool mx_array_insert(ExecCtx *ec, Value array, int64_t index, Value v) {
  Array *a = val_to_array(array);
  int64_t wanted = index < 0 ? index + 1 + a->len : index;
  if (wanted < 0) {
    mx_raise_index(ec, "index %lld too small for array; minimum: -%u", (long long)index,
                   a->len + 1);
    return false;
  }
  if (wanted >= a->len) return mx_array_set(ec, array, wanted, v);
  mx_array_prepare(ec, a, mx_array_strategy_for(v), a->len + 1);
  array_open_gap(a, (uint32_t)wanted);
  mx_array_put(a, (uint32_t)wanted, v);
  return true;
}

// Append all elements of another array, which may be the same one.
void mx_array_concat(ExecCtx *ec, Value array, Value other) {
  Array *a = val_to_array(array);
  const Array *b = val_to_array(other);
  uint32_t count = b->len;
  if (count == 0) return;
  mx_array_prepare(ec, a, mx_array_strategy(b), a->len + count);
  if (mx_array_strategy(a) == mx_array_strategy(b)) {
    memcpy(a->at.values + a->len, b->at.values, (size_t)count * sizeof(Value));
  } else {
    for (uint32_t i = 0; i < count; i++) a->at.values[a->len + i] = mx_array_at(ec, b, i);
  }
  a->len += count;
}

// Part of an array as a plain Array; the range has been checked.
Value mx_array_slice(ExecCtx *ec, Value array, uint32_t start, uint32_t count) {
  return val_from_ptr(mx_array_part(ec, val_to_array(array), (ArraySpan){start, count}));
}

// Remove the element at an index below the length.
void mx_array_delete_at(ExecCtx *ec, Value array, uint32_t index) {
  Array *a = val_to_array(array);
  mx_array_prepare(ec, a, ARRAY_EMPTY, a->len);
  memmove(a->at.values + index, a->at.values + index + 1,
          (size_t)(a->len - index - 1) * sizeof(Value));
  array_forget(a, --a->len);
}

// Remove all elements.
void mx_array_clear(ExecCtx *ec, Value array) { mx_array_release(val_to_array(array)); }

// Storage for bulk work: own, ANY, with room.
Value *mx_array_values(ExecCtx *ec, Value array, uint32_t room) {
  Array *a = val_to_array(array);
  if (mx_array_strategy(a) != ARRAY_ANY || (a->h.flags & FL_ARRAY_SHARED) || a->cap < room) {
    mx_array_prepare(ec, a, ARRAY_ANY, room < a->len ? a->len : room);
  }
  return a->at.values;
}

// Set the elements of a span.
void mx_array_fill(ExecCtx *ec, Value array, ArraySpan span, Value v) {
  Array *a = val_to_array(array);
  uint32_t end = span.start + span.count;
  MX_ASSERT(span.start <= a->len, "a span from %u on in %u elements", span.start, a->len);
  mx_array_prepare(ec, a, mx_array_strategy_for(v), end > a->len ? end : a->len);
  if (span.count > 0) mx_array_put(a, span.start, v);
  Value *words = a->at.values; // elements are words, whatever the strategy
  for (uint32_t i = span.start + 1; i < end; i++) words[i] = words[span.start];
  if (end > a->len) a->len = end;
}

// Copy a shared buffer.
void mx_array_own(ExecCtx *ec, Value array) {
  Array *a = val_to_array(array);
  mx_array_prepare(ec, a, mx_array_strategy(a), a->len);
}

// Copy all elements out as Values.
void mx_array_copy_out(ExecCtx *ec, Value array, Value *dst) {
  const Array *a = val_to_array(array);
  if (a->len == 0) return;
  if (mx_array_strategy(a) != ARRAY_DOUBLE) {
    memcpy(dst, a->at.values, (size_t)a->len * sizeof(Value));
    return;
  }
  for (uint32_t i = 0; i < a->len; i++) dst[i] = mx_array_at(ec, a, i);
}

// Replace `count` elements from `start` on by values; nils fill a gap before start.
// The values must not lie in the array's own buffer.
void mx_array_splice(ExecCtx *ec, Value array, ArraySpan span, int64_t added, const Value *values) {
  Array *a = val_to_array(array);
  uint32_t end = span.start + span.count < a->len ? span.start + span.count : a->len;
  uint32_t tail = span.start < a->len ? a->len - end : 0;
  uint32_t len = span.start + (uint32_t)added + tail;
  ArrayStrategy need = added > 0 ? array_strategy_of(added, values) : ARRAY_EMPTY;
  if (span.start > a->len) need = ARRAY_ANY;
  mx_array_prepare(ec, a, need, len > a->len ? len : a->len);
  if (span.start > a->len) array_fill_nil(a, span.start);
  if (tail > 0) {
    memmove(a->at.values + span.start + added, a->at.values + end, (size_t)tail * sizeof(Value));
  }
  for (int64_t i = 0; i < added; i++) mx_array_put(a, span.start + (uint32_t)i, values[i]);
  for (uint32_t i = len; i < a->len; i++) array_forget(a, i);
  a->len = len;
}

// Replace all elements by those of another array, sharing its buffer.
void mx_array_replace(ExecCtx *ec, Value array, Value other) {
  Array *a = val_to_array(array);
  Array *b = val_to_array(other);
  if (a == b) return;
  mx_array_release(a);
  mx_array_take(ec, a, b);
}
