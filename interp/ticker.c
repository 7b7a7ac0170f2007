// SPDX-License-Identifier: MIT
// The ticker's thread, and what the scheduler asks of it.
//
// What is asked is written without the lock: a thread that wakes others often must not pay for it.
// The ticker tells how long it will sleep before it looks a last time at what is asked; the
// scheduler looks at that after it has asked, and wakes it only if that is too long. All of these
// are sequentially consistent, so one of the two sees what the other wrote.
//
// GC: the collector does not know the thread. It touches the VM, a root, and the running context,
// while it holds collections off.
#include "interp/ticker.h"
#include "runtime/params.h"
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

enum { TICKER_STACK = 256 << 10 }; // bytes

static const double ticker_tick = PARAM_THREAD_TICK * 1e-6;   // seconds
static const double ticker_slice = PARAM_THREAD_SLICE * 1e-6; // seconds

struct Ticker {
  VM *vm;
  // ---- what is asked, by the thread that runs the VM
  _Atomic bool slices;    // a poll when the slice is over
  _Atomic double at;      // a poll at this time, or INFINITY
  _Atomic uint32_t begun; // slices that were begun
  // ---- what the ticker is going to do
  _Atomic double until; // it sleeps until then, or until woken
  _Atomic bool soon;    // which is in a tick at most
  // ---- its thread
  pthread_t thread;     // while alive
  pthread_mutex_t lock; // held by the thread, except while it sleeps
  pthread_cond_t wake;  // something else is asked, or it ends
  clockid_t clock;      // processor time of the thread that runs the VM
  bool alive;           // there is a thread
  bool ends;            // it is to end; lock
  // ---- of its own
  bool counts;   // slices were asked for when it looked last
  uint32_t seen; // the slice that it measures
  double since;  // processor time at its beginning, as seen, in seconds
};

static double ticker_now(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// ---- the thread

// Is the running thread's slice over?
static bool ticker_is_over(Ticker *t) {
  bool counted = t->counts && t->seen == t->begun;
  t->counts = t->slices;
  if (!t->counts) return false;
  double used = ticker_now(t->clock);
  if (counted) return used - t->since >= ticker_slice;
  t->seen = t->begun;
  t->since = used;
  return false;
}

// Have the running context poll.
static void ticker_notify(const VM *vm) {
  mx_gc_hold_off();
  ExecCtx *ec = __atomic_load_n(&vm->running, __ATOMIC_RELAXED);
  __atomic_or_fetch(&ec->poll, POLL_SWITCH, __ATOMIC_RELAXED);
  mx_gc_let_go();
}

// Sleep until there is something to look at; due: a poll was asked for, again if need be.
static void ticker_sleep(Ticker *t, double now, bool due) {
  bool slices = t->slices;
  double at = t->at, until = slices || due ? now + ticker_tick : INFINITY;
  if (at < until && !due) until = at;
  t->soon = until <= now + ticker_tick;
  t->until = until;
  if (t->slices != slices || t->at != at) return;
  double whole = floor(until);
  struct timespec limit = {.tv_sec = (time_t)whole, .tv_nsec = (long)((until - whole) * 1e9)};
  if (isinf(until))
    pthread_cond_wait(&t->wake, &t->lock);
  else
    pthread_cond_timedwait(&t->wake, &t->lock, &limit);
}

static void *ticker_run(void *data) {
  Ticker *t = data;
  prctl(PR_SET_NAME, "ticker");
  pthread_mutex_lock(&t->lock);
  while (!t->ends) {
    double now = ticker_now(CLOCK_MONOTONIC);
    bool over = ticker_is_over(t), due = over || t->at <= now;
    if (due) ticker_notify(t->vm);
    ticker_sleep(t, now, due);
  }
  pthread_mutex_unlock(&t->lock);
  return NULL;
}

// ---- for the thread that runs the VM

static void ticker_init_locks(Ticker *t) {
  pthread_condattr_t how;
  pthread_condattr_init(&how);
  pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
  pthread_mutex_init(&t->lock, NULL);
  pthread_cond_init(&t->wake, &how);
  pthread_condattr_destroy(&how);
  t->until = INFINITY;
  t->soon = false;
}

Ticker *mx_ticker_new(VM *vm) {
  Ticker *t = calloc(1, sizeof *t);
  if (!t) mx_check_out_of_memory(sizeof *t);
  t->vm = vm;
  t->at = INFINITY;
  ticker_init_locks(t);
  return t;
}

// Start the thread, with all signals blocked in it.
static bool ticker_start(Ticker *t) {
  sigset_t all, before;
  pthread_attr_t how;
  if (pthread_getcpuclockid(pthread_self(), &t->clock) || pthread_attr_init(&how)) return false;
  sigfillset(&all);
  pthread_attr_setstacksize(&how, TICKER_STACK);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  t->alive = pthread_create(&t->thread, &how, ticker_run, t) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&how);
  return t->alive;
}

// Wake the ticker; lock: it is about to sleep until it has the lock.
static void ticker_wake(Ticker *t) {
  pthread_mutex_lock(&t->lock);
  pthread_cond_signal(&t->wake);
  pthread_mutex_unlock(&t->lock);
}

bool mx_ticker_ask(Ticker *t, bool slices, double at) {
  if (t->slices != slices) t->slices = slices;
  if (t->at != at) t->at = at;
  if ((!slices || t->soon) && at >= t->until) return true;
  if (!t->alive) return ticker_start(t);
  ticker_wake(t);
  return true;
}

void mx_ticker_begin(Ticker *t) { t->begun++; }

void mx_ticker_fork(Ticker *t, ForkStage stage) {
  if (stage == FORK_BEFORE) {
    pthread_mutex_lock(&t->lock);
  } else if (stage == FORK_AFTER) {
    pthread_mutex_unlock(&t->lock);
  } else {
    ticker_init_locks(t);
    t->alive = false;
    t->slices = false;
    t->at = INFINITY;
  }
}

void mx_ticker_free(Ticker *t) {
  if (t->alive) {
    pthread_mutex_lock(&t->lock);
    t->ends = true;
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
  }
  pthread_mutex_destroy(&t->lock);
  pthread_cond_destroy(&t->wake);
  free(t);
}
