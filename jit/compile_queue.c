// SPDX-License-Identifier: MIT
// The compiler thread and its queue.
//
// jobs -> waiting -> working -> done -> mx_compiler_install
//
// The thread starts at the first job. The collector knows nothing of it: it is neither stopped nor
// scanned, takes no signals, and touches no collected memory. It goes by expected gain: what is
// made quickly comes before what is made well, the job whose code was missed most often first. When
// one is done it sets POLL_INSTALL in the poll word of the context that asked; a context that runs
// long without polling there finds `ready` when one of its loops is hot.
//
// PERF: the thread is nice, so that on one processor the program keeps most of it.
#include "jit/jit_state.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

enum {
  QUEUE_NICE = 5,             // of the thread, more than the program
  QUEUE_NICE_ALONE = 10,      // likewise, on one processor: it gets a tenth of that
  QUEUE_STACK = 16 << 20,     // bytes: LLVM recurses
  QUEUE_FORK_WAIT = 50000000, // ns that fork waits for a job
};

// ---- the thread

// Is a job to be done before another one that came first?
static bool queue_before(const CompileJob *job, const CompileJob *other) {
  bool quick = job->budget != NULL, other_quick = other->budget != NULL;
  return quick == other_quick ? job->gain > other->gain : quick;
}

// Take the job that was wanted most, quick ones first; the oldest of those.
static CompileJob *queue_best(Compiler *compiler) {
  CompileJob **best = &compiler->waiting;
  for (CompileJob **at = best; *at; at = &(*at)->next)
    if (queue_before(*at, *best)) best = at;
  CompileJob *job = *best;
  *best = job->next;
  return job;
}

// Put a job where the program finds it. The lock is held.
static void queue_done(Compiler *compiler, CompileJob *job) {
  job->next = compiler->done;
  compiler->done = job;
  __atomic_store_n(&compiler->ready, 1, __ATOMIC_RELAXED);
  __atomic_or_fetch(job->poll, POLL_INSTALL, __ATOMIC_RELAXED);
}

// Be nice to the program, however nice that is to others.
static void queue_be_nice(void) {
  cpu_set_t processors;
  bool alone =
      sched_getaffinity(0, sizeof processors, &processors) == 0 && CPU_COUNT(&processors) == 1;
  setpriority(PRIO_PROCESS, 0,
              getpriority(PRIO_PROCESS, 0) + (alone ? QUEUE_NICE_ALONE : QUEUE_NICE));
}

static void *queue_run(void *data) {
  Compiler *compiler = data;
  queue_be_nice();
  prctl(PR_SET_NAME, "jit compiler");
  pthread_mutex_lock(&compiler->lock);
  for (;;) {
    while (!compiler->waiting && !compiler->ends)
      pthread_cond_wait(&compiler->wake, &compiler->lock);
    if (compiler->ends) break;
    CompileJob *job = compiler->working = queue_best(compiler);
    pthread_mutex_unlock(&compiler->lock);
    mx_compiler_work(compiler, job);
    pthread_mutex_lock(&compiler->lock);
    queue_done(compiler, job);
    compiler->working = NULL;
    pthread_cond_broadcast(&compiler->idle);
  }
  pthread_mutex_unlock(&compiler->lock);
  return NULL;
}

// Start the thread, with all signals blocked in it.
static bool queue_start(Compiler *compiler) {
  sigset_t all, before;
  pthread_attr_t how;
  sigfillset(&all);
  if (pthread_attr_init(&how)) return false;
  pthread_attr_setstacksize(&how, QUEUE_STACK);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  compiler->alive = pthread_create(&compiler->thread, &how, queue_run, compiler) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&how);
  return compiler->alive;
}

// ---- for the thread that runs the program

static void queue_init_locks(Compiler *compiler) {
  pthread_mutex_init(&compiler->lock, NULL);
  pthread_cond_init(&compiler->wake, NULL);
  pthread_cond_init(&compiler->idle, NULL);
}

Compiler *mx_queue_new(const JitOptions *options, void **cells) {
  Compiler *compiler = calloc(1, sizeof *compiler);
  if (!compiler) mx_check_out_of_memory(sizeof *compiler);
  compiler->options = options;
  compiler->cells = cells;
  compiler->fuel = options->fuel;
  queue_init_locks(compiler);
  return compiler;
}

// Give back the job that is wanted least, the oldest of those, if too many wait. The lock is held.
static void queue_trim(Compiler *compiler) {
  uint32_t count = 0;
  CompileJob **least = &compiler->waiting;
  for (CompileJob **at = least; *at; at = &(*at)->next, count++)
    if (queue_before(*least, *at)) least = at;
  if (count < compiler->options->params.queue) return;
  CompileJob *job = *least;
  *least = job->next;
  job->reason = ABORT_CROWDED;
  queue_done(compiler, job);
}

bool mx_queue_push(Compiler *compiler, CompileJob *job) {
  if (!compiler->alive && !queue_start(compiler)) return false;
  pthread_mutex_lock(&compiler->lock);
  queue_trim(compiler);
  CompileJob **end = &compiler->waiting;
  while (*end) end = &(*end)->next;
  *end = job;
  pthread_cond_signal(&compiler->wake);
  pthread_mutex_unlock(&compiler->lock);
  return true;
}

CompileJob *mx_queue_take(Compiler *compiler) {
  pthread_mutex_lock(&compiler->lock);
  CompileJob *oldest = NULL;
  for (CompileJob *job = compiler->done, *next; job; job = next) {
    next = job->next;
    job->next = oldest;
    oldest = job;
  }
  compiler->done = NULL;
  __atomic_store_n(&compiler->ready, 0, __ATOMIC_RELAXED);
  pthread_mutex_unlock(&compiler->lock);
  return oldest;
}

void mx_queue_want(Compiler *compiler, CompileJob *job) {
  pthread_mutex_lock(&compiler->lock);
  job->gain++;
  pthread_mutex_unlock(&compiler->lock);
}

bool mx_queue_is_quick(Compiler *compiler) {
  pthread_mutex_lock(&compiler->lock);
  bool quick = compiler->working && compiler->working->budget;
  for (const CompileJob *job = compiler->waiting; job; job = job->next)
    quick |= job->budget != NULL;
  pthread_mutex_unlock(&compiler->lock);
  return quick;
}

void mx_queue_cancel(Compiler *compiler, CompileJob *job) {
  pthread_mutex_lock(&compiler->lock);
  job->stale = true;
  for (CompileJob **at = &compiler->waiting; *at; at = &(*at)->next) {
    if (*at != job) continue;
    *at = job->next;
    queue_done(compiler, job);
    break;
  }
  pthread_mutex_unlock(&compiler->lock);
}

// ---- fork

// GC, LLVM: a copy of the process made while the thread held one of their locks could never take
// it. So fork waits a little for the job at hand, and with the queue's lock held no other begins.
void mx_queue_before_fork(Compiler *compiler) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += QUEUE_FORK_WAIT;
  if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
  pthread_mutex_lock(&compiler->lock);
  while (compiler->working)
    if (pthread_cond_timedwait(&compiler->idle, &compiler->lock, &until) == ETIMEDOUT) break;
}

bool mx_queue_after_fork(Compiler *compiler, bool child) {
  if (!child) {
    pthread_mutex_unlock(&compiler->lock);
    return true;
  }
  queue_init_locks(compiler);
  compiler->alive = false;
  compiler->lost = compiler->working != NULL;
  if (compiler->lost) return false;
  return !compiler->waiting || queue_start(compiler);
}

// ---- the end

bool mx_queue_end(Compiler *compiler) {
  pthread_mutex_lock(&compiler->lock);
  compiler->ends = true;
  bool busy = compiler->alive && compiler->working;
  pthread_mutex_unlock(&compiler->lock);
  return busy;
}

void mx_queue_stop(Compiler *compiler) {
  if (!compiler->alive) return;
  pthread_mutex_lock(&compiler->lock);
  compiler->ends = true;
  pthread_cond_signal(&compiler->wake);
  pthread_mutex_unlock(&compiler->lock);
  pthread_join(compiler->thread, NULL);
  compiler->alive = false;
  while (compiler->waiting) {
    CompileJob *job = queue_best(compiler);
    job->stale = true;
    queue_done(compiler, job);
  }
}

void mx_queue_free(Compiler *compiler) {
  pthread_mutex_destroy(&compiler->lock);
  pthread_cond_destroy(&compiler->wake);
  pthread_cond_destroy(&compiler->idle);
  free(compiler);
}
