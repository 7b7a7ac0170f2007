// SPDX-License-Identifier: MIT
// Unit tests of jit/jit: several VMs of one process, each with its compiler thread.
#include "runtime/api.h"
#include "runtime/string.h"
#include "jit/jit.h"
#include "tests/unit/vm_fixture.h"
#include <unistd.h>

// Nine hot methods; the last line waits until one of them has machine code.
static const char program[] =
    "9.times { |k| eval \"def m#{k}(n) = (i = s = 0; while i < n; s += i ^ #{k}; i += 1; end; s)\" "
    "}\n"
    "sum = 0\n"
    "20.times { 9.times { |k| sum += send(\"m#{k}\", 300) } }\n"
    "9.times { |k| sum += send(\"m#{k}\", 9) } until method(:m7).jit_state == :compiled\n"
    "20.times.sum { m7(300) }\n";

// Three hot methods; the first takes the back end so long that the others wait for it at the end.
static const char crowd[] =
    "store = (0...140).map { |k| \"a#{k} = i + #{k}\" }.join(\";\")\n"
    "3.times { |k| eval \"def m#{k}(n) = (i = 0; while i < n; #{store}; i += 1; end; a7)\" }\n"
    "3.times.sum { |k| send(\"m#{k}\", 100) }\n";

// A VM that runs a program.
typedef struct JitRun {
  const char *program;
  VM *vm;
  Value result; // of the program
} JitRun;

static Value run_body(ExecCtx *ec, void *data) {
  JitRun *run = data;
  Value file = mx_str_from_cstr(ec, "program.rb");
  ec->vm->script_name = file;
  ApiText text = {.bytes = run->program, .len = strlen(run->program), .dialect = DIALECT_METOREX};
  return run->result = mx_api_eval_main(ec, &text, file);
}

// The back end lies beside the command, one folder up; false when it was not built.
static bool find_module(char *path, size_t room) {
  ssize_t length = readlink("/proc/self/exe", path, room - 1);
  ck_assert_int_gt(length, 0);
  path[length] = '\0';
  for (int i = 0; i < 2; i++) *strrchr(path, '/') = '\0';
  strcat(path, "/metorex-jit.so");
  return access(path, R_OK) == 0;
}

// Boot a VM and run a program; its compiler thread is left at work.
static JitRun run_program(const char *module, const char *text) {
  VmOptions vm_options = {.seed = 1};
  EvalOptions eval = {.dialect = DIALECT_METOREX};
  JitOptions jit = mx_jit_defaults();
  jit.module = module;
  jit.params.loop_threshold = 10;
  JitRun run = {.program = text, .vm = mx_api_boot(&vm_options, &eval)};
  mx_jit_install(run.vm, &jit);
  ck_assert_int_eq(mx_api_run(run.vm, run_body, &run), 0);
  return run;
}

// Two VMs compile at the same time; each ends when it likes.
START_TEST(two_vms_compile) {
  char module[4096];
  if (!find_module(module, sizeof module)) return;
  JitRun first = run_program(module, program), second = run_program(module, program);
  ck_assert_uint_eq(first.result, second.result);
  ck_assert_int_eq(val_to_fixnum(first.result), 20 * 44866);
  mx_jit_free(first.vm);
  mx_api_free(first.vm);
  JitRun third = run_program(module, program);
  ck_assert_uint_eq(third.result, second.result);
  mx_jit_free(second.vm);
  mx_api_free(second.vm);
  mx_jit_free(third.vm);
  mx_api_free(third.vm);
}
END_TEST

// A VM ends while builds wait for its thread.
START_TEST(builds_wait_at_the_end) {
  char module[4096];
  if (!find_module(module, sizeof module)) return;
  JitRun run = run_program(module, crowd);
  ck_assert_int_eq(val_to_fixnum(run.result), 3 * 106);
  mx_jit_free(run.vm);
  mx_api_free(run.vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("jit");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, two_vms_compile);
  tcase_add_test(tests, builds_wait_at_the_end);
  return fixture_run("jit", tests);
}
