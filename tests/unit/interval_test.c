// SPDX-License-Identifier: MIT
// Proves the interval rules: for intervals of Integers of 8 bits, every result of every pair of
// members lies in the interval that the rule gives.
#include "jit/ir/ir_eval.h"
#include "jit/opt/interval.h"
#include <check.h>

enum { TEST_BITS = 8 };

// Ends of the intervals that are tried.
static const int64_t ends[] = {-128, -127, -65, -9, -2, -1, 0, 1, 2, 3, 7, 8, 63, 64, 126, 127};
enum { ENDS = sizeof ends / sizeof ends[0], MEMBERS = 12 };

// Members of an interval: all of a short one, both ends and a spread of a long one.
static uint32_t members(Interval interval, int64_t *out) {
  int64_t step = (interval.hi - interval.lo) / (MEMBERS - 1) + 1;
  uint32_t count = 0;
  for (int64_t n = interval.lo; n < interval.hi; n += step) out[count++] = n;
  out[count++] = interval.hi;
  return count;
}

// Check one op on all pairs of members.
static void check_op(IrOp op, Interval a, Interval b) {
  int64_t xs[MEMBERS + 1], ys[MEMBERS + 1];
  uint32_t x_count = members(a, xs), y_count = members(b, ys);
  Interval given = mx_interval_op(op, a, b, TEST_BITS);
  bool fits = mx_interval_fits(op, a, b, TEST_BITS), good = true;
  for (uint32_t i = 0; i < x_count; i++) {
    for (uint32_t j = 0; j < y_count; j++) {
      uint64_t words[] = {(uint64_t)xs[i], (uint64_t)ys[j], 0}, result;
      IrEvalWay way = mx_ir_eval_op(op, words, TEST_BITS, &result);
      if (way == IR_EVAL_LEAVES) good &= !fits;
      if (way != IR_EVAL_VALUE) continue;
      good &= (int64_t)result >= given.lo && (int64_t)result <= given.hi;
    }
  }
  if (!good)
    ck_abort_msg("%s of %lld..%lld and %lld..%lld", mx_ir_info(op)->text, (long long)a.lo,
                 (long long)a.hi, (long long)b.lo, (long long)b.hi);
}

// Check one comparison on all pairs of members.
static void check_compare(IrOp op, Interval a, Interval b) {
  int64_t xs[MEMBERS + 1], ys[MEMBERS + 1];
  uint32_t x_count = members(a, xs), y_count = members(b, ys);
  int decided = mx_interval_compare(op, a, b);
  bool good = true;
  for (uint32_t i = 0; i < x_count; i++) {
    for (uint32_t j = 0; j < y_count; j++) {
      uint64_t words[] = {(uint64_t)xs[i], (uint64_t)ys[j], 0}, truth;
      if (mx_ir_eval_op(op, words, TEST_BITS, &truth) != IR_EVAL_VALUE) continue;
      good &= decided < 0 || decided == (int)truth;
      Interval x = mx_interval_where(op, truth, a, b);
      good &= xs[i] >= x.lo && xs[i] <= x.hi;
      if (op == IR_BELOW) continue;
      Interval y = mx_interval_where(mx_interval_swap(op), truth, b, a);
      good &= ys[j] >= y.lo && ys[j] <= y.hi;
    }
  }
  if (!good)
    ck_abort_msg("%s of %lld..%lld and %lld..%lld", mx_ir_info(op)->text, (long long)a.lo,
                 (long long)a.hi, (long long)b.lo, (long long)b.hi);
}

// Call a check with all pairs of intervals.
static void for_all_pairs(void (*check)(IrOp op, Interval a, Interval b), IrOp op) {
  for (uint32_t i = 0; i < ENDS * ENDS; i++) {
    Interval a = {ends[i / ENDS], ends[i % ENDS]};
    if (interval_is_empty(a)) continue;
    for (uint32_t j = 0; j < ENDS * ENDS; j++) {
      Interval b = {ends[j / ENDS], ends[j % ENDS]};
      if (!interval_is_empty(b)) check(op, a, b);
    }
  }
}

// Every op on Integers stays in the interval that is given for it.
START_TEST(results_lie_in_their_interval) {
  for (int op = IR_ADD; op <= IR_SHR; op++) for_all_pairs(check_op, (IrOp)op);
}
END_TEST

// Every comparison is as decided, and what it says of its operands holds.
START_TEST(comparisons_say_what_holds) {
  for (int op = IR_EQ; op <= IR_BELOW; op++) for_all_pairs(check_compare, (IrOp)op);
}
END_TEST

// The rules are worth something: a sum of small numbers is small, a masked one fits.
START_TEST(intervals_are_narrow) {
  Interval small = {0, 10}, sum = mx_interval_op(IR_ADD, small, small, TEST_BITS);
  ck_assert_int_eq(sum.lo, 0);
  ck_assert_int_eq(sum.hi, 20);
  ck_assert(mx_interval_fits(IR_MUL_OV, small, small, TEST_BITS));
  ck_assert(!mx_interval_fits(IR_MUL_OV, sum, small, TEST_BITS));
  Interval masked = mx_interval_op(IR_AND, interval_full(TEST_BITS), small, TEST_BITS);
  ck_assert_int_eq(masked.lo, 0);
  ck_assert_int_eq(masked.hi, 10);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("interval");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, results_lie_in_their_interval);
  tcase_add_test(tests, comparisons_say_what_holds);
  tcase_add_test(tests, intervals_are_narrow);
  Suite *suite = suite_create("interval");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
