// SPDX-License-Identifier: MIT
// Unit tests of interp/: what the engine answers in states that programs do not bring about, or not
// at a time of their choosing.
#include "runtime/api.h"
#include "runtime/thread.h"
#include "bytecode/mxc.h"
#include "interp/define.h"
#include "interp/fiber.h"
#include "interp/frame.h"
#include "interp/image_file.h"
#include "interp/ops.h"
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/tree.h"
#include "jit/jit.h"
#include "tests/unit/compile_fixture.h"
#include "tests/unit/vm_fixture.h"
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

enum { TEST_ROUNDS = 200 }; // of something that takes effect after a while

// Boot a VM with the engine and the JIT's hooks, and run fn on its main stack.
static void engine_run(const EvalOptions *eval, ApiMain fn, void *data) {
  VmOptions options = {.deterministic = false, .seed = 1};
  JitOptions jit = mx_jit_defaults();
  VM *vm = mx_api_boot(&options, eval);
  mx_jit_install(vm, &jit);
  ck_assert_int_eq(mx_api_run(vm, fn, data), 0);
  mx_jit_free(vm);
  mx_api_free(vm);
}

static void engine_run_plain(ApiMain fn) {
  EvalOptions eval = {.dialect = DIALECT_METOREX, .no_cache = true};
  engine_run(&eval, fn, NULL);
}

// Check that an exception of a class is pending, with a message; it is not any more then.
static void expect_raised(ExecCtx *ec, ClassObj *klass, const char *message) {
  ck_assert_int_eq(ec->unwind, UNWIND_RAISE);
  ck_assert(mx_is_a(ec->vm, ec->exc, klass));
  ck_assert_str_eq(fixture_error(ec), message);
}

// Run a text of the program.
static Value run_text(ExecCtx *ec, const char *text) {
  ApiText program = {.bytes = text, .len = strlen(text), .dialect = DIALECT_RUBY};
  return mx_api_eval_main(ec, &program, mx_str_from_cstr(ec, "test.rb"));
}

// ---- names and patterns

// The compiler gives `alias` Symbols; code that was made by hand may give anything.
static Value body_alias(ExecCtx *ec, void *data) {
  const LexCtx *lex = mx_interp(ec->vm)->top_lex[DIALECT_RUBY];
  Value name = mx_str_from_cstr(ec, "to_s"), number = val_from_fixnum(5);
  ck_assert(val_is_exc(mx_define_alias(ec, lex, number, name)));
  expect_raised(ec, ec->vm->cls.TypeError, "5 is not a symbol nor a string");
  ck_assert(val_is_exc(mx_define_alias(ec, lex, name, number)));
  expect_raised(ec, ec->vm->cls.TypeError, "5 is not a symbol nor a string");
  return VAL_NIL;
}

START_TEST(aliases_have_names) { engine_run_plain(body_alias); }
END_TEST

// A pattern that fails without having said why: the value is the message.
static Value body_match(ExecCtx *ec, void *data) {
  mx_ops_match_start(ec);
  ck_assert(val_is_exc(mx_ops_match_fail(ec, val_from_fixnum(5), true)));
  expect_raised(ec, ec->vm->cls.NoMatchingPatternError, "5");
  return VAL_NIL;
}

START_TEST(patterns_fail_without_a_reason) { engine_run_plain(body_match); }
END_TEST

// ---- texts

// Only the length of the text is looked at.
static Value body_long_text(ExecCtx *ec, void *data) {
  Value text = mx_str_from_cstr(ec, "1"), file = mx_str_from_cstr(ec, "long.rb");
  val_to_string(text)->len = (size_t)SOURCE_MAX_LEN + 1;
  ParseOptions options = {.dialect = DIALECT_RUBY};
  DiagList diags = {0};
  ck_assert_ptr_null(mx_eval_parse_diags(ec, text, file, 1, &options, &diags));
  expect_raised(ec, ec->vm->cls.ArgumentError, "source text too long");
  val_to_string(text)->len = 1;
  return VAL_NIL;
}

START_TEST(texts_have_a_largest_length) { engine_run_plain(body_long_text); }
END_TEST

// An image of core code, which may call primitives, is no program.
static Value body_core_image(ExecCtx *ec, void *data) {
  static const char text[] = "Primitive.undefined";
  Compiled compiled;
  compiled_parse(&compiled, ec, text, strlen(text), DIALECT_CORE);
  ck_assert(compiled_make(&compiled, ec));
  MxcSource source = {.text = text,
                      .len = (uint32_t)strlen(text),
                      .dialect = DIALECT_CORE,
                      .flags = MXC_CORE,
                      .tree_flags = compiled.unit.tree->flags,
                      .node_count = compiled.unit.tree->node_count,
                      .encoding = compiled.unit.tree->encoding};
  StrBuf image = STRBUF_INIT;
  const char *why;
  ck_assert(mx_mxc_write(ec, &source, compiled.chunk, &image, &why));
  compiled_free(&compiled);
  ProgramText program = {
      .bytes = image.at, .len = image.len, .file = mx_str_from_cstr(ec, "core.mxc")};
  ck_assert(val_is_exc(mx_eval_program(ec, &program, DIALECT_RUBY, NULL, false)));
  expect_raised(ec, ec->vm->cls.LoadError,
                "cannot load core.mxc: it is a part of the core library");
  mx_strbuf_free(&image);
  return VAL_NIL;
}

START_TEST(core_images_are_no_programs) { engine_run_plain(body_core_image); }
END_TEST

// A file that has less than it says, as those of the system's settings, which say a page.
START_TEST(files_may_end_early) {
  static const char file[] = "/sys/kernel/mm/transparent_hugepage/enabled";
  ck_assert_ptr_null(mx_image_read_part(file, 0, 4096));
  ck_assert_ptr_null(mx_image_read_part("/nonexistent/file", 0, 1));
}
END_TEST

// ---- stacks

// Address space that the process may take from now on, in bytes.
static void limit_address_space(rlim_t bytes) {
  struct rlimit limit;
  ck_assert_int_eq(getrlimit(RLIMIT_AS, &limit), 0);
  limit.rlim_cur = bytes;
  ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
}

// Where no stack can be mapped a fiber is not resumed; it is when there is room again.
static Value body_no_stack(ExecCtx *ec, void *data) {
  struct rlimit before;
  ck_assert_int_eq(getrlimit(RLIMIT_AS, &before), 0);
  Value fiber = run_text(ec, "Fiber.new { 7 }");
  limit_address_space(1);
  Value resumed = mx_fiber_resume(ec, fiber, 0, NULL);
  limit_address_space(before.rlim_cur);
  ck_assert(val_is_exc(resumed));
  expect_raised(ec, ec->vm->cls.FiberError, "can't alloc machine stack to fiber");
  limit_address_space(1);
  const FiberObj *of_thread = mx_fiber_for_thread(ec, NULL, NULL);
  limit_address_space(before.rlim_cur);
  ck_assert_ptr_null(of_thread);
  expect_raised(ec, ec->vm->cls.FiberError, "can't alloc machine stack to fiber");
  ck_assert_uint_eq(mx_fiber_resume(ec, fiber, 0, NULL), val_from_fixnum(7));
  return VAL_NIL;
}

START_TEST(fibers_need_stacks) { engine_run_plain(body_no_stack); }
END_TEST

// ---- polls

// Core code is not preempted: when polls in it go on, the frame of the program below is to switch.
static Value body_refused(ExecCtx *ec, void *data) {
  Frame guest = {.flags = FRAME_METHOD}, outer = {.prev = &guest, .flags = FRAME_CORE};
  Frame inner = {.prev = &outer, .flags = FRAME_CORE};
  Frame *before = ec->frame;
  ec->frame = &inner;
  int polls = 0;
  for (; !(outer.flags & FRAME_SWITCH_DUE) && polls < TEST_ROUNDS; polls++) {
    __atomic_or_fetch(&ec->poll, POLL_SWITCH, __ATOMIC_RELAXED);
    ck_assert(ec->vm->up->poll(ec));
  }
  ck_assert_int_gt(polls, 1);
  ck_assert_int_lt(polls, TEST_ROUNDS);
  ck_assert_uint_eq(ec->poll & POLL_SWITCH, 0);
  ck_assert_uint_eq((inner.flags | guest.flags) & FRAME_SWITCH_DUE, 0);
  ec->frame = before;
  return VAL_NIL;
}

START_TEST(core_code_puts_switches_off) { engine_run_plain(body_refused); }
END_TEST

// ---- samples

// A frame that was pushed and is not filled in yet says nothing that a sample could believe,
// whatever lay there before.
static Value body_new_frame(ExecCtx *ec, void *data) {
  Value proc = run_text(ec, "proc { |x| x }");
  const Code *code = VAL_CAST(Proc, proc)->block.code;
  ck_assert(mx_stream_prepare(ec, (Code *)(uintptr_t)code));
  Frame *before = ec->frame;
  uint32_t depth = ec->depth;
  memset(ec->vsp, 0xff, (code->frame_words + 4) * sizeof(Value));
  Frame *fr = mx_ops_push(ec, code, ec->vsp + 1, 0);
  ck_assert_ptr_eq(ec->frame, fr);
  ck_assert_uint_eq(fr->flags, 0);
  ck_assert_ptr_null(fr->ip);
  ec->frame = before;
  ec->depth = depth;
  return VAL_NIL;
}

START_TEST(new_frames_are_blank) { engine_run_plain(body_new_frame); }
END_TEST

static Profiler *profiler_of(const ExecCtx *ec) { return mx_interp(ec->vm)->profiler; }

// Run a text again and again until so many samples were taken or lost.
static void run_sampled(ExecCtx *ec, const char *text) {
  const SampleTree *tree = &profiler_of(ec)->tree;
  for (int i = 0; i < TEST_ROUNDS && tree->samples + tree->lost < 5; i++)
    ck_assert(!val_is_exc(run_text(ec, text)));
}

// Run a profile of fn; the report, which the caller frees.
static char *profile_report(ApiMain fn) {
  FILE *file = tmpfile();
  ck_assert_ptr_nonnull(file);
  EvalOptions eval = {.dialect = DIALECT_RUBY, .no_cache = true, .profile = {.on = true}};
  eval.profile.fd = fileno(file);
  engine_run(&eval, fn, NULL);
  char *report = calloc(1, 1 << 16);
  rewind(file);
  ck_assert_uint_gt(fread(report, 1, (1 << 16) - 1, file), 0);
  fclose(file);
  return report;
}

// No node is left: what is sampled then is lost, and the report says so.
static Value body_full_tree(ExecCtx *ec, void *data) {
  SampleTree *tree = &profiler_of(ec)->tree;
  uint32_t count = tree->count;
  tree->count = SAMPLE_NODES;
  run_sampled(ec, "i = 0\ni += 1 while i < 1_000_000\n");
  ck_assert_uint_gt(tree->lost, 0);
  ck_assert_uint_eq(tree->samples, 0);
  tree->count = count;
  return VAL_NIL;
}

START_TEST(samples_are_lost) {
  char *report = profile_report(body_full_tree);
  ck_assert_msg(strstr(report, " 0 samples, ") && strstr(report, " lost\n"), "%s", report);
  free(report);
}
END_TEST

// Nobody can keep another C leaf alive: samples in one do without it.
static Value body_full_pins(ExecCtx *ec, void *data) {
  static const MethodEntry other = {0};
  SampleTree *tree = &profiler_of(ec)->tree;
  for (uint32_t i = 0; i < SAMPLE_PINS; i++) tree->pins[i] = &other;
  run_sampled(ec, "s = 'ab' * 100_000\n100.times { s.reverse }\n");
  ck_assert_uint_gt(tree->samples, 0);
  for (uint32_t i = 0; i < tree->count; i++) ck_assert_ptr_null(tree->nodes[i].leaf);
  return VAL_NIL;
}

START_TEST(leaves_are_not_kept) {
  char *report = profile_report(body_full_pins);
  ck_assert_msg(strstr(report, "Integer#times"), "%s", report);
  ck_assert_ptr_null(strstr(report, "String#reverse"));
  free(report);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("engine");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, aliases_have_names);
  tcase_add_test(tests, patterns_fail_without_a_reason);
  tcase_add_test(tests, texts_have_a_largest_length);
  tcase_add_test(tests, core_images_are_no_programs);
  tcase_add_test(tests, files_may_end_early);
  tcase_add_test(tests, fibers_need_stacks);
  tcase_add_test(tests, core_code_puts_switches_off);
  tcase_add_test(tests, new_frames_are_blank);
  tcase_add_test(tests, samples_are_lost);
  tcase_add_test(tests, leaves_are_not_kept);
  return fixture_run("engine", tests);
}
