// SPDX-License-Identifier: MIT
// Leaves of Array that build a rearranged array: reverse, rotate, compact, flatten, +, *, ...
#include "runtime/string.h"
#include "runtime/builtins/array_args.h"
#include "runtime/builtins/rows.h"

// Swap elements in place between two positions; strategies hold words of one size.
static void shape_reverse(Array *a, uint32_t from, uint32_t to) {
  while (from + 1 < to) {
    Value held = a->at.values[from];
    a->at.values[from++] = a->at.values[--to];
    a->at.values[to] = held;
  }
}

// An own copy of the array in its strategy.
static Value shape_copy(ExecCtx *ec, Value self) {
  Value copy = mx_array_new(ec, mx_array_len(self));
  mx_array_concat(ec, copy, self);
  return copy;
}

// Array#reverse
Value mx_array_m_reverse(ExecCtx *ec, Value self) {
  Value copy = shape_copy(ec, self);
  shape_reverse(val_to_array(copy), 0, mx_array_len(copy));
  return copy;
}

// Array#reverse!
Value mx_array_m_reverse_bang(ExecCtx *ec, Value self) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  mx_array_replace(ec, self, mx_array_m_reverse(ec, self));
  return self;
}

// Array#rotate: three reversals move the first elements behind the others.
Value mx_array_m_rotate(ExecCtx *ec, Value self, Value a) {
  int64_t by = 1;
  if (!val_is_undef(a) && !mx_to_int64(ec, a, &by)) return VAL_EXC;
  Value copy = shape_copy(ec, self);
  int64_t len = mx_array_len(copy);
  if (len < 2) return copy;
  uint32_t at = (uint32_t)(((by % len) + len) % len);
  Array *array = val_to_array(copy);
  shape_reverse(array, 0, at);
  shape_reverse(array, at, (uint32_t)len);
  shape_reverse(array, 0, (uint32_t)len);
  return copy;
}

// Array#rotate!
Value mx_array_m_rotate_bang(ExecCtx *ec, Value self, Value a) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  Value rotated = mx_array_m_rotate(ec, self, a);
  if (val_is_exc(rotated)) return rotated;
  mx_array_replace(ec, self, rotated);
  return self;
}

// Array#compact
Value mx_array_m_compact(ExecCtx *ec, Value self) {
  const Array *a = val_to_array(self);
  if (mx_array_strategy(a) != ARRAY_ANY) return mx_array_dup(ec, self);
  Value result = mx_array_new(ec, a->len);
  for (uint32_t i = 0; i < a->len; i++) {
    if (!val_is_nil(a->at.values[i])) mx_array_push(ec, result, a->at.values[i]);
  }
  return result;
}

// Array#compact!
Value mx_array_m_compact_bang(ExecCtx *ec, Value self) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  Value result = mx_array_m_compact(ec, self);
  if (mx_array_len(result) == mx_array_len(self)) return VAL_NIL;
  mx_array_replace(ec, self, result);
  return self;
}

// ---- flatten

// Where the walk through nested arrays is: a stack of pairs (array, next index).
typedef struct Flatten {
  Value stack;   // Array: array, index, array, index, ...
  Value result;  // Array being filled
  int64_t depth; // levels still allowed to open; negative: all
  bool changed;  // some array was opened
} Flatten;

// Is the array being walked already?
static bool flatten_is_open(ExecCtx *ec, const Flatten *f, Value array) {
  for (uint32_t i = 0; i < mx_array_len(f->stack); i += 2) {
    if (mx_array_get(ec, f->stack, i) == array) return true;
  }
  return false;
}

// Take one element: open it when it is like an array, else append it.
static bool flatten_element(ExecCtx *ec, Flatten *f, Value v) {
  int64_t level = mx_array_len(f->stack) / 2;
  bool may_open = f->depth < 0 || level <= f->depth;
  Value list =
      may_open && val_is_heap(v) ? mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary) : VAL_NIL;
  if (val_is_exc(list)) return false;
  if (val_is_nil(list)) {
    mx_array_push(ec, f->result, v);
    return true;
  }
  f->changed = true;
  if (f->depth < 0 && flatten_is_open(ec, f, list)) {
    mx_raise_arg(ec, "tried to flatten recursive array");
    return false;
  }
  mx_array_push(ec, f->stack, list);
  mx_array_push(ec, f->stack, val_from_fixnum(0));
  return true;
}

// Walk until every opened array is at its end.
static bool flatten_run(ExecCtx *ec, Flatten *f) {
  while (mx_array_len(f->stack) > 0) {
    Value array = mx_array_get(ec, f->stack, -2);
    int64_t index = val_to_fixnum(mx_array_get(ec, f->stack, -1));
    if (index >= mx_array_len(array)) {
      mx_array_pop(ec, f->stack);
      mx_array_pop(ec, f->stack);
      continue;
    }
    uint32_t top = mx_array_len(f->stack) - 1;
    if (!mx_array_set(ec, f->stack, top, val_from_fixnum(index + 1))) return false;
    if (!flatten_element(ec, f, mx_array_get(ec, array, index))) return false;
  }
  return true;
}

// Flatten into f->result; false when that raised.
static bool flatten_start(ExecCtx *ec, Flatten *f, Value self, Value levels) {
  *f = (Flatten){.stack = mx_array_new(ec, 8), .depth = -1};
  f->result = mx_array_new(ec, mx_array_len(self));
  if (!val_is_undef(levels) && !val_is_nil(levels) && !mx_to_int64(ec, levels, &f->depth)) {
    return false;
  }
  mx_array_push(ec, f->stack, self);
  mx_array_push(ec, f->stack, val_from_fixnum(0));
  return flatten_run(ec, f);
}

// Array#flatten
Value mx_array_m_flatten(ExecCtx *ec, Value self, Value a) {
  Flatten f;
  return flatten_start(ec, &f, self, a) ? f.result : VAL_EXC;
}

// Array#flatten!
Value mx_array_m_flatten_bang(ExecCtx *ec, Value self, Value a) {
  Flatten f;
  if (!array_can_write(ec, self) || !flatten_start(ec, &f, self, a)) return VAL_EXC;
  if (!f.changed) return VAL_NIL;
  mx_array_replace(ec, self, f.result);
  return self;
}

// ---- others

// Convert every row of a matrix; IndexError when their lengths differ.
static bool shape_rows(ExecCtx *ec, Value self, Value rows) {
  for (uint32_t i = 0; i < mx_array_len(self); i++) {
    Value row = mx_to_ary(ec, mx_array_get(ec, self, i));
    if (val_is_exc(row)) return false;
    mx_array_push(ec, rows, row);
    uint32_t width = mx_array_len(mx_array_get(ec, rows, 0));
    if (mx_array_len(row) == width) continue;
    mx_raise_index(ec, "element size differs (%u should be %u)", mx_array_len(row), width);
    return false;
  }
  return true;
}

// Array#transpose
Value mx_array_m_transpose(ExecCtx *ec, Value self) {
  Value rows = mx_array_new(ec, mx_array_len(self));
  Value result = mx_array_new(ec, 0);
  if (!shape_rows(ec, self, rows)) return VAL_EXC;
  uint32_t height = mx_array_len(rows);
  uint32_t width = height > 0 ? mx_array_len(mx_array_get(ec, rows, 0)) : 0;
  for (uint32_t column = 0; column < width; column++) {
    Value list = mx_array_new(ec, height);
    for (uint32_t i = 0; i < height; i++) {
      mx_array_push(ec, list, mx_array_get(ec, mx_array_get(ec, rows, i), column));
    }
    mx_array_push(ec, result, list);
  }
  return result;
}

// Array#+
Value mx_array_m_plus(ExecCtx *ec, Value self, Value a) {
  Value other = mx_to_ary(ec, a);
  if (val_is_exc(other)) return other;
  int64_t len = (int64_t)mx_array_len(self) + mx_array_len(other);
  if (!mx_array_arg_fits(ec, len)) return VAL_EXC;
  Value result = mx_array_new(ec, (uint32_t)len);
  mx_array_concat(ec, result, self);
  mx_array_concat(ec, result, other);
  return result;
}

// Array#*: repeat, or join when the argument is a String.
Value mx_array_m_times(ExecCtx *ec, Value self, Value a) {
  Value separator = mx_check_convert(ec, a, ec->vm->cls.String, SYM_to_str);
  if (val_is_exc(separator)) return separator;
  if (!val_is_nil(separator)) return mx_array_join(ec, self, separator);
  int64_t times, len = mx_array_len(self);
  if (!mx_array_arg_count(ec, a, "negative argument", &times)) return VAL_EXC;
  if (len == 0 || times == 0) return mx_array_new(ec, 0);
  if (times > ARRAY_MAX_LEN || times * len > ARRAY_MAX_LEN) {
    return mx_raise_arg(ec, "argument too big");
  }
  Value result = mx_array_new(ec, (uint32_t)(len * times));
  for (int64_t i = 0; i < times; i++) mx_array_concat(ec, result, self);
  return result;
}

// Array#assoc
Value mx_array_m_assoc(ExecCtx *ec, Value self, Value a) {
  for (uint32_t i = 0; i < mx_array_len(self); i++) {
    Value v = mx_array_get(ec, self, i);
    Value pair = val_is_heap(v) ? mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary) : VAL_NIL;
    if (val_is_exc(pair)) return pair;
    if (val_is_nil(pair) || mx_array_len(pair) == 0) continue;
    int same = mx_equal(ec, mx_array_get(ec, pair, 0), a);
    if (same != 0) return same < 0 ? VAL_EXC : pair;
  }
  return VAL_NIL;
}

// Array#rassoc
Value mx_array_m_rassoc(ExecCtx *ec, Value self, Value a) {
  for (uint32_t i = 0; i < mx_array_len(self); i++) {
    Value v = mx_array_get(ec, self, i);
    Value pair = val_is_heap(v) ? mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary) : VAL_NIL;
    if (val_is_exc(pair)) return pair;
    if (val_is_nil(pair) || mx_array_len(pair) < 2) continue;
    int same = mx_equal(ec, mx_array_get(ec, pair, 1), a);
    if (same != 0) return same < 0 ? VAL_EXC : pair;
  }
  return VAL_NIL;
}
