// SPDX-License-Identifier: MIT
// Unit tests of jit/compile_queue: which job goes first, which is given back, and forks. Jobs have
// no function and there is no module, so that the compiler thread gives each back at once; most
// tests pretend that it is alive, and jobs stay where they were put.
#include "jit/jit_state.h"
#include "tests/unit/vm_fixture.h"
#include <sys/wait.h>
#include <unistd.h>

static JitOptions options;
static volatile uint32_t poll_word;
static uint64_t budget; // of all that is made quickly

// A queue that holds as many jobs, whose thread is alive but does nothing, or is not there yet.
static Compiler *queue_of(uint32_t room, bool alive) {
  options = mx_jit_defaults();
  options.module = "/nonexistent/metorex-jit.so";
  options.params.queue = room;
  Compiler *compiler = mx_queue_new(&options, NULL);
  compiler->alive = alive;
  return compiler;
}

static CompileJob job_of(uint32_t gain, bool quick) {
  return (CompileJob){.poll = &poll_word, .gain = gain, .budget = quick ? &budget : NULL};
}

// The one job that is done, which is taken.
static CompileJob *queue_only_done(Compiler *compiler) {
  CompileJob *job = mx_queue_take(compiler);
  ck_assert_ptr_nonnull(job);
  ck_assert_ptr_null(job->next);
  return job;
}

// Wait for the thread to give back a job that it cannot do.
static bool queue_gives_back(Compiler *compiler) {
  for (int i = 0; i < 5000 && !__atomic_load_n(&compiler->ready, __ATOMIC_RELAXED); i++)
    usleep(1000);
  const CompileJob *job = mx_queue_take(compiler);
  return job && job->reason == ABORT_NO_BACKEND;
}

// One too many: what is wanted least comes back, and the context that asked polls.
START_TEST(the_least_wanted_is_crowded_out) {
  Compiler *compiler = queue_of(3, true);
  CompileJob jobs[] = {job_of(5, false), job_of(1, false), job_of(3, false), job_of(2, false)};
  poll_word = 0;
  for (int i = 0; i < 3; i++) ck_assert(mx_queue_push(compiler, &jobs[i]));
  ck_assert_ptr_null(mx_queue_take(compiler));
  ck_assert_uint_eq(poll_word, 0);
  ck_assert(mx_queue_push(compiler, &jobs[3]));
  ck_assert_uint_eq(poll_word, POLL_INSTALL);
  ck_assert_ptr_eq(queue_only_done(compiler), &jobs[1]);
  ck_assert_int_eq(jobs[1].reason, ABORT_CROWDED);
  ck_assert(!jobs[1].stale);
  mx_queue_free(compiler);
}
END_TEST

// What is made quickly is wanted more, and being asked for counts.
START_TEST(quick_jobs_and_those_asked_for_stay) {
  Compiler *compiler = queue_of(2, true);
  CompileJob well = job_of(9, false), quick = job_of(0, true), other = job_of(1, true);
  ck_assert(mx_queue_push(compiler, &well));
  ck_assert(!mx_queue_is_quick(compiler));
  ck_assert(mx_queue_push(compiler, &quick));
  ck_assert(mx_queue_is_quick(compiler));
  ck_assert(mx_queue_push(compiler, &other));
  ck_assert_ptr_eq(queue_only_done(compiler), &well);
  mx_queue_want(compiler, &quick);
  mx_queue_want(compiler, &quick);
  CompileJob last = job_of(7, true);
  ck_assert(mx_queue_push(compiler, &last));
  ck_assert_ptr_eq(queue_only_done(compiler), &other);
  mx_queue_free(compiler);
}
END_TEST

// A job that waits comes back at once when it is cancelled; one that is at work when it is done.
START_TEST(cancelled_jobs_are_stale) {
  Compiler *compiler = queue_of(8, true);
  CompileJob jobs[] = {job_of(1, false), job_of(1, false)}, working = job_of(1, true);
  for (int i = 0; i < 2; i++) ck_assert(mx_queue_push(compiler, &jobs[i]));
  compiler->working = &working;
  ck_assert(mx_queue_is_quick(compiler));
  mx_queue_cancel(compiler, &working);
  ck_assert(working.stale);
  ck_assert_ptr_null(mx_queue_take(compiler));
  mx_queue_cancel(compiler, &jobs[1]);
  ck_assert_ptr_eq(queue_only_done(compiler), &jobs[1]);
  ck_assert(jobs[1].stale);
  ck_assert_ptr_eq(compiler->waiting, &jobs[0]);
  ck_assert_ptr_null(jobs[0].next);
  ck_assert(mx_queue_end(compiler));
  mx_queue_free(compiler);
}
END_TEST

// Run the child's part of a fork in a copy of the process.
static bool queue_in_child(Compiler *compiler, bool (*body)(Compiler *)) {
  mx_queue_before_fork(compiler);
  pid_t pid = fork();
  ck_assert_int_ge(pid, 0);
  if (pid == 0) exit(body(compiler) ? 0 : 1);
  ck_assert(mx_queue_after_fork(compiler, false));
  int status = 0;
  ck_assert_int_eq(waitpid(pid, &status, 0), pid);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// In the child a new thread does what waited.
static bool child_goes_on(Compiler *compiler) {
  bool ok = mx_queue_after_fork(compiler, true) && queue_gives_back(compiler);
  mx_queue_stop(compiler);
  return ok;
}

// A compile was cut off in the child: it has no thread.
static bool child_is_lost(Compiler *compiler) {
  return !mx_queue_after_fork(compiler, true) && compiler->lost && !compiler->alive;
}

START_TEST(a_fork_copies_what_waits) {
  Compiler *compiler = queue_of(8, true);
  CompileJob job = job_of(1, true);
  ck_assert(mx_queue_push(compiler, &job));
  ck_assert(queue_in_child(compiler, child_goes_on));
  ck_assert_ptr_eq(compiler->waiting, &job); // still the parent's, whose thread is another
  mx_queue_free(compiler);
}
END_TEST

// fork waits for the job at hand, but not for ever.
START_TEST(a_fork_cuts_a_compile_off) {
  Compiler *compiler = queue_of(8, true);
  CompileJob job = job_of(1, true);
  compiler->working = &job;
  ck_assert(queue_in_child(compiler, child_is_lost));
  ck_assert(!compiler->lost);
  mx_queue_free(compiler);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("compile_queue");
  tcase_add_test(tests, the_least_wanted_is_crowded_out);
  tcase_add_test(tests, quick_jobs_and_those_asked_for_stay);
  tcase_add_test(tests, cancelled_jobs_are_stale);
  tcase_add_test(tests, a_fork_copies_what_waits);
  tcase_add_test(tests, a_fork_cuts_a_compile_off);
  return fixture_run("compile_queue", tests);
}
