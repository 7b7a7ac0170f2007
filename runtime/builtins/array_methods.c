// SPDX-License-Identifier: MIT
// Leaves of Array: element access, adding and removing.
#include "runtime/global.h"
#include "runtime/range.h"
#include "runtime/string.h"
#include "runtime/builtins/array_args.h"
#include "runtime/builtins/rows.h"

// Read a count that must not be negative.
bool mx_array_arg_count(ExecCtx *ec, Value v, const char *negative, int64_t *count) {
  if (!mx_to_int64(ec, v, count)) return false;
  if (*count >= 0) return true;
  mx_raise_arg(ec, "%s", negative);
  return false;
}

// Check a length to come.
bool mx_array_arg_fits(ExecCtx *ec, int64_t len) {
  if (len <= ARRAY_MAX_LEN) return true;
  mx_raise_arg(ec, "argument too big");
  return false;
}

// Clamp a part to the array: 1 ok, 0 when it begins outside or has a negative length.
static int array_clamp(int64_t len, ArrayTarget *target) {
  if (target->start < 0) target->start += len;
  if (target->start < 0 || target->start > len || target->count < 0) return 0;
  if (target->count > len - target->start) target->count = len - target->start;
  return 1;
}

// Resolve the arguments of a[...] .
int mx_array_arg_target(ExecCtx *ec, Value array, Value a, Value b, ArrayTarget *target) {
  target->is_span = true;
  if (!val_is_undef(b)) {
    if (!mx_to_int64(ec, a, &target->start) || !mx_to_int64(ec, b, &target->count)) return -1;
    return array_clamp(mx_array_len(array), target);
  }
  if (val_is_type(a, T_RANGE)) {
    return mx_range_resolve(ec, a, mx_array_len(array), &target->start, &target->count);
  }
  target->is_span = false;
  return mx_to_int64(ec, a, &target->start) ? 1 : -1;
}

// Array[...]
Value mx_array_s_of(ExecCtx *ec, Value self, int argc, const Value *argv) {
  ClassObj *klass = VAL_CAST(ClassObj, self);
  Value array = mx_array_from(ec, argc, argv);
  if (klass == ec->vm->cls.Array) return array;
  Value made = klass->allocate(ec, klass);
  if (!val_is_exc(made)) mx_array_replace(ec, made, array);
  return made;
}

// Array.try_convert(v)
Value mx_array_s_try_convert(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.Array, SYM_to_ary);
}

// Ask an arithmetic sequence to pick its elements; VAL_UNDEF when v is none.
static Value array_pick(ExecCtx *ec, Value self, Value v) {
  if (!val_is_type(v, T_OBJECT)) return VAL_UNDEF;
  Sym pick = mx_sym(ec->vm, "__pick_from");
  MethodRef ref = mx_method_find(ec->vm, mx_class_of(ec->vm, v), pick);
  return ref.me ? mx_send1(ec, v, pick, self) : VAL_UNDEF;
}

// array[index], array[start, length], array[range]
Value mx_array_m_aref(ExecCtx *ec, Value self, Value a, Value b) {
  if (val_is_fixnum(a) && val_is_undef(b)) return mx_array_get(ec, self, val_to_fixnum(a));
  if (val_is_undef(b)) {
    Value picked = array_pick(ec, self, a);
    if (!val_is_undef(picked)) return picked;
  }
  ArrayTarget target;
  int ok = mx_array_arg_target(ec, self, a, b, &target);
  if (ok < 0) return VAL_EXC;
  if (ok == 0) return VAL_NIL;
  if (!target.is_span) return mx_array_get(ec, self, target.start);
  return mx_array_slice(ec, self, (uint32_t)target.start, (uint32_t)target.count);
}

// Array#at
Value mx_array_m_at(ExecCtx *ec, Value self, Value a) {
  int64_t index;
  return mx_to_int64(ec, a, &index) ? mx_array_get(ec, self, index) : VAL_EXC;
}

// Resolve the target of an assignment to a part; raises what Ruby raises for a bad one.
static bool array_assign_target(ExecCtx *ec, Value self, Value a, Value b, ArrayTarget *target) {
  uint32_t len = mx_array_len(self);
  if (val_is_undef(b)) {
    int64_t endless = INT64_MAX / 2;
    const RangeObj *range = VAL_CAST(RangeObj, a);
    int64_t first = 0, last = len;
    if (!val_is_nil(range->first) && !mx_to_int64(ec, range->first, &first)) return false;
    if (!val_is_nil(range->last) && !mx_to_int64(ec, range->last, &last)) return false;
    if (val_is_nil(range->last)) last = endless;
    target->start = first < 0 ? first + len : first;
    if (target->start < 0) {
      mx_raise_range(ec, "%V out of range", a);
      return false;
    }
    if (last < 0) last += len;
    if (!val_truthy(range->exclusive) && !val_is_nil(range->last)) last++;
    target->count = last > target->start ? last - target->start : 0;
    return true;
  }
  if (!mx_to_int64(ec, a, &target->start) || !mx_to_int64(ec, b, &target->count)) return false;
  if (target->count < 0) {
    mx_raise_index(ec, "negative length (%lld)", (long long)target->count);
    return false;
  }
  int64_t given = target->start;
  if (given < 0) target->start += len;
  if (target->start >= 0) return true;
  mx_raise_index(ec, "index %lld too small for array; minimum: %lld", (long long)given,
                 -(long long)len);
  return false;
}

// The values that an assignment to a part stores: an Array's elements, else the one value.
static Value array_assigned(ExecCtx *ec, Value self, Value v) {
  Value list = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary);
  if (val_is_exc(list)) return list;
  if (val_is_nil(list)) list = mx_array_from(ec, 1, &v);
  if (list != self && mx_array_strategy(val_to_array(list)) != ARRAY_DOUBLE) return list;
  Value copy = mx_array_new(ec, 0);
  mx_array_concat(ec, copy, list);
  (void)mx_array_values(ec, copy, mx_array_len(list)); // Values, whatever concat has made of it
  return copy;
}

// Replace a part of the array by the elements of v.
static Value array_assign(ExecCtx *ec, Value self, const ArrayTarget *target, Value v) {
  Value list = array_assigned(ec, self, v);
  if (val_is_exc(list)) return list;
  const Array *source = val_to_array(list);
  int64_t len = mx_array_len(self);
  int64_t count = target->count;
  if (target->start + count > len) count = target->start < len ? len - target->start : 0;
  if (target->start > ARRAY_MAX_LEN) {
    return mx_raise_index(ec, "index %lld too big", (long long)target->start);
  }
  if (!mx_array_arg_fits(ec, len + source->len)) return VAL_EXC;
  ArraySpan span = {(uint32_t)target->start, (uint32_t)count};
  mx_array_splice(ec, self, span, source->len, source->at.values);
  return v;
}

// array[index] = v, array[start, length] = v, array[range] = v
Value mx_array_m_aset(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  bool three = !val_is_undef(c);
  if (!three && !val_is_type(a, T_RANGE)) {
    int64_t index;
    if (!mx_to_int64(ec, a, &index) || !mx_array_set(ec, self, index, b)) return VAL_EXC;
    return b;
  }
  ArrayTarget target;
  if (!array_assign_target(ec, self, a, three ? b : VAL_UNDEF, &target)) return VAL_EXC;
  return array_assign(ec, self, &target, three ? c : b);
}

// Array#length
Value mx_array_m_length(ExecCtx *ec, Value self) { return val_from_fixnum(mx_array_len(self)); }

// Array#empty?
Value mx_array_m_empty(ExecCtx *ec, Value self) { return val_bool(mx_array_len(self) == 0); }

// Array#push
Value mx_array_m_push(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  for (int i = 0; i < argc; i++) mx_array_push(ec, self, argv[i]);
  return self;
}

// Array#<<
Value mx_array_m_append(ExecCtx *ec, Value self, Value a) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  mx_array_push(ec, self, a);
  return self;
}

// Remove `count` elements from `start` on and return them as an Array.
static Value array_cut(ExecCtx *ec, Value self, uint32_t start, uint32_t count) {
  Value cut = mx_array_slice(ec, self, start, count);
  if (count > 0) mx_array_splice(ec, self, (ArraySpan){start, count}, 0, NULL);
  return cut;
}

// Array#pop
Value mx_array_m_pop(ExecCtx *ec, Value self, Value a) {
  int64_t count, len = mx_array_len(self);
  if (!array_can_write(ec, self)) return VAL_EXC;
  if (val_is_undef(a)) return mx_array_pop(ec, self);
  if (!mx_array_arg_count(ec, a, "negative array size", &count)) return VAL_EXC;
  len = mx_array_len(self);
  if (count > len) count = len;
  return array_cut(ec, self, (uint32_t)(len - count), (uint32_t)count);
}

// Array#shift
Value mx_array_m_shift(ExecCtx *ec, Value self, Value a) {
  int64_t count;
  if (!array_can_write(ec, self)) return VAL_EXC;
  if (val_is_undef(a)) return mx_array_shift(ec, self);
  if (!mx_array_arg_count(ec, a, "negative array size", &count)) return VAL_EXC;
  if (count > mx_array_len(self)) count = mx_array_len(self);
  return array_cut(ec, self, 0, (uint32_t)count);
}

// Array#unshift
Value mx_array_m_unshift(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  if (argc > 0) mx_array_splice(ec, self, (ArraySpan){0, 0}, argc, argv);
  return self;
}

// Array#insert
Value mx_array_m_insert(ExecCtx *ec, Value self, int argc, const Value *argv) {
  int64_t index, len;
  if (!array_can_write(ec, self) || !mx_to_int64(ec, argv[0], &index)) return VAL_EXC;
  if (argc == 1) return self;
  len = mx_array_len(self);
  int64_t at = index < 0 ? index + len + 1 : index;
  if (at < 0) {
    return mx_raise_index(ec, "index %lld too small for array; minimum: -%lld", (long long)index,
                          (long long)len + 1);
  }
  if (at >= ARRAY_MAX_LEN - argc) return mx_raise_index(ec, "index %lld too big", (long long)at);
  mx_array_splice(ec, self, (ArraySpan){(uint32_t)at, 0}, argc - 1, argv + 1);
  return self;
}

// What concat appends: all of its arguments, even when one of them is the array itself.
static Value array_joined(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc == 1) {
    Value list = mx_to_ary(ec, argv[0]);
    return list == self ? mx_array_dup(ec, list) : list;
  }
  Value all = mx_array_new(ec, 0);
  for (int i = 0; i < argc; i++) {
    Value list = mx_to_ary(ec, argv[i]);
    if (val_is_exc(list)) return list;
    mx_array_concat(ec, all, list);
  }
  return all;
}

// Array#concat
Value mx_array_m_concat(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  Value all = array_joined(ec, self, argc, argv);
  if (val_is_exc(all)) return all;
  if (!mx_array_arg_fits(ec, (int64_t)mx_array_len(self) + mx_array_len(all))) return VAL_EXC;
  mx_array_concat(ec, self, all);
  return self;
}

// Array#first
Value mx_array_m_first(ExecCtx *ec, Value self, Value a) {
  int64_t count;
  if (val_is_undef(a)) return mx_array_get(ec, self, 0);
  if (!mx_array_arg_count(ec, a, "negative array size", &count)) return VAL_EXC;
  if (count > mx_array_len(self)) count = mx_array_len(self);
  return mx_array_slice(ec, self, 0, (uint32_t)count);
}

// Array#last
Value mx_array_m_last(ExecCtx *ec, Value self, Value a) {
  int64_t count;
  if (val_is_undef(a)) return mx_array_get(ec, self, -1);
  if (!mx_array_arg_count(ec, a, "negative array size", &count)) return VAL_EXC;
  uint32_t len = mx_array_len(self);
  if (count > len) count = len;
  return mx_array_slice(ec, self, len - (uint32_t)count, (uint32_t)count);
}

// Array#take
Value mx_array_m_take(ExecCtx *ec, Value self, Value a) {
  int64_t count;
  if (!mx_array_arg_count(ec, a, "attempt to take negative size", &count)) return VAL_EXC;
  if (count > mx_array_len(self)) count = mx_array_len(self);
  return mx_array_slice(ec, self, 0, (uint32_t)count);
}

// Array#drop
Value mx_array_m_drop(ExecCtx *ec, Value self, Value a) {
  int64_t count;
  if (!mx_array_arg_count(ec, a, "attempt to drop negative size", &count)) return VAL_EXC;
  uint32_t len = mx_array_len(self);
  if (count > len) count = len;
  return mx_array_slice(ec, self, (uint32_t)count, len - (uint32_t)count);
}

// Array#delete_at
Value mx_array_m_delete_at(ExecCtx *ec, Value self, Value a) {
  int64_t index;
  if (!array_can_write(ec, self) || !mx_to_int64(ec, a, &index)) return VAL_EXC;
  uint32_t len = mx_array_len(self);
  if (index < 0) index += len;
  if (index < 0 || index >= len) return VAL_NIL;
  Value old = mx_array_get(ec, self, index);
  mx_array_delete_at(ec, self, (uint32_t)index);
  return old;
}

// Array#slice!
Value mx_array_m_slice_bang(ExecCtx *ec, Value self, Value a, Value b) {
  ArrayTarget target;
  if (!array_can_write(ec, self)) return VAL_EXC;
  int ok = mx_array_arg_target(ec, self, a, b, &target);
  if (ok < 0) return VAL_EXC;
  if (ok == 0) return VAL_NIL;
  if (!target.is_span) return mx_array_m_delete_at(ec, self, val_from_fixnum(target.start));
  return array_cut(ec, self, (uint32_t)target.start, (uint32_t)target.count);
}

// Array#clear
Value mx_array_m_clear(ExecCtx *ec, Value self) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  mx_array_clear(ec, self);
  return self;
}

// Array#replace
Value mx_array_m_replace(ExecCtx *ec, Value self, Value a) {
  if (!array_can_write(ec, self)) return VAL_EXC;
  Value other = mx_to_ary(ec, a);
  if (val_is_exc(other)) return other;
  mx_array_replace(ec, self, other);
  return self;
}

// Append the elements of a range; an end behind the array gives nils.
static bool array_add_range(ExecCtx *ec, Value self, Value selector, Value result) {
  const RangeObj *range = VAL_CAST(RangeObj, selector);
  int64_t len = mx_array_len(self), first = 0, last = -1;
  if (!val_is_nil(range->first) && !mx_to_int64(ec, range->first, &first)) return false;
  if (!val_is_nil(range->last) && !mx_to_int64(ec, range->last, &last)) return false;
  if (first < 0) first += len;
  if (last < 0) last += len;
  if (first < 0) return true;
  bool exclusive = val_truthy(range->exclusive) && !val_is_nil(range->last);
  int64_t end = last + !exclusive;
  if (!mx_array_arg_fits(ec, end - first)) return false;
  for (int64_t i = first; i < end; i++) {
    mx_array_push(ec, result, i < len ? mx_array_get(ec, self, i) : VAL_NIL);
  }
  return true;
}

// Append to a result what one argument of values_at names.
static bool array_add_values(ExecCtx *ec, Value self, Value selector, Value result) {
  int64_t index;
  if (val_is_type(selector, T_RANGE)) return array_add_range(ec, self, selector, result);
  if (!mx_to_int64(ec, selector, &index)) return false;
  mx_array_push(ec, result, mx_array_get(ec, self, index));
  return true;
}

// Array#values_at
Value mx_array_m_values_at(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value result = mx_array_new(ec, (uint32_t)argc);
  for (int i = 0; i < argc; i++) {
    if (!array_add_values(ec, self, argv[i], result)) return VAL_EXC;
  }
  return result;
}

// The separator $, that join uses without one of its own; warns when it is set.
static Value array_output_separator(ExecCtx *ec) {
  Value separator = mx_global_get(ec, mx_sym(ec->vm, "$,"));
  if (!val_is_exc(separator) && !val_is_nil(separator)) {
    mx_warn(ec, "$, is set to non-nil value");
  }
  return separator;
}

// Array#join
Value mx_array_m_join(ExecCtx *ec, Value self, Value a) {
  bool given = !val_is_undef(a) && !val_is_nil(a);
  Value separator = given ? a : array_output_separator(ec);
  if (val_is_exc(separator)) return separator;
  if (mx_array_len(self) == 0) return mx_str_ascii(ec, "");
  if (given) separator = mx_to_str(ec, a);
  return val_is_exc(separator) ? separator : mx_array_join(ec, self, separator);
}

// Array#to_a: instances of subclasses become plain.
Value mx_array_m_to_a(ExecCtx *ec, Value self) {
  bool plain = mx_class_real(mx_class_of(ec->vm, self)) == ec->vm->cls.Array;
  return plain ? self : mx_array_dup(ec, self);
}

// Array#to_ary
Value mx_array_m_to_ary(ExecCtx *ec, Value self) { return self; }

// ---- primitives of array.mx

// Wish for room in an empty array; ArgumentError when it is too much.
Value mx_array_p_reserve(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t room;
  if (!mx_array_arg_count(ec, b, "negative array size", &room)) return VAL_EXC;
  if (room > ARRAY_MAX_LEN) return mx_raise_arg(ec, "array size too big");
  Array *array = val_to_array(a);
  if (mx_array_strategy(array) == ARRAY_EMPTY) array->cap = (uint32_t)room;
  return VAL_NIL;
}

// Make an array consist of b times the value c.
Value mx_array_p_fill(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int64_t count;
  if (!mx_array_arg_count(ec, b, "negative array size", &count)) return VAL_EXC;
  if (count > ARRAY_MAX_LEN) return mx_raise_arg(ec, "array size too big");
  mx_array_clear(ec, a);
  if (count == 0) return a;
  val_to_array(a)->cap = (uint32_t)count;
  mx_array_push(ec, a, c);
  mx_array_fill(ec, a, (ArraySpan){0, (uint32_t)count}, c);
  return a;
}

// Store without asking whether the array is frozen.
Value mx_array_p_put(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  return mx_array_set(ec, a, val_to_fixnum(b), c) ? c : VAL_EXC;
}

// Set elements, which the array may not have yet, to one value.
Value mx_array_p_fill_span(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  int64_t start = val_to_fixnum(b), count = val_to_fixnum(c);
  if (count == 0) return a;
  if (!mx_array_set(ec, a, start, d)) return VAL_EXC; // fills what may lie before it with nil
  mx_array_fill(ec, a, (ArraySpan){(uint32_t)start, (uint32_t)count}, d);
  return a;
}

// Cut the array down to a length that is not above its own.
Value mx_array_p_truncate(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t len = (uint32_t)val_to_fixnum(b), now = mx_array_len(a);
  if (len < now) mx_array_splice(ec, a, (ArraySpan){len, now - len}, 0, NULL);
  return a;
}

// [start, count] that a range means in an array of a length, or nil.
Value mx_array_p_span(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t start, count;
  int ok = mx_range_resolve(ec, a, val_to_fixnum(b), &start, &count);
  if (ok <= 0) return ok == 0 ? VAL_NIL : VAL_EXC;
  return MX_ARRAY_OF(ec, val_from_fixnum(start), val_from_fixnum(count));
}

// Replace all elements without asking whether the array is frozen.
Value mx_array_p_replace(ExecCtx *ec, Value self, Value a, Value b) {
  mx_array_replace(ec, a, b);
  return a;
}

// Remove c elements from b on.
Value mx_array_p_cut(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int64_t start = val_to_fixnum(b), count = val_to_fixnum(c), len = mx_array_len(a);
  if (start + count > len) count = len - start;
  if (count > 0) mx_array_splice(ec, a, (ArraySpan){(uint32_t)start, (uint32_t)count}, 0, NULL);
  return a;
}

// All elements but the first b.
Value mx_array_p_drop(ExecCtx *ec, Value self, Value a, Value b) {
  return mx_array_m_drop(ec, a, b);
}

// A plain copy.
Value mx_array_p_plain(ExecCtx *ec, Value self, Value a) { return mx_array_dup(ec, a); }

// At most c elements from b on, b within the array.
Value mx_array_p_part(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int64_t start = val_to_fixnum(b), count = val_to_fixnum(c), len = mx_array_len(a);
  if (count > len - start) count = len - start;
  return mx_array_slice(ec, a, (uint32_t)start, (uint32_t)count);
}

// One value for the arguments of a yield: nil, the only one, or all as an Array.
Value mx_array_p_pack(ExecCtx *ec, Value self, Value a) {
  return mx_array_len(a) > 1 ? a : mx_array_get(ec, a, 0);
}
