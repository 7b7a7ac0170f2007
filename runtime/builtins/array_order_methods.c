// SPDX-License-Identifier: MIT
// Leaves of Array that order or add elements: sort, sort_by, min, max, sum.
//
// Sorting is a stable merge sort on copies in scanned memory, so a comparison that lies, raises or
// changes the array cannot hurt. Arrays of only Integers or only Floats compare raw words.
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/string.h"
#include "runtime/builtins/array_args.h"
#include "runtime/builtins/rows.h"
#include <math.h>

typedef enum OrderKind { ORDER_INT, ORDER_DOUBLE, ORDER_STRING, ORDER_ANY } OrderKind;

// What a merge works on: keys decide, values travel along (NULL: keys alone).
typedef struct Merge {
  ExecCtx *ec;
  OrderKind kind;      // how keys compare
  Value *keys;         // being sorted
  Value *values;       // parallel to keys, or NULL
  Value *spare_keys;   // scratch of the same size
  Value *spare_values; // scratch, or NULL
} Merge;

// Is <=> what the class of the value was born with?
static bool order_is_pristine(ExecCtx *ec, Value v) { return mx_method_is_builtin(ec, v, SYM_CMP); }

// How the keys can be compared.
static OrderKind order_kind(ExecCtx *ec, const Value *keys, uint32_t count) {
  bool ints = true, strings = true;
  for (uint32_t i = 0; i < count && (ints || strings); i++) {
    ints = ints && val_is_fixnum(keys[i]);
    strings = strings && val_is_string(keys[i]);
  }
  if (count == 0 || !order_is_pristine(ec, keys[0])) return ORDER_ANY;
  if (ints) return ORDER_INT;
  return strings ? ORDER_STRING : ORDER_ANY;
}

// The first eight bytes of a String as a number that orders as they do, zeros behind the end.
static uint64_t order_prefix(Value str) {
  const char *bytes = mx_str_bytes(str);
  size_t len = mx_str_len(str);
  uint64_t word = 0;
  bool readable = len >= sizeof word || !(val_header(str)->flags & FL_STR_HEAP);
  if (MX_LIKELY(readable)) // bytes of the cell behind a short text are masked out
    memcpy(&word, bytes, sizeof word);
  else
    memcpy(&word, bytes, len);
  word = __builtin_bswap64(word);
  return len >= sizeof word ? word : word & ~(UINT64_MAX >> (8 * len));
}

// Is the left String behind the right one? Equal beginnings are compared in full.
static bool order_string_swaps(Value left, Value right) {
  uint64_t a = order_prefix(left), b = order_prefix(right);
  return a != b ? a > b : mx_str_cmp(left, right) > 0;
}

// Should the right key come before the left one? *ok is false when comparing raised.
static bool order_swaps(const Merge *m, Value left, Value right, bool *ok) {
  int order = 0;
  switch (m->kind) {
  case ORDER_INT: return (int64_t)right < (int64_t)left;
  case ORDER_DOUBLE: return val_to_double(right) < val_to_double(left);
  case ORDER_STRING: return order_string_swaps(left, right);
  case ORDER_ANY: *ok = mx_compare(m->ec, left, right, &order); return order > 0;
  }
  return false;
}

// Copy one element from the array to the scratch.
static void order_move(const Merge *m, uint32_t from, uint32_t to) {
  m->spare_keys[to] = m->keys[from];
  if (m->values) m->spare_values[to] = m->values[from];
}

// Merge the sorted runs [low, mid) and [mid, high).
static bool order_merge(const Merge *m, uint32_t low, uint32_t mid, uint32_t high) {
  uint32_t left = low, right = mid;
  bool ok = true;
  for (uint32_t at = low; at < high; at++) {
    bool take_right = left >= mid;
    if (!take_right && right < high) {
      take_right = order_swaps(m, m->keys[left], m->keys[right], &ok);
      if (!ok) return false;
    }
    order_move(m, take_right ? right++ : left++, at);
  }
  size_t bytes = (size_t)(high - low) * sizeof(Value);
  memcpy(m->keys + low, m->spare_keys + low, bytes);
  if (m->values) memcpy(m->values + low, m->spare_values + low, bytes);
  return true;
}

// Sort [low, high); runs that are in order already are not merged.
static bool order_sort(const Merge *m, uint32_t low, uint32_t high) {
  if (high - low < 2) return true;
  uint32_t mid = low + (high - low) / 2;
  if (!order_sort(m, low, mid) || !order_sort(m, mid, high)) return false;
  bool ok = true;
  bool swaps = order_swaps(m, m->keys[mid - 1], m->keys[mid], &ok);
  return ok && (!swaps || order_merge(m, low, mid, high));
}

// An ANY copy of an array and its storage.
static Value order_copy(ExecCtx *ec, Value array, Value **storage) {
  Value copy = mx_array_new(ec, 0);
  uint32_t len = mx_array_len(array);
  *storage = mx_array_values(ec, copy, len > 0 ? len : 1);
  mx_array_copy_out(ec, array, *storage);
  val_to_array(copy)->len = len;
  return copy;
}

// Sorted copy of the elements by their own order.
Value mx_array_p_sort(ExecCtx *ec, Value self, Value a) {
  Merge m = {.ec = ec};
  Value sorted = order_copy(ec, a, &m.keys);
  uint32_t len = mx_array_len(sorted);
  Value spare = order_copy(ec, sorted, &m.spare_keys);
  bool doubles = mx_array_strategy(val_to_array(a)) == ARRAY_DOUBLE;
  m.kind = order_kind(ec, m.keys, len);
  if (doubles && len > 0 && order_is_pristine(ec, m.keys[0])) m.kind = ORDER_DOUBLE;
  for (uint32_t i = 0; m.kind == ORDER_DOUBLE && i < len; i++) {
    if (isnan(val_to_double(m.keys[i]))) m.kind = ORDER_ANY;
  }
  bool ok = order_sort(&m, 0, len);
  mx_array_clear(ec, spare);
  if (!ok) return VAL_EXC;
  return mx_array_from(ec, len, m.keys);
}

// Values in the order of their keys; core code gives two arrays of one length.
Value mx_array_p_sort_by(ExecCtx *ec, Value self, Value a, Value b) {
  Merge m = {.ec = ec};
  Value keys = order_copy(ec, a, &m.keys);
  Value sorted = order_copy(ec, b, &m.values);
  Value spare[2] = {order_copy(ec, keys, &m.spare_keys), order_copy(ec, sorted, &m.spare_values)};
  uint32_t len = mx_array_len(sorted);
  m.kind = order_kind(ec, m.keys, len);
  MX_ASSERT(len == mx_array_len(keys), "%u values have %u keys", len, mx_array_len(keys));
  bool ok = order_sort(&m, 0, len);
  mx_array_clear(ec, spare[0]);
  mx_array_clear(ec, spare[1]);
  return ok ? mx_array_from(ec, len, m.values) : VAL_EXC;
}

// Extreme of an array of small Integers.
static Value extreme_of_words(const Array *a, bool largest) {
  int64_t best = (int64_t)a->at.values[0];
  for (uint32_t i = 1; i < a->len; i++) {
    int64_t v = (int64_t)a->at.values[i];
    if (largest ? v > best : v < best) best = v;
  }
  return (Value)best;
}

// Extreme of an array of doubles; VAL_UNDEF when a NaN is among them.
static Value extreme_of_doubles(ExecCtx *ec, const Array *a, bool largest) {
  double best = a->at.doubles[0];
  bool ordered = !isnan(best);
  for (uint32_t i = 1; i < a->len && ordered; i++) {
    double d = a->at.doubles[i];
    if (largest ? d > best : d < best) best = d;
    ordered = !isnan(d);
  }
  return ordered ? mx_float_value(ec, best) : VAL_UNDEF;
}

// Extreme of an array whose elements are numbers in raw words; VAL_UNDEF for others.
static Value extreme_raw(ExecCtx *ec, const Array *a, bool largest) {
  if (a->len == 0) return VAL_NIL;
  ArrayStrategy strategy = mx_array_strategy(a);
  if (strategy == ARRAY_INT && MX_BASIC_PRISTINE(ec->vm, SYM_CMP, BASIC_INTEGER))
    return extreme_of_words(a, largest);
  if (strategy == ARRAY_DOUBLE && MX_BASIC_PRISTINE(ec->vm, SYM_CMP, BASIC_FLOAT))
    return extreme_of_doubles(ec, a, largest);
  return VAL_UNDEF;
}

// Smallest (b false) or largest (b true) element, nil when there is none.
Value mx_array_p_extreme(ExecCtx *ec, Value self, Value a, Value b) {
  bool largest = val_truthy(b);
  Value raw = extreme_raw(ec, val_to_array(a), largest);
  if (!val_is_undef(raw)) return raw;
  Value best = mx_array_get(ec, a, 0);
  for (uint32_t i = 1; i < mx_array_len(a); i++) {
    Value v = mx_array_get(ec, a, i);
    int order;
    if (!mx_compare(ec, best, v, &order)) return VAL_EXC;
    if (largest ? order < 0 : order > 0) best = v;
  }
  return best;
}

// Add small Integers from a number on as long as the sum is one. The number where that ends.
static int64_t operate_plus(const Array *a, int64_t i, Value *total) {
  int64_t sum = val_to_fixnum(*total), next;
  for (; i < a->len; i++, sum = next)
    if (__builtin_add_overflow(sum, val_to_fixnum(a->at.values[i]), &next) || !fixnum_fits(next))
      break;
  *total = val_from_fixnum(sum);
  return i;
}

// Combine a value with the elements from a number on by an operator or method: inject(:+).
Value mx_array_p_operate(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  Value total = c;
  int64_t i = val_to_fixnum(d);
  if (val_to_sym(a) == SYM_PLUS && mx_array_strategy(val_to_array(b)) == ARRAY_INT &&
      val_is_fixnum(total) && MX_BASIC_PRISTINE(ec->vm, SYM_PLUS, BASIC_INTEGER))
    i = operate_plus(val_to_array(b), i, &total);
  for (; i < mx_array_len(b) && !val_is_exc(total); i++)
    total = mx_op_binary(ec, val_to_sym(a), total, mx_array_at(ec, val_to_array(b), (uint32_t)i));
  return total;
}

// ---- sum

// State of the compensated summation (Kahan-Babuska): Floats and exact numbers in one sum.
typedef struct Sum {
  double total;        // sum so far
  double compensation; // low bits that total has lost
} Sum;

// What an addition loses.
static inline double sum_lost(double total, double x, double next) {
  return fabs(total) >= fabs(x) ? (total - next) + x : (x - next) + total;
}

// Add one double; infinities and NaN end the compensation.
static void sum_add(Sum *sum, double x) {
  if (isnan(sum->total) || isnan(x) || isinf(x) || isinf(sum->total)) {
    bool opposite = isinf(x) && isinf(sum->total) && signbit(x) != signbit(sum->total);
    if (opposite || isnan(x))
      sum->total = NAN;
    else if (!isnan(sum->total) && isinf(x))
      sum->total = x;
    return;
  }
  double next = sum->total + x;
  sum->compensation += sum_lost(sum->total, x, next);
  sum->total = next;
}

// Is the value a number that a compensated sum can take?
static bool sum_takes(Value v) {
  return val_is_float(v) || val_is_integer(v) || val_is_type(v, T_RATIONAL);
}

// Add the elements of an array of doubles from a position on; false when a sum on the way is not
// finite.
static bool sum_doubles(const Array *a, uint32_t from, double *total) {
  double now = *total, compensation = 0.0;
  for (uint32_t i = from; i < a->len; i++) {
    double x = a->at.doubles[i], next = now + x;
    if (!isfinite(next)) return false;
    compensation += sum_lost(now, x, next);
    now = next;
  }
  *total = now + compensation;
  return true;
}

// Add doubles from a position on, as long as elements are real numbers.
static Value sum_floats(ExecCtx *ec, Value array, Value start, uint32_t *at) {
  Sum sum = {0.0, 0.0};
  if (!mx_to_double(ec, start, &sum.total)) return VAL_EXC;
  const Array *a = val_to_array(array);
  if (mx_array_strategy(a) == ARRAY_DOUBLE && sum_doubles(a, *at, &sum.total)) {
    *at = a->len;
    return mx_float_new(ec, sum.total);
  }
  for (; *at < mx_array_len(array); (*at)++) {
    Value v = mx_array_get(ec, array, *at);
    double x;
    if (!sum_takes(v)) break;
    if (!mx_to_double(ec, v, &x)) return VAL_EXC;
    sum_add(&sum, x);
  }
  return mx_float_new(ec, sum.total + sum.compensation);
}

// Add small Integers from a position on, as long as the sum is one. A tagged Integer less its tag
// is twice the number: the CPU's overflow is that of 63 bits.
static Value sum_fixnums(const Array *a, Value start, uint32_t *at) {
  int64_t total = (int64_t)(start - 1), next;
  uint32_t i = *at;
  for (; i < a->len; i++) {
    if (__builtin_add_overflow(total, (int64_t)(a->at.values[i] - 1), &next)) break;
    total = next;
  }
  *at = i;
  return (Value)total + 1;
}

// Sum of the elements, beginning with b.
Value mx_array_p_sum(ExecCtx *ec, Value self, Value a, Value b) {
  Value total = b;
  uint32_t at = 0;
  if (val_is_fixnum(b) && mx_array_strategy(val_to_array(a)) == ARRAY_INT)
    total = sum_fixnums(val_to_array(a), b, &at);
  while (at < mx_array_len(a) && !val_is_exc(total)) {
    Value v = mx_array_get(ec, a, at);
    if (val_is_integer(total) && val_is_integer(v)) {
      total = mx_int_add(ec, total, v);
    } else if (sum_takes(total) && sum_takes(v) && (val_is_float(total) || val_is_float(v))) {
      total = sum_floats(ec, a, total, &at);
      continue;
    } else {
      total = mx_op_binary(ec, SYM_PLUS, total, v);
    }
    at++;
  }
  return total;
}
