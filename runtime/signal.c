// SPDX-License-Identifier: MIT
// Signals: the handler, and choosing what the system does with each.
#include "runtime/signal.h"

#include <signal.h>
#include <unistd.h>

static VM *_Atomic signal_vm;            // told of signals; see the head of signal.h
static volatile uint64_t signal_arrived; // bit by number

typedef enum SignalAction { ACTION_RAISE, ACTION_SYSTEM, ACTION_FORBIDDEN } SignalAction;

typedef struct SignalRow {
  int number;
  const char *name;
  SignalAction action; // without a handler
} SignalRow;

static const SignalRow signal_rows[] = {
#define SIGNAL(NAME, ACTION) {SIG##NAME, #NAME, ACTION_##ACTION},
#include "runtime/signals.def"
};

// Note a signal and ask the running context to poll. Async-signal-safe.
static void signal_handler(int number) {
  __atomic_or_fetch(&signal_arrived, (uint64_t)1 << number, __ATOMIC_RELAXED);
  VM *vm = signal_vm;
  ExecCtx *ec = vm ? vm->running : NULL;
  if (ec) __atomic_or_fetch(&ec->poll, POLL_SIGNAL, __ATOMIC_RELAXED);
}

// Choose what the system does with a signal.
bool mx_signal_set(int number, SignalWay way) {
  struct sigaction action = {0};
  action.sa_handler = way == SIGNAL_CATCH    ? signal_handler
                      : way == SIGNAL_IGNORE ? SIG_IGN
                                             : SIG_DFL;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, NULL) == 0;
}

// Boot: catch the signals that raise.
void mx_signal_boot(VM *vm) {
  signal_vm = vm;
  vm->running = vm->main_ec;
  for (size_t i = 0; i < MX_COUNT_OF(signal_rows); i++)
    if (signal_rows[i].action == ACTION_RAISE)
      (void)mx_signal_set(signal_rows[i].number, SIGNAL_CATCH);
}

// The VM ends.
void mx_signal_leave(const VM *vm) {
  if (signal_vm == vm) signal_vm = NULL;
}

// The lowest signal that arrived and was not taken.
int mx_signal_take(void) {
  uint64_t arrived = signal_arrived;
  if (arrived == 0) return 0;
  int number = __builtin_ctzll(arrived);
  __atomic_and_fetch(&signal_arrived, ~((uint64_t)1 << number), __ATOMIC_RELAXED);
  return number;
}

// Name without SIG.
const char *mx_signal_name(int number) {
  for (size_t i = 0; i < MX_COUNT_OF(signal_rows); i++)
    if (signal_rows[i].number == number) return signal_rows[i].name;
  return NULL;
}

// End the process by a signal.
void mx_signal_end_process(int number) {
  sigset_t one;
  (void)mx_signal_set(number, SIGNAL_SYSTEM);
  sigemptyset(&one);
  sigaddset(&one, number);
  sigprocmask(SIG_UNBLOCK, &one, NULL);
  kill(getpid(), number);
}
