// SPDX-License-Identifier: MIT
// Unit tests of runtime/array: strategies, sharing, and random operations against a plain model.
#include "runtime/base/prng.h"
#include "runtime/array.h"
#include "runtime/range.h"
#include "tests/unit/vm_fixture.h"

// Integer as a Value.
static Value fix(int64_t n) { return val_from_fixnum(n); }

// Strategy of an array.
static ArrayStrategy strategy(Value array) { return mx_array_strategy(val_to_array(array)); }

// Elements choose the strategy, and widen it when they do not fit.
START_TEST(strategies_follow_the_elements) {
  ExecCtx *ec = fixture_vm();
  Value a = mx_array_new(ec, 0);
  ck_assert_int_eq(strategy(a), ARRAY_EMPTY);
  mx_array_push(ec, a, fix(1));
  ck_assert_int_eq(strategy(a), ARRAY_INT);
  mx_array_push(ec, a, mx_float_new(ec, 2.5));
  ck_assert_int_eq(strategy(a), ARRAY_ANY);
  ck_assert_uint_eq(mx_array_get(ec, a, 0), fix(1));
  Value d = MX_ARRAY_OF(ec, mx_float_new(ec, 0.0), mx_float_new(ec, 1e300));
  ck_assert_int_eq(strategy(d), ARRAY_DOUBLE);
  ck_assert_double_eq(val_to_double(mx_array_get(ec, d, 1)), 1e300);
  mx_array_push(ec, d, VAL_NIL);
  ck_assert_int_eq(strategy(d), ARRAY_ANY);
  ck_assert_double_eq(val_to_double(mx_array_get(ec, d, 0)), 0.0);
  mx_vm_free(ec->vm);
}
END_TEST

// An array that was emptied takes any strategy again.
START_TEST(empty_arrays_start_over) {
  ExecCtx *ec = fixture_vm();
  Value a = MX_ARRAY_OF(ec, VAL_NIL);
  mx_array_pop(ec, a);
  mx_array_push(ec, a, fix(1));
  ck_assert_int_eq(strategy(a), ARRAY_INT);
  mx_array_clear(ec, a);
  ck_assert_int_eq(strategy(a), ARRAY_EMPTY);
  ck_assert_uint_eq(mx_array_shift(ec, a), VAL_NIL);
  mx_vm_free(ec->vm);
}
END_TEST

// Storing behind the end fills with nil; a bad index raises.
START_TEST(set_beyond_the_end) {
  ExecCtx *ec = fixture_vm();
  Value a = MX_ARRAY_OF(ec, fix(1), fix(2));
  ck_assert(mx_array_set(ec, a, 4, fix(5)));
  ck_assert_uint_eq(mx_array_len(a), 5);
  ck_assert_uint_eq(mx_array_get(ec, a, 3), VAL_NIL);
  ck_assert(!mx_array_set(ec, a, -6, fix(0)));
  ck_assert_str_eq(fixture_error(ec), "index -6 too small for array; minimum: -5");
  ck_assert(!mx_array_set(ec, a, INT64_MAX / 2, fix(0)));
  ck_assert_str_eq(fixture_error(ec), "index 4611686018427387903 too big");
  mx_vm_free(ec->vm);
}
END_TEST

// Make an array of the Integers below a number.
static Value numbers(ExecCtx *ec, int64_t count) {
  Value a = mx_array_new(ec, 0);
  for (int64_t i = 0; i < count; i++) mx_array_push(ec, a, fix(i));
  return a;
}

// A slice shares the buffer; writing to either side is not seen by the other.
START_TEST(slices_share_until_written) {
  ExecCtx *ec = fixture_vm();
  Value a = numbers(ec, 100);
  Value slice = mx_array_slice(ec, a, 10, 50);
  ck_assert_ptr_eq(val_to_array(slice)->at.values, val_to_array(a)->at.values + 10);
  ck_assert(mx_array_set(ec, slice, 0, fix(-1)));
  ck_assert_uint_eq(mx_array_get(ec, a, 10), fix(10));
  Value copy = mx_array_dup(ec, a);
  mx_array_push(ec, a, fix(100));
  ck_assert(mx_array_set(ec, a, 0, fix(-2)));
  ck_assert_uint_eq(mx_array_len(copy), 100);
  ck_assert_uint_eq(mx_array_get(ec, copy, 0), fix(0));
  mx_vm_free(ec->vm);
}
END_TEST

// Is the array's first element in its own cell, behind the struct?
static bool starts_inside(Value array, uint32_t shifted) {
  const Array *a = val_to_array(array);
  return a->at.values == (const Value *)(a + 1) + shifted;
}

// Few elements that an array is made with lie inside, and stay right when it is used as any other.
START_TEST(few_elements_lie_inside) {
  ExecCtx *ec = fixture_vm();
  Value a = mx_array_slice(ec, numbers(ec, 15), 0, 15);
  ck_assert(starts_inside(a, 0));
  ck_assert(!starts_inside(mx_array_slice(ec, numbers(ec, 16), 0, 16), 0));
  Value copy = mx_array_dup(ec, a);
  ck_assert(starts_inside(copy, 0));
  for (int64_t i = 0; i < 8; i++) ck_assert_uint_eq(mx_array_shift(ec, a), fix(i));
  ck_assert(starts_inside(a, 8));
  mx_array_push(ec, a, fix(15)); // the elements slide to the front
  ck_assert(starts_inside(a, 0));
  for (int64_t i = 16; i < 40; i++) mx_array_push(ec, a, fix(i));
  ck_assert(!starts_inside(a, 0));
  for (uint32_t i = 0; i < 32; i++) ck_assert_uint_eq(mx_array_get(ec, a, i), fix(i + 8));
  mx_array_replace(ec, copy, a);
  ck_assert_uint_eq(mx_array_len(copy), 32);
  Value pair = MX_ARRAY_OF(ec, VAL_NIL, fix(2));
  ck_assert(starts_inside(pair, 0));
  mx_array_shift(ec, pair);
  ck_assert_uint_eq(mx_array_shift(ec, pair), fix(2));
  mx_array_push(ec, pair, fix(3));
  ck_assert_uint_eq(mx_array_get(ec, pair, 0), fix(3));
  mx_vm_free(ec->vm);
}
END_TEST

// What an array outgrew or was cleared of is not kept alive by its cell.
START_TEST(cells_keep_nothing_behind) {
  ExecCtx *ec = fixture_vm();
  Value arrays[2] = {MX_ARRAY_OF(ec, VAL_TRUE, VAL_TRUE), MX_ARRAY_OF(ec, VAL_TRUE, VAL_TRUE)};
  mx_array_push(ec, arrays[0], VAL_TRUE);
  mx_array_shift(ec, arrays[1]);
  mx_array_clear(ec, arrays[1]);
  for (size_t i = 0; i < 2; i++) {
    const Value *inside = (const Value *)(val_to_array(arrays[i]) + 1);
    for (size_t k = 0; k < 2; k++) ck_assert_uint_eq(inside[k], VAL_NIL);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// Used as a queue, an array reuses its room instead of growing.
START_TEST(queues_do_not_grow) {
  ExecCtx *ec = fixture_vm();
  Value a = numbers(ec, 10);
  for (int64_t i = 0; i < 10000; i++) {
    ck_assert_uint_eq(mx_array_shift(ec, a), fix(i));
    mx_array_push(ec, a, fix(i + 10));
  }
  ck_assert_uint_eq(mx_array_len(a), 10);
  ck_assert_uint_lt(val_to_array(a)->cap, 64);
  mx_vm_free(ec->vm);
}
END_TEST

// An array appended to itself doubles.
START_TEST(concat_with_itself) {
  ExecCtx *ec = fixture_vm();
  Value a = numbers(ec, 5);
  mx_array_concat(ec, a, a);
  ck_assert_uint_eq(mx_array_len(a), 10);
  for (int64_t i = 0; i < 10; i++) ck_assert_uint_eq(mx_array_get(ec, a, i), fix(i % 5));
  mx_vm_free(ec->vm);
}
END_TEST

// ---- against a model

enum { MODEL_MAX = 400, MODEL_STEPS = 20000 };

typedef struct Model {
  Value at[MODEL_MAX + 1]; // expected elements
  uint32_t len;            // their number
} Model;

// Insert a run of values into the model.
static void model_splice(Model *m, uint32_t at, uint32_t removed, uint32_t added, Value v) {
  if (at + removed > m->len) removed = m->len - at;
  memmove(m->at + at + added, m->at + at + removed, (m->len - at - removed) * sizeof(Value));
  for (uint32_t i = 0; i < added; i++) m->at[at + i] = v;
  m->len += added - removed;
}

// A random element: mostly of the kind that the phase prefers.
static Value model_value(ExecCtx *ec, Prng *prng, uint64_t phase) {
  uint64_t kind = mx_prng_below(prng, 8) == 0 ? mx_prng_below(prng, 3) : phase;
  int64_t n = (int64_t)mx_prng_below(prng, 1000);
  if (kind == 0) return fix(n);
  return kind == 1 ? mx_float_new(ec, (double)n + 0.5) : val_from_sym((Sym)(1 + n % 50));
}

// Do one random operation on both.
static void model_step(ExecCtx *ec, Prng *prng, Value *a, Model *m, uint64_t phase) {
  Value v = model_value(ec, prng, phase);
  uint32_t at = m->len ? (uint32_t)mx_prng_below(prng, m->len) : 0;
  uint32_t count = (uint32_t)mx_prng_below(prng, 4);
  bool full = m->len + 4 > MODEL_MAX;
  switch (mx_prng_below(prng, full ? 5 : 9)) {
  case 0: mx_array_pop(ec, *a), m->len -= m->len > 0; break;
  case 1: mx_array_shift(ec, *a), model_splice(m, 0, m->len > 0, 0, v); break;
  case 2:
    if (m->len > 0) mx_array_delete_at(ec, *a, at), model_splice(m, at, 1, 0, v);
    break;
  case 3:
    if (at + count > m->len) count = m->len - at;
    mx_array_splice(ec, *a, (ArraySpan){at, count}, 0, NULL), model_splice(m, at, count, 0, v);
    break;
  case 4: *a = mx_array_slice(ec, *a, at, m->len - at), model_splice(m, 0, at, 0, v); break;
  case 5: ck_assert(mx_array_insert(ec, *a, at, v)), model_splice(m, at, 0, 1, v); break;
  case 6:
    if (m->len > 0) ck_assert(mx_array_set(ec, *a, at, v)), m->at[at] = v;
    break;
  default: mx_array_push(ec, *a, v), m->at[m->len++] = v; break;
  }
}

// Compare both; Floats by value, since they may be boxed anew.
static void model_check(ExecCtx *ec, Value a, const Model *m) {
  ck_assert_uint_eq(mx_array_len(a), m->len);
  for (uint32_t i = 0; i < m->len; i++) {
    Value v = mx_array_get(ec, a, i);
    if (val_is_float(m->at[i])) {
      ck_assert_double_eq(val_to_double(v), val_to_double(m->at[i]));
    } else {
      ck_assert_uint_eq(v, m->at[i]);
    }
  }
}

// Random operations agree with the model; phases prefer one kind of element.
START_TEST(random_operations_agree_with_a_model) {
  ExecCtx *ec = fixture_vm();
  Prng prng;
  Model model = {.len = 0};
  Value a = mx_array_new(ec, 0);
  mx_prng_seed(&prng, 7);
  for (int step = 0; step < MODEL_STEPS; step++) {
    if (step % 500 == 0 && mx_prng_below(&prng, 2)) mx_array_clear(ec, a), model.len = 0;
    model_step(ec, &prng, &a, &model, (uint64_t)(step / 500) % 3);
    if (step % 16 == 0) model_check(ec, a, &model);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// A range as an index: clamped at the end, nothing when it begins outside.
START_TEST(ranges_resolve_against_a_length) {
  ExecCtx *ec = fixture_vm();
  int64_t start = -1, count = -1;
  Value range = mx_range_new(ec, fix(1), fix(-2), false);
  ck_assert_int_eq(mx_range_resolve(ec, range, 5, &start, &count), 1);
  ck_assert_int_eq(start, 1);
  ck_assert_int_eq(count, 3);
  range = mx_range_new(ec, fix(5), VAL_NIL, true);
  ck_assert_int_eq(mx_range_resolve(ec, range, 5, &start, &count), 1);
  ck_assert_int_eq(count, 0);
  ck_assert_int_eq(mx_range_resolve(ec, range, 4, &start, &count), 0);
  ck_assert_uint_eq(mx_range_new(ec, fix(1), VAL_TRUE, false), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "bad value for range");
  mx_vm_free(ec->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("array");
  tcase_add_test(tests, strategies_follow_the_elements);
  tcase_add_test(tests, empty_arrays_start_over);
  tcase_add_test(tests, set_beyond_the_end);
  tcase_add_test(tests, slices_share_until_written);
  tcase_add_test(tests, few_elements_lie_inside);
  tcase_add_test(tests, cells_keep_nothing_behind);
  tcase_add_test(tests, queues_do_not_grow);
  tcase_add_test(tests, concat_with_itself);
  tcase_add_test(tests, random_operations_agree_with_a_model);
  tcase_add_test(tests, ranges_resolve_against_a_length);
  return fixture_run("array", tests);
}
