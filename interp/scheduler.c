// SPDX-License-Identifier: MIT
// Threads as scheduled fibers. The one lock is the fact that only one runs: a switch happens at a
// poll in guest code or where a thread parks, never in the middle of a C leaf.
#include "interp/scheduler.h"
#include "runtime/array.h"
#include "runtime/params.h"
#include "interp/fiber.h"
#include "interp/invoke.h"
#include "interp/program.h"
#include "interp/ticker.h"
#include "interp/unwind.h"
#include "interp/watch.h"
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <time.h>

// A time to wait that is as good as none, in seconds.
#define THREAD_LONG 1e9

enum {
  THREAD_PATIENCE = 64, // polls in a row that a piece of core code leaves unanswered
  THREAD_OVERDUE = 100, // rounds of that, a tick each, until it is preempted like other code
};

static const ForeignType thread_type = {.name = "thread",
                                        .size = sizeof(ThreadObj) - sizeof(Foreign)};

static double thread_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static Value thread_allocate(ExecCtx *ec, ClassObj *klass) {
  ThreadObj *thread = (ThreadObj *)mx_foreign_new(ec, klass, &thread_type);
  thread->state = THREAD_DEAD;
  thread->wait_fd = -1;
  return val_from_ptr(thread);
}

void mx_thread_boot(ExecCtx *ec) {
  VM *vm = ec->vm;
  vm->cls.Thread->allocate = thread_allocate;
  Scheduler *scheduler = mx_gc_alloc_words(sizeof *scheduler);
  ThreadObj *main = val_to_thread(thread_allocate(ec, vm->cls.Thread));
  main->next = main->previous = main;
  main->state = THREAD_RUNNABLE;
  main->interrupts = mx_array_new(ec, 0);
  scheduler->main = scheduler->current = main;
  scheduler->alive = 1;
  scheduler->slice = PARAM_POLL_SLICE;
  scheduler->counts = vm->options.deterministic;
  scheduler->ticker = mx_ticker_new(vm);
  scheduler->wake_at = INFINITY;
  vm->scheduler = scheduler;
  ec->thread = main;
}

void mx_thread_close(const VM *vm) { mx_ticker_free(vm->scheduler->ticker); }

// Set or clear POLL_SWITCH of a thread's running context.
static void thread_set_poll(const Scheduler *scheduler, ExecCtx *ec) {
  bool wanted = (scheduler->counts && scheduler->alive > 1) ||
                mx_array_len(((ThreadObj *)ec->thread)->interrupts) > 0;
  if (wanted)
    __atomic_or_fetch(&ec->poll, POLL_SWITCH, __ATOMIC_RELAXED);
  else
    __atomic_and_fetch(&ec->poll, ~(uint32_t)POLL_SWITCH, __ATOMIC_RELAXED);
}

// Ask the ticker for a poll when the slice is over, if others want to run, and when the first
// sleeper wakes.
static void thread_ask(Scheduler *scheduler, bool others) {
  if (scheduler->counts) return;
  scheduler->counts = !mx_ticker_ask(scheduler->ticker, others, scheduler->wake_at);
}

// Raise the oldest pending interrupt of the running thread.
static bool thread_take_interrupt(ExecCtx *ec) {
  ThreadObj *self = ec->thread;
  if (mx_array_len(self->interrupts) == 0) return true;
  Value exception = mx_array_shift(ec, self->interrupts);
  if (val_is_undef(exception)) {
    self->killed = true;
    (void)mx_unwind_start(ec, UNWIND_KILL, VAL_NIL, self);
  } else {
    (void)mx_raise_value(ec, exception);
  }
  return false;
}

// Go on in another thread until this one is switched to again.
static void thread_switch(ExecCtx *ec, ThreadObj *to) {
  Scheduler *scheduler = ec->vm->scheduler;
  ThreadObj *self = ec->thread;
  self->fiber = ec->fiber;
  scheduler->current = to;
  scheduler->slice = PARAM_POLL_SLICE;
  scheduler->refused = scheduler->overdue = 0;
  mx_ticker_begin(scheduler->ticker);
  if (self->state == THREAD_PARKED && self->wake_at < scheduler->wake_at)
    scheduler->wake_at = self->wake_at;
  thread_ask(scheduler, true);
  thread_set_poll(scheduler, to->fiber->ec);
  mx_fiber_switch_thread(ec->fiber, to->fiber);
  // A signal that waited went along to the main thread.
  if (to == scheduler->main)
    __atomic_and_fetch(&ec->poll, ~(uint32_t)POLL_SIGNAL, __ATOMIC_RELAXED);
  thread_set_poll(scheduler, ec);
}

// May the thread run now?
static bool thread_ready(const ThreadObj *thread, double now) {
  if (thread->state == THREAD_RUNNABLE) return true;
  if (thread->state == THREAD_DEAD) return false;
  return thread->woken || thread->wake_at <= now || mx_array_len(thread->interrupts) > 0;
}

// poll(2) unless a signal waits to be handled. Signals are held back between the look at the poll
// bits and the call, so none that comes in between is slept through.
static void thread_poll_signals(const ExecCtx *ec, struct pollfd *files, uint32_t count,
                                const struct timespec *timeout) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  bool waits = !(__atomic_load_n(&ec->poll, __ATOMIC_RELAXED) & POLL_SIGNAL);
  if (waits) (void)!ppoll(files, count, timeout, &before);
  sigprocmask(SIG_SETMASK, &before, NULL);
}

// Ask poll(2) about the files that parked threads wait for, waiting at most until `until` (0: not).
static void thread_poll_files(const ExecCtx *ec, double until) {
  const Scheduler *scheduler = ec->vm->scheduler;
  VEC(struct pollfd) files = {0};
  const ThreadObj *at = scheduler->main;
  do {
    if (at->state == THREAD_PARKED && at->wait_fd >= 0)
      vec_push(&files, ((struct pollfd){at->wait_fd, at->wait_events, 0}));
    at = at->next;
  } while (at != scheduler->main);
  double left = until - thread_now(), whole = floor(left);
  struct timespec timeout = {0};
  if (left > 0 && left < THREAD_LONG)
    timeout = (struct timespec){(time_t)whole, (long)((left - whole) * 1e9)};
  thread_poll_signals(ec, files.at, files.count, left < THREAD_LONG ? &timeout : NULL);
  ThreadObj *thread = scheduler->main;
  do {
    for (uint32_t i = 0; i < files.count; i++)
      if (thread->wait_fd == files.at[i].fd && files.at[i].revents) thread->woken = true;
    thread = thread->next;
  } while (thread != scheduler->main);
  vec_free(&files);
}

// The next thread that may run, from `after` on; NULL when none may.
static ThreadObj *thread_next(const ThreadObj *after) {
  double now = thread_now();
  ThreadObj *at = after->next;
  for (;; at = at->next) {
    if (thread_ready(at, now)) return at;
    if (at == after) return NULL;
  }
}

// Earliest time at which a parked thread wants to run; *files: some wait for files.
static double thread_earliest(const Scheduler *scheduler, bool *files) {
  double earliest = INFINITY;
  const ThreadObj *at = scheduler->main;
  *files = false;
  do {
    if (at->state == THREAD_PARKED) {
      if (at->wake_at < earliest) earliest = at->wake_at;
      *files = *files || at->wait_fd >= 0;
    }
    at = at->next;
  } while (at != scheduler->main);
  return earliest;
}

// What do the threads beside the running one wait for? Ask for polls accordingly.
static void thread_survey(Scheduler *scheduler) {
  double now = thread_now();
  bool others = false;
  scheduler->wake_at = INFINITY;
  const ThreadObj *at = scheduler->main;
  do {
    bool other = at != scheduler->current, ready = thread_ready(at, now);
    others = others || (other && (ready || at->wait_fd >= 0));
    if (other && !ready && at->wake_at < scheduler->wake_at) scheduler->wake_at = at->wake_at;
    at = at->next;
  } while (at != scheduler->main);
  thread_ask(scheduler, others);
}

// Only the thread that forked lives on in the child, as its main thread.
static void thread_stay_alone(Scheduler *scheduler) {
  ThreadObj *self = scheduler->current;
  for (ThreadObj *at = self->next; at != self; at = at->next) at->state = THREAD_DEAD;
  self->next = self->previous = self;
  scheduler->main = self;
  scheduler->alive = 1;
  scheduler->refused = scheduler->overdue = 0;
  thread_survey(scheduler);
}

void mx_thread_fork(const VM *vm, ForkStage stage) {
  mx_ticker_fork(vm->scheduler->ticker, stage);
  if (stage == FORK_CHILD) thread_stay_alone(vm->scheduler);
}

// Find a thread to run, waiting for time or files; NULL: all sleep for ever, or a signal came.
static ThreadObj *thread_wait(ExecCtx *ec, const ThreadObj *after) {
  Scheduler *scheduler = ec->vm->scheduler;
  for (;;) {
    ThreadObj *next = thread_next(after);
    if (next) return next;
    bool files;
    double earliest = thread_earliest(scheduler, &files);
    if (isinf(earliest) && !files) return NULL;
    scheduler->wake_at = INFINITY;
    thread_ask(scheduler, false);
    thread_poll_files(ec, earliest);
    thread_survey(scheduler);
    if (ec->poll & POLL_SIGNAL) return scheduler->main;
  }
}

// All threads sleep for ever: the main one is to run, and raises.
static ThreadObj *thread_deadlock(ExecCtx *ec) {
  ThreadObj *main = ec->vm->scheduler->main;
  Value error = mx_error_new(ec, ec->vm->cls.ThreadError, "No live threads left. Deadlock?");
  mx_array_push(ec, main->interrupts, error);
  return main;
}

bool mx_thread_pass(ExecCtx *ec) {
  ThreadObj *next = thread_next(ec->thread);
  if (next && next != ec->thread) thread_switch(ec, next);
  return thread_take_interrupt(ec);
}

// Wait until this thread may run again; its park fields are set.
static bool thread_block(ExecCtx *ec) {
  ThreadObj *self = ec->thread;
  self->state = THREAD_PARKED;
  ThreadObj *next = thread_wait(ec, self);
  if (!next) next = thread_deadlock(ec);
  if (next != self) thread_switch(ec, next);
  self->state = THREAD_RUNNABLE;
  self->wait_fd = -1;
  if (ec->poll & POLL_SIGNAL && !mx_unwind_poll(ec)) return false;
  return thread_take_interrupt(ec);
}

bool mx_thread_park(ExecCtx *ec, double seconds) {
  ThreadObj *self = ec->thread;
  self->wake_at = seconds < 0 ? INFINITY : thread_now() + seconds;
  bool fine = true;
  if (self->woken) fine = thread_take_interrupt(ec);
  while (fine && !self->woken && self->wake_at > thread_now()) fine = thread_block(ec);
  self->woken = false;
  return fine;
}

bool mx_thread_wait_fd(ExecCtx *ec, int fd, short events, double seconds, bool *ready) {
  ThreadObj *self = ec->thread;
  struct pollfd now = {fd, events, 0};
  *ready = true;
  if (poll(&now, 1, 0) > 0) return true;
  self->wait_fd = fd;
  self->wait_events = events;
  self->wake_at = seconds < 0 ? INFINITY : thread_now() + seconds;
  self->woken = false;
  bool fine = thread_block(ec);
  self->woken = false;
  *ready = poll(&now, 1, 0) > 0;
  return fine;
}

bool mx_thread_pass_signal(ExecCtx *ec) {
  ThreadObj *main = ec->vm->scheduler->main;
  if (ec->thread == main) return true;
  if (!ec->frame) return false;
  if (ec->frame->flags & FRAME_CORE && ++ec->vm->scheduler->deaf < THREAD_PATIENCE) return false;
  ec->vm->scheduler->deaf = 0;
  thread_switch(ec, main);
  return false;
}

void mx_thread_wake(ExecCtx *ec, Value v) {
  val_to_thread(v)->woken = true;
  if (val_to_thread(v) != ec->thread) thread_ask(ec->vm->scheduler, true);
}

bool mx_thread_interrupt(ExecCtx *ec, Value v, Value exception) {
  ThreadObj *thread = val_to_thread(v);
  if (thread->state == THREAD_DEAD) return true;
  mx_array_push(ec, thread->interrupts, exception);
  if (thread == ec->thread) return thread_take_interrupt(ec);
  thread_ask(ec->vm->scheduler, true);
  return true;
}

ExecCtx *mx_thread_context(Value v) { return val_to_thread(v)->fiber->ec; }

// The slice is over: let others run that want to.
static bool thread_turn(ExecCtx *ec) {
  Scheduler *scheduler = ec->vm->scheduler;
  bool files;
  (void)thread_earliest(scheduler, &files);
  if (files) thread_poll_files(ec, 0);
  mx_ticker_begin(scheduler->ticker);
  ThreadObj *next = thread_next(ec->thread);
  if (next && next != ec->thread) {
    thread_switch(ec, next);
    return thread_take_interrupt(ec);
  }
  thread_survey(scheduler);
  return true;
}

// Put a switch off until the innermost guest frame goes on, so that core loops may run in machine
// code meanwhile. (Where that is left by an exception, the ticker asks again.)
static void thread_put_off(ExecCtx *ec) {
  Frame *fr = ec->frame;
  while (fr->prev && fr->prev->flags & FRAME_CORE) fr = fr->prev;
  fr->flags |= FRAME_SWITCH_DUE;
  __atomic_and_fetch(&ec->poll, ~(uint32_t)POLL_SWITCH, __ATOMIC_RELAXED);
}

// Does a poll stay unanswered? Core code is not preempted, unless it goes on and on or is to be
// interrupted.
static bool thread_refuses(ExecCtx *ec) {
  Scheduler *scheduler = ec->vm->scheduler;
  if (!ec->frame || !(ec->frame->flags & FRAME_CORE)) return false;
  if (++scheduler->refused < THREAD_PATIENCE) return true;
  scheduler->refused = 0;
  if (mx_array_len(((ThreadObj *)ec->thread)->interrupts) > 0) return false;
  if (++scheduler->overdue >= THREAD_OVERDUE) return false;
  if (!scheduler->counts) thread_put_off(ec);
  return true;
}

bool mx_thread_poll(ExecCtx *ec) {
  Scheduler *scheduler = ec->vm->scheduler;
  if (thread_refuses(ec)) return true;
  scheduler->refused = scheduler->overdue = 0;
  bool fine = thread_take_interrupt(ec);
  thread_set_poll(scheduler, ec);
  if (!fine) return false;
  if (!scheduler->counts) return thread_turn(ec);
  if (--scheduler->slice > 0) return true;
  scheduler->slice = PARAM_POLL_SLICE;
  return thread_turn(ec);
}

// Take a finished thread out of the ring.
static void thread_unlink(Scheduler *scheduler, ThreadObj *thread) {
  thread->previous->next = thread->next;
  thread->next->previous = thread->previous;
  thread->state = THREAD_DEAD;
  scheduler->alive--;
}

// Body of a thread's first fiber: never returns.
static void thread_finish(ExecCtx *ec, Value result) {
  ThreadObj *self = ec->thread;
  if (val_is_exc(result)) {
    bool raised = ec->unwind != UNWIND_KILL;
    Value pending = mx_fiber_escaped(ec);
    if (raised && !self->killed) self->exception = pending;
    result = VAL_NIL;
  }
  self->result = result;
  ec->frame = NULL;
  Value done = mx_send0(ec, val_from_ptr(self), mx_sym(ec->vm, "__finished"));
  if (val_is_exc(done)) (void)mx_unwind_stop(ec);
  ThreadObj *after = self->previous;
  thread_unlink(ec->vm->scheduler, self);
  ThreadObj *next = thread_wait(ec, after);
  if (!next) next = thread_deadlock(ec);
  mx_fiber_end_thread(ec);
  thread_switch(ec, next);
  MX_UNREACHABLE();
}

// First function on a thread's stack.
static void thread_begin(void *data) {
  ThreadObj *self = data;
  ExecCtx *ec = self->root->ec;
  mx_fiber_arrived();
  Value result = VAL_EXC;
  bool told = !mx_watch_wants(ec->vm, HOOK_THREAD_BEGIN) || mx_watch_thread(ec, HOOK_THREAD_BEGIN);
  if (told && thread_take_interrupt(ec)) {
    CallArgs args = {.argc = mx_array_len(self->args)};
    args.argv = mx_array_values(ec, self->args, args.argc);
    result = mx_invoke_block(ec, &VAL_CAST(Proc, self->proc)->block, &args);
  }
  if (mx_watch_wants(ec->vm, HOOK_THREAD_END) && !mx_watch_thread(ec, HOOK_THREAD_END))
    result = VAL_EXC;
  thread_finish(ec, result);
}

bool mx_thread_start(ExecCtx *ec, Value v, Value proc, Value args) {
  ThreadObj *thread = val_to_thread(v);
  Scheduler *scheduler = ec->vm->scheduler;
  FiberObj *fiber = mx_fiber_for_thread(ec, thread, thread_begin);
  if (!fiber) return false;
  thread->proc = proc;
  thread->args = args;
  thread->interrupts = mx_array_new(ec, 0);
  thread->root = thread->fiber = fiber;
  thread->state = THREAD_RUNNABLE;
  thread->previous = scheduler->main->previous;
  thread->next = scheduler->main;
  thread->previous->next = scheduler->main->previous = thread;
  scheduler->alive++;
  thread_ask(scheduler, true);
  thread_set_poll(scheduler, ec);
  return true;
}
