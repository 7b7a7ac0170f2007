// SPDX-License-Identifier: MIT
// Unit tests of jit/jit: several VMs of one process, each with its compiler thread; what depends on
// what that thread does just now.
#include "runtime/api.h"
#include "runtime/string.h"
#include "interp/tier.h"
#include "jit/jit_state.h"
#include "tests/unit/vm_fixture.h"
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
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

// ---- what the compiler thread is at

static Value run_text(ExecCtx *ec, const char *text) {
  ApiText source = {.bytes = text, .len = strlen(text), .dialect = DIALECT_METOREX};
  return mx_api_eval_main(ec, &source, mx_str_from_cstr(ec, "program.rb"));
}

// Pretend that the thread, which waits, is at work on a job; NULL: it waits.
static void thread_works_on(Compiler *compiler, CompileJob *job) {
  pthread_mutex_lock(&compiler->lock);
  compiler->working = job;
  pthread_mutex_unlock(&compiler->lock);
}

// A budget that is spent while something waits to be made quickly is given again.
static Value body_budget(ExecCtx *ec, void *data) {
  Jit *jit = mx_jit_of(ec->vm);
  uint64_t budget = 0;
  CompileJob other = {.budget = &budget};
  const char *text = "def m(n) = (i = s = 0; while i < n; s += i & 7; i += 1; end; s)";
  ck_assert(!val_is_exc(run_text(ec, text)));
  ck_assert(!val_is_exc(run_text(ec, "m(100)")));
  for (int i = 0; i < 5000 && jit->installed.count == 0; i++, usleep(1000))
    ck_assert(ec->vm->up->poll(ec));
  ck_assert_uint_eq(jit->installed.count, 1);
  const Region *region = jit->installed.at[0]->region;
  thread_works_on(jit->compiler, &other);
  for (int i = 0; i < 3; i++) ck_assert(!val_is_exc(run_text(ec, "m(30_000)")));
  ck_assert(region->ready->quick && !region->worth && !jit->pending);
  ck_assert_uint_le(region->budget, jit->options.params.optimize);
  thread_works_on(jit->compiler, NULL);
  ck_assert(!val_is_exc(run_text(ec, "m(30_000)")));
  for (int i = 0; i < 5000 && region->ready->quick; i++, usleep(1000))
    ck_assert(ec->vm->up->poll(ec));
  ck_assert(!region->ready->quick && region->worth);
  return VAL_NIL;
}

// A process that was copied in the midst of a compile does without the JIT.
static Value body_fork(ExecCtx *ec, void *data) {
  Jit *jit = mx_jit_of(ec->vm);
  CompileJob job = {0};
  jit->compiler->working = &job;
  ec->vm->forks(ec->vm, FORK_BEFORE);
  pid_t pid = fork();
  ck_assert_int_ge(pid, 0);
  if (pid == 0) {
    ec->vm->forks(ec->vm, FORK_CHILD);
    _exit(jit->off && run_text(ec, "6 * 7") == val_from_fixnum(42) ? 0 : 1);
  }
  ec->vm->forks(ec->vm, FORK_AFTER);
  int status = 0;
  ck_assert_int_eq(waitpid(pid, &status, 0), pid);
  ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  ck_assert(!jit->off);
  jit->compiler->working = NULL;
  return VAL_NIL;
}

// A context that still records for a recording that was given up, for another one's, stops that.
static Value body_recording(ExecCtx *ec, void *data) {
  ck_assert_ptr_null(mx_jit_of(ec->vm)->recording);
  ec->recording = true;
  mx_interp(ec->vm)->tier->record(ec, NULL, NULL, NULL);
  ck_assert(!ec->recording);
  return VAL_NIL;
}

// A method that machine code has interpreted, where the stack has no room for its frame.
static Value body_full_stack(ExecCtx *ec, void *data) {
  ck_assert(!val_is_exc(run_text(ec, "def m = 1\nm\n")));
  MethodRef ref = mx_method_find(ec->vm, ec->vm->cls.Object, mx_sym(ec->vm, "m"));
  Value *saved = ec->vsp, *base = ec->vstack_end - 2;
  base[0] = ec->vm->main_object;
  ck_assert(val_is_exc(mx_activation_interpret(ec, ref.me, ref.at, base, 0)));
  ec->vsp = saved;
  ck_assert(mx_is_a(ec->vm, ec->exc, ec->vm->cls.SystemStackError));
  ck_assert_str_eq(fixture_error(ec), "stack level too deep");
  return VAL_NIL;
}

// Address space that the process takes, in bytes.
static rlim_t address_space(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  ck_assert_ptr_nonnull(file);
  unsigned long pages;
  ck_assert_int_eq(fscanf(file, "%lu", &pages), 1);
  fclose(file);
  return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

// Where the compiler thread cannot have a stack the program is interpreted.
static Value body_no_thread(ExecCtx *ec, void *data) {
  struct rlimit before, less;
  ck_assert_int_eq(getrlimit(RLIMIT_AS, &before), 0);
  ck_assert(
      !val_is_exc(run_text(ec, "def m(n) = (i = s = 0; while i < n; s += i; i += 1; end; s)")));
  less = before;
  less.rlim_cur = address_space() + (8 << 20);
  ck_assert_int_eq(setrlimit(RLIMIT_AS, &less), 0);
  Value sum = run_text(ec, "m(1000)");
  ck_assert_int_eq(setrlimit(RLIMIT_AS, &before), 0);
  ck_assert_uint_eq(sum, val_from_fixnum(499500));
  ck_assert(mx_jit_of(ec->vm)->off && !mx_jit_of(ec->vm)->pending);
  return VAL_NIL;
}

// Run a body in a VM whose JIT makes code well soon.
static void run_in_vm(const char *module, ApiMain body) {
  VmOptions vm_options = {.seed = 1};
  EvalOptions eval = {.dialect = DIALECT_RUBY, .no_cache = true};
  JitOptions jit = mx_jit_defaults();
  jit.module = module;
  jit.params.loop_threshold = 10;
  jit.params.optimize = 20000;
  VM *vm = mx_api_boot(&vm_options, &eval);
  mx_jit_install(vm, &jit);
  ck_assert_int_eq(mx_api_run(vm, body, NULL), 0);
  mx_jit_free(vm);
  mx_api_free(vm);
}

START_TEST(budgets_are_renewed) {
  char module[4096];
  if (find_module(module, sizeof module)) run_in_vm(module, body_budget);
}
END_TEST

START_TEST(a_fork_cuts_the_jit_off) { run_in_vm(NULL, body_fork); }
END_TEST

START_TEST(there_may_be_no_thread) { run_in_vm(NULL, body_no_thread); }
END_TEST

START_TEST(recordings_are_given_up) { run_in_vm(NULL, body_recording); }
END_TEST

START_TEST(interpreted_methods_need_room) { run_in_vm(NULL, body_full_stack); }
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("jit");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, two_vms_compile);
  tcase_add_test(tests, builds_wait_at_the_end);
  tcase_add_test(tests, budgets_are_renewed);
  tcase_add_test(tests, a_fork_cuts_the_jit_off);
  tcase_add_test(tests, there_may_be_no_thread);
  tcase_add_test(tests, recordings_are_given_up);
  tcase_add_test(tests, interpreted_methods_need_room);
  return fixture_run("jit", tests);
}
