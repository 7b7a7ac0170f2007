// SPDX-License-Identifier: MIT
// Fibers under the embedding API: values both ways, errors, abandoned fibers, many at once.
#include "runtime/api.h"
#include "runtime/array.h"
#include "runtime/gc.h"
#include "runtime/integer.h"
#include "runtime/string.h"

#include <check.h>
#include <stdlib.h>

// A text to run and what it evaluated to.
typedef struct Program {
  const char *text;
  int64_t result; // of an Integer result; INT64_MIN for anything else
} Program;

static Value fiber_program(ExecCtx *ec, void *data) {
  Program *program = data;
  Value file = mx_str_from_cstr(ec, "fiber.rb");
  ApiText text = {.bytes = program->text, .len = strlen(program->text), .dialect = DIALECT_RUBY};
  Value v = mx_api_eval_main(ec, &text, file);
  if (val_is_exc(v) || !mx_int_to_i64(v, &program->result)) program->result = INT64_MIN;
  return v;
}

// Run a text in a VM of its own; its Integer value.
static int64_t fiber_eval(const char *text, int *status) {
  VmOptions options = {.deterministic = true, .seed = 1};
  EvalOptions eval = {.dialect = DIALECT_RUBY};
  VM *vm = mx_api_boot(&options, &eval);
  Program program = {text, INT64_MIN};
  *status = mx_api_run(vm, fiber_program, &program);
  mx_api_free(vm);
  return program.result;
}

// Check what a text evaluates to, and that it ends well.
static void fiber_expect(const char *text, int64_t expected) {
  int status = -1;
  int64_t result = fiber_eval(text, &status);
  ck_assert_int_eq(status, 0);
  ck_assert_msg(result == expected, "%s\ngave %ld, not %ld", text, (long)result, (long)expected);
}

START_TEST(values_pass_both_ways) {
  fiber_expect("f = Fiber.new { |x| y = Fiber.yield(x + 1); y * 10 }; f.resume(1) + f.resume(4)",
               42);
}
END_TEST

START_TEST(errors_reach_the_resumer) {
  fiber_expect("f = Fiber.new { raise ArgumentError, 'x' }\n"
               "begin; f.resume; rescue ArgumentError => e; e.message.length; end",
               1);
}
END_TEST

// Fibers that a VM leaves behind die inside a later one, when other things have its memory.
START_TEST(fibers_outlive_their_vm) {
  fiber_expect("20.times { Fiber.new { Fiber.yield 1 }.resume }; 7", 7);
  mx_gc_collect();
  for (int i = 0; i < 5; i++)
    fiber_expect("x = (500..2500).map { |n| 'a' * n }; GC.start; GC.start; x.size", 2001);
}
END_TEST

// Between runs, and while a second VM boots, the collector scans the stack of the process again.
START_TEST(collections_between_runs_see_the_caller) {
  fiber_expect("7", 7);
  GcFreeLists *lists = mx_gc_init();
  mx_gc_stress(lists, 50, 0);
  VmOptions options = {.deterministic = true, .seed = 1};
  EvalOptions eval = {.dialect = DIALECT_RUBY};
  VM *vm = mx_api_boot(&options, &eval);
  mx_gc_stress(lists, 0, 0);
  mx_gc_free(lists);
  Program program = {"[1, 2, 3].map { |x| x.to_s }.join.to_i", INT64_MIN};
  ck_assert_int_eq(mx_api_run(vm, fiber_program, &program), 0);
  ck_assert_int_eq(program.result, 123);
  mx_api_free(vm);
}
END_TEST

START_TEST(fibers_nest) {
  fiber_expect("outer = Fiber.new { inner = Fiber.new { Fiber.yield 1; 2 }\n"
               "  Fiber.yield inner.resume * 10; inner.resume * 100 }\n"
               "outer.resume + outer.resume",
               210);
}
END_TEST

START_TEST(deep_recursion_in_a_fiber_raises) {
  fiber_expect("def deep = deep\n"
               "Fiber.new { begin; deep; rescue SystemStackError; 7; end }.resume",
               7);
}
END_TEST

START_TEST(locals_of_suspended_fibers_survive_collections) {
  fiber_expect("fs = Array.new(200) { |i| Fiber.new { s = 'x' * i; Fiber.yield; s.length } }\n"
               "fs.each(&:resume); GC.start; 50.times { 'y' * 10_000 }; GC.start\n"
               "fs.sum(&:resume)",
               19900);
}
END_TEST

START_TEST(abandoned_fibers_give_their_stacks_back) {
  // Each would keep 384 KiB of address space: 40,000 of them are 15 GiB unless stacks are reused.
  fiber_expect("n = 0\n40.times { 1000.times { f = Fiber.new { Fiber.yield 1 }; n += f.resume }; "
               "GC.start }\nn",
               40000);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("fiber");
  TCase *tc = tcase_create("all");
  tcase_set_timeout(tc, 60);
  tcase_add_test(tc, values_pass_both_ways);
  tcase_add_test(tc, errors_reach_the_resumer);
  tcase_add_test(tc, fibers_outlive_their_vm);
  tcase_add_test(tc, collections_between_runs_see_the_caller);
  tcase_add_test(tc, fibers_nest);
  tcase_add_test(tc, deep_recursion_in_a_fiber_raises);
  tcase_add_test(tc, locals_of_suspended_fibers_survive_collections);
  tcase_add_test(tc, abandoned_fibers_give_their_stacks_back);
  suite_add_tcase(suite, tc);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
